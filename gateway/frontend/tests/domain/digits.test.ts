import { describe, expect, it } from "vitest";

import { digitsIn, grouped, showNumber, toBangla, toLatin } from "../../src/mobile/domain/digits.ts";

describe("digits", () => {
  it("reads Bangla digits among other characters", () => {
    expect(toLatin("০১৭-১২৩ ৪৫৬৭৮৯ টাকা")).toBe("017-123 456789 টাকা");
  });

  it("writes what it read", () => {
    expect(toBangla("0123456789")).toBe("০১২৩৪৫৬৭৮৯");
    expect(toLatin(toBangla("0123456789"))).toBe("0123456789");
  });

  it.each([
    ["7", "7"], ["999", "999"], ["1000", "1,000"], ["99999", "99,999"], ["100000", "1,00,000"],
    ["1234567", "12,34,567"], ["123456789", "12,34,56,789"],
  ])("groups %s by lakh as %s", (plain, shown) => {
    expect(grouped(plain)).toBe(shown);
  });

  it("agrees with the platform's own Bangla grouping", () => {
    const platform = new Intl.NumberFormat("bn-BD");
    for (const value of [0, 5, 1_234, 98_765, 1_234_567, 987_654_321]) {
      expect(showNumber(value, "bn")).toBe(platform.format(value));
    }
  });

  it("shows the reader's digits whichever were typed", () => {
    expect(digitsIn("1২3", "en")).toBe("123");
    expect(digitsIn("1২3", "bn")).toBe("১২৩");
    expect(showNumber(-1200, "en")).toBe("−1,200");
  });
});
