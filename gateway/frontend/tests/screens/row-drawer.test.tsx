// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { money, type Row, type Said } from "../../src/mobile/domain/sheet.ts";
import { RowDrawer } from "../../src/mobile/screens/officer/row-drawer.tsx";
import { language } from "../../src/mobile/state/language.ts";
import { draftWith, RAHIMA, taka } from "../support.ts";

beforeEach(() => (language.value = "bn"));
afterEach(cleanup);

const keep = () => screen.getByRole<HTMLButtonElement>("button", { name: "লিখে রাখুন", hidden: true });
const save = () => fireEvent.click(keep());
const amount = () => screen.getByLabelText<HTMLInputElement>("টাকা");

function open(row: Row | null) {
  const onSay = vi.fn<(said: Said) => Promise<void>>(() => Promise.resolve());
  render(<RowDrawer name="রহিমা" row={row} side="money" onSay={onSay} onRemove={null} onClose={() => undefined} />);
  return onSay;
}

function seen(): Row {
  const [row] = draftWith(RAHIMA, "a", money(taka(200))).rows;
  if (!row) throw new Error("no row");
  return { ...row, sent: 1, taken: 1, seen: taka(200), state: "pending" };
}

describe("one row", () => {
  it("takes Latin digits and shows Bangla ones", () => {
    const onSay = open(null);
    fireEvent.input(amount(), { target: { value: "350" } });
    expect(amount().value).toBe("৩৫০");
    save();
    expect(onSay).toHaveBeenCalledWith(expect.objectContaining({ amount: taka(350), paid_by: "self", attendance: "present" }));
  });

  it("keeps nothing that is not whole taka above zero (M11)", () => {
    const onSay = open(null);
    for (const typed of ["0", "10.5", "abc"]) {
      fireEvent.input(amount(), { target: { value: typed } });
      expect(keep().disabled).toBe(true);
      save();
    }
    expect(onSay).not.toHaveBeenCalled();
  });

  it("asks for a reason before it lowers what the office has seen (M6)", () => {
    const onSay = open(seen());
    fireEvent.input(amount(), { target: { value: "150" } });
    expect(keep().disabled).toBe(true);
    fireEvent.input(screen.getByLabelText("কমানোর কারণ"), { target: { value: "ভুল লেখা" } });
    save();
    expect(onSay).toHaveBeenCalledWith(expect.objectContaining({ amount: taka(150), change_reason: "ভুল লেখা" }));
  });

  it("asks for none to raise it", () => {
    open(seen());
    fireEvent.input(amount(), { target: { value: "250" } });
    expect(screen.queryByLabelText("কমানোর কারণ")).toBeNull();
    expect(keep().disabled).toBe(false);
  });

  it("wants one reason for nothing received (M10)", () => {
    const onSay = open(null);
    fireEvent.click(screen.getByRole("button", { name: "জমা নেই", hidden: true }));
    expect(keep().disabled).toBe(true);
    fireEvent.click(screen.getByLabelText("অসুস্থ"));
    save();
    expect(onSay).toHaveBeenCalledWith(expect.objectContaining({ amount: null, nothing_received: "ill", attendance: "absent" }));
  });
});
