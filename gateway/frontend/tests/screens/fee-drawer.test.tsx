// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { added, emptyDraft, money, type Draft, type Place, type Said } from "../../src/mobile/domain/sheet.ts";
import { FeeDrawer } from "../../src/mobile/screens/officer/fee-drawer.tsx";
import { language } from "../../src/mobile/state/language.ts";
import { RAHIMA, stamp, taka } from "../support.ts";

beforeEach(() => (language.value = "bn"));
afterEach(cleanup);

const MEMBER = {
  member_id: RAHIMA.member_id, code: "1", name_bn: "রহিমা", name_en: "Rahima",
  fee_account_id: "fees", premium_account_id: "premiums", accounts: [], rows: [],
};

function open(draft: Draft = emptyDraft("one", 1)) {
  const onSay = vi.fn<(place: Place, said: Said) => Promise<void>>(() => Promise.resolve());
  render(<FeeDrawer member={MEMBER} draft={draft} onSay={onSay} onClose={() => undefined} />);
  return onSay;
}

const keep = () => screen.getByRole<HTMLButtonElement>("button", { name: "লিখে রাখুন", hidden: true });

describe("a fee", () => {
  it("is written with its kind, its amount and who paid", () => {
    const onSay = open();
    expect(keep().disabled).toBe(true);
    fireEvent.click(screen.getByLabelText("ঝুঁকি তহবিলের প্রিমিয়াম"));
    fireEvent.input(screen.getByLabelText("টাকা"), { target: { value: "৭০" } });
    fireEvent.click(screen.getByLabelText("প্রতিবেশী"));
    fireEvent.click(keep());
    expect(onSay).toHaveBeenCalledWith(
      { member_id: RAHIMA.member_id, account_id: "premiums", kind: "risk_premium" },
      expect.objectContaining({ amount: taka(70), paid_by: "neighbour" }),
    );
  });

  it("of a kind that she has paid is not offered again (M4)", () => {
    open(added(emptyDraft("one", 1), { ...RAHIMA, account_id: "fees", kind: "form_fee" }, money(taka(5)), stamp("a")));
    expect(screen.queryByLabelText("ফরম ফি")).toBeNull();
    expect(screen.queryByLabelText("পাশবই ফি")).not.toBeNull();
  });
});
