import { describe, expect, it } from "vitest";

import { dayOf, readDay, shifted, showClock, showDay, showInstant, weekdayOf } from "../../src/mobile/domain/days.ts";

describe("days in Bangladesh", () => {
  it("turns at midnight in Dhaka, wherever the phone is", () => {
    expect(dayOf(new Date("2026-11-22T17:59:59Z"))).toBe("2026-11-22");
    expect(dayOf(new Date("2026-11-22T18:00:00Z"))).toBe("2026-11-23");
  });

  it("counts over the ends of months and leap days", () => {
    expect(shifted("2026-12-31", 1)).toBe("2027-01-01");
    expect(shifted("2028-03-01", -1)).toBe("2028-02-29");
  });

  it("writes day, month, year and the clock of Dhaka", () => {
    expect(showDay("2025-01-07", "bn")).toBe("০৭-০১-২০২৫");
    expect(showClock("2026-11-22T18:05:00Z", "en")).toBe("00:05");
    expect(showInstant("2026-11-22T18:05:00Z", "en")).toBe("23-11-2026, 00:05");
    expect(weekdayOf("2026-11-23", "en")).toBe("Monday");
    expect(weekdayOf("2026-11-27", "bn")).toBe("শুক্রবার");
  });

  it.each([["07-01-1990", "1990-01-07"], ["7/1/1990", "1990-01-07"], ["1990-01-07", "1990-01-07"], ["29.02.2028", "2028-02-29"]])(
    "reads %s", (typed, day) => {
      expect(readDay(typed)).toBe(day);
    },
  );

  it.each(["31-02-2026", "29-02-2026", "00-01-2026", "1990", "", "01-13-2026"])("reads no day in %j", (typed) => {
    expect(readDay(typed)).toBeNull();
  });
});
