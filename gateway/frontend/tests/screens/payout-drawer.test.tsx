// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { added, emptyDraft, paidOut, type Row, type Said } from "../../src/mobile/domain/sheet.ts";
import { PayoutDrawer } from "../../src/mobile/screens/officer/payout-drawer.tsx";
import { language } from "../../src/mobile/state/language.ts";
import { RAHIMA, stamp, taka } from "../support.ts";

beforeEach(() => (language.value = "bn"));
afterEach(cleanup);

const PAYOUT = { withdrawal_id: "hers", float_id: "float", account_id: RAHIMA.account_id, amount: "300.00", ready: true };

function open(row: Row | null = null) {
  const onSay = vi.fn<(said: Said) => Promise<void>>(() => Promise.resolve());
  render(<PayoutDrawer name="রহিমা" payout={PAYOUT} row={row} onSay={onSay} onRemove={null} onClose={() => undefined} />);
  return onSay;
}

function seen(): Row {
  const place = { ...RAHIMA, kind: "withdrawal" as const, withdrawal_id: "hers" };
  const [row] = added(emptyDraft("sheet", 1), place, paidOut(taka(300), "thumb"), stamp("a")).rows;
  if (!row) throw new Error("no row");
  return { ...row, sent: 1, taken: 1, seen: taka(300), state: "returned" };
}

const keep = () => screen.getByRole<HTMLButtonElement>("button", { name: "লিখে রাখুন", hidden: true });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name, hidden: true }));

describe("a withdrawal at the meeting (M9)", () => {
  it("is paid whole, against her mark", () => {
    const onSay = open();
    expect(keep().disabled).toBe(true);
    fireEvent.click(screen.getByLabelText("টিপসই"));
    fireEvent.click(keep());
    expect(onSay).toHaveBeenCalledWith(expect.objectContaining({ amount: taka(300), mark: "thumb", paid_by: "self", attendance: "present" }));
  });

  it("or is not, and why", () => {
    const onSay = open();
    press("দেওয়া হয়নি");
    expect(keep().disabled).toBe(true);
    fireEvent.click(screen.getByLabelText("আসেননি"));
    fireEvent.click(keep());
    expect(onSay).toHaveBeenCalledWith(expect.objectContaining({ amount: null, nothing_received: "absent", mark: null }));
  });

  it("that the office has seen is taken back with a reason only (M6)", () => {
    const onSay = open(seen());
    press("দেওয়া হয়নি");
    fireEvent.click(screen.getByLabelText("আসেননি"));
    expect(keep().disabled).toBe(true);
    fireEvent.input(screen.getByLabelText("কমানোর কারণ"), { target: { value: "আগেই চলে গেছেন" } });
    fireEvent.click(keep());
    expect(onSay).toHaveBeenCalledWith(expect.objectContaining({ amount: null, change_reason: "আগেই চলে গেছেন" }));
  });
});
