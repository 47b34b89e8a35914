import { describe, expect, it } from "vitest";

import { formatTaka, parseTaka, readCash, ROW_LIMIT, showTaka, sum, type Paisa } from "../../src/mobile/domain/money.ts";

describe("money on the wire", () => {
  it.each([["242.00", 24_200], ["0.05", 5], ["7", 700], ["1.5", 150], ["-50.00", -5_000], ["9999999999999.99", 999_999_999_999_999]])(
    "reads %s as %i paisa", (text, paisa) => {
      expect(parseTaka(text)).toBe(paisa);
    },
  );

  it.each(["1.005", "1e3", "", " 1", "1,000.00", "০.০৫", "NaN", "--1"])("refuses %j", (text) => {
    expect(() => parseTaka(text)).toThrow(RangeError);
  });

  it("refuses a JSON number", () => {
    expect(() => parseTaka(242 as unknown as string)).toThrow(RangeError);
  });

  it("writes what it reads, to the paisa", () => {
    for (const paisa of [0, 1, 99, 100, 12_345, 999_999_999_999_999, -1, -10_050]) {
      expect(parseTaka(formatTaka(paisa as Paisa))).toBe(paisa);
    }
  });

  it("does not lose a paisa to binary fractions", () => {
    expect(formatTaka(sum(Array.from({ length: 10 }, () => parseTaka("0.10"))))).toBe("1.00");
  });
});

describe("cash as it is typed", () => {
  it.each([["২০০", 20_000], ["৳ ১,২০০", 120_000], ["50", 5_000], ["1 000", 100_000]])("takes %s", (typed, paisa) => {
    expect(readCash(typed)).toBe(paisa);
  });

  it.each(["0", "", "-5", "10.50", "১০.৫", "ten", "1e3", String(ROW_LIMIT / 100 + 1)])("takes no %j (rule M11)", (typed) => {
    expect(readCash(typed)).toBeNull();
  });
});

describe("money for people", () => {
  it("groups by lakh and shows paisa only where there are any", () => {
    expect(showTaka(parseTaka("1234567.00"), "bn")).toBe("৳১২,৩৪,৫৬৭");
    expect(showTaka(parseTaka("123450.50"), "en")).toBe("৳1,23,450.50");
    expect(showTaka(parseTaka("-50.05"), "en")).toBe("−৳50.05");
  });
});
