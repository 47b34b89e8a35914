import { describe, expect, it } from "vitest";

import { byDay, isStale, isStruck, onTwoDays, toneOf } from "../../src/mobile/domain/passbook.ts";
import { line } from "./lines.ts";

describe("lines of a passbook", () => {
  it("stand under the day on which money changed hands, in the server's order", () => {
    const days = byDay([line({ line_id: "3" }), line({ line_id: "2" }), line({ line_id: "1", value_on: "2026-11-16" })]);
    expect(days.map(({ on, lines }) => [on, lines.map((one) => one.line_id)])).toEqual([
      ["2026-11-23", ["3", "2"]], ["2026-11-16", ["1"]],
    ]);
  });

  it("name both days only where they differ (M2)", () => {
    expect(onTwoDays(line())).toBe(false);
    expect(onTwoDays(line({ business_on: null }))).toBe(false);
    expect(onTwoDays(line({ business_on: "2026-11-24" }))).toBe(true);
  });

  it("stay visible when struck, and look like nothing else (M6)", () => {
    expect(isStruck(line({ status: "struck" }))).toBe(true);
    expect(isStruck(line({ status: "reversal" }))).toBe(false);
    expect(toneOf(line({ status: "pending" }))).not.toBe(toneOf(line()));
  });
});

it("calls a book stale after a minute", () => {
  const asOf = "2026-11-23T04:00:00Z";
  expect(isStale(asOf, Date.parse(asOf) + 60_000)).toBe(false);
  expect(isStale(asOf, Date.parse(asOf) + 60_001)).toBe(true);
});
