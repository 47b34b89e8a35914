// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Totals } from "../../src/mobile/domain/sheet.ts";
import { ReviewDrawer } from "../../src/mobile/screens/officer/review-drawer.tsx";
import { language } from "../../src/mobile/state/language.ts";
import { taka } from "../support.ts";

const TOTALS: Totals = { money: taka(650), paidOut: taka(0), float: taka(0), cash: taka(600), paying: 3, nothing: 4, untouched: 0, unsent: 7 };

beforeEach(() => (language.value = "en"));
afterEach(cleanup);

const submit = () => screen.getByRole<HTMLButtonElement>("button", { name: "Submit", hidden: true });
const count = (typed: string) =>
  fireEvent.input(screen.getByLabelText("Cash you counted"), { target: { value: typed } });

function open(totals = TOTALS) {
  const onSubmit = vi.fn(() => Promise.resolve());
  render(<ReviewDrawer totals={totals} onSubmit={onSubmit} onClose={() => undefined} />);
  return onSubmit;
}

describe("the last look at a sheet", () => {
  it("hides the sheet's own figures until the cash is counted", () => {
    open();
    expect(screen.queryByText("৳600")).toBeNull();
    expect(submit().disabled).toBe(true);
  });

  it("compares the count with the cash, not with the mobile money, in either script", () => {
    const onSubmit = open();
    count("৬০০");
    expect(screen.getByText("It agrees")).toBeTruthy();
    fireEvent.click(submit());
    expect(onSubmit).toHaveBeenCalled();
  });

  it("names the difference, and submits it only against a tick", () => {
    open();
    count("550");
    expect(screen.getByText("৳50 too little. Count again, look at the rows.")).toBeTruthy();
    expect(submit().disabled).toBe(true);
    fireEvent.click(screen.getByLabelText(/I counted again/));
    expect(submit().disabled).toBe(false);
  });

  it("takes a counted zero for a samity where nobody paid", () => {
    open({ ...TOTALS, money: taka(0), cash: taka(0) });
    count("০");
    expect(submit().disabled).toBe(false);
  });

  it("says that untouched is not zero (M10)", () => {
    open({ ...TOTALS, untouched: 2 });
    expect(screen.getByText(/2 are untouched/)).toBeTruthy();
  });
});
