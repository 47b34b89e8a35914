import { describe, expect, it } from "vitest";

import {
  added, answered, changed, comeBack, editable, emptyDraft, joined, leaving, lowers, money, nothing, quickAmounts,
  dueOf, feesOf, floatsToTake, isSecond, paidOut, placeOfFee, placeOfPayout, rowOfPayout, restNothing, rowsOf, submissionOf, totals, untouched, withdrawn, type Draft, type Row,
} from "../../src/mobile/domain/sheet.ts";
import type { SheetAccount } from "../../src/mobile/api/wire.ts";
import { draftWith, RAHIMA, serverRow, SHAHNAZ, sheetWith, stamp, taka } from "../support.ts";

function only(draft: Draft): Row {
  const [row] = draft.rows;
  if (!row || draft.rows.length !== 1) throw new Error("one row expected");
  return row;
}

function sentAndAnswered(draft: Draft, outcome: "pending" | "refused" | "compare" = "pending", code: string | null = null): Draft {
  const travelling = leaving(draft, "one");
  const answers = travelling.rows.map(({ row_id, version }) => ({ row_id, version, outcome, code }));
  return answered(travelling, "one", answers);
}

describe("rows", () => {
  it("give money a receipt and nothing received none (P3, M10)", () => {
    expect(only(draftWith(RAHIMA, "a")).receipt_number).toBe("D7-000001");
    const absent = only(draftWith(RAHIMA, "a", nothing("ill")));
    expect([absent.receipt_number, absent.attendance, absent.amount]).toEqual([null, "absent", null]);
  });

  it("keep attendance apart from money: no money does not mean she stayed away (M10)", () => {
    expect(nothing("no_money").attendance).toBe("present");
    expect(nothing("absent").attendance).toBe("absent");
  });

  it("stay one version while only the phone knows them, and keep their receipt", () => {
    const draft = changed(draftWith(RAHIMA, "a"), "a", money(taka(150)), stamp("x", "D7-000009"));
    expect(only(draft)).toMatchObject({ version: 1, amount: taka(150), receipt_number: "D7-000001" });
  });

  it("append a version once the server has answered (M6)", () => {
    const draft = changed(sentAndAnswered(draftWith(RAHIMA, "a")), "a", money(taka(300)), stamp("x"));
    expect(only(draft)).toMatchObject({ version: 2, sent: 1, taken: 1 });
    expect(submissionOf(draft).rows.map(({ version, amount }) => [version, amount])).toEqual([[2, "300.00"]]);
  });

  it("want a reason for less only when the server has seen more (M6)", () => {
    const fresh = only(draftWith(RAHIMA, "a"));
    const seen = only(sentAndAnswered(draftWith(RAHIMA, "a")));
    expect(lowers(fresh, taka(1))).toBe(false);
    expect(lowers(seen, taka(199))).toBe(true);
    expect(lowers(seen, null)).toBe(true);
    expect(lowers(seen, taka(201))).toBe(false);
  });

  it("go away only while the server has not taken them", () => {
    expect(withdrawn(draftWith(RAHIMA, "a"), "a").rows).toHaveLength(0);
    expect(withdrawn(leaving(draftWith(RAHIMA, "a"), "one"), "a").rows).toHaveLength(1);
    expect(withdrawn(sentAndAnswered(draftWith(RAHIMA, "a")), "a").rows).toHaveLength(1);
    expect(withdrawn(sentAndAnswered(draftWith(RAHIMA, "a"), "refused", "OWN_OR_KIN"), "a").rows).toHaveLength(0);
  });
});

describe("editing", () => {
  const row = only(sentAndAnswered(draftWith(RAHIMA, "a")));

  it("is open until the sheet is submitted, then only for what was returned (M6)", () => {
    expect(editable(row, "collecting")).toBe(true);
    expect(editable(row, "submitted")).toBe(false);
    expect(editable({ ...row, state: "returned" }, "returned")).toBe(true);
    expect(editable(row, "returned")).toBe(false);
  });

  it("never touches what travels, or is in the book", () => {
    expect(editable({ ...row, travelling: "one" }, "collecting")).toBe(false);
    expect(editable({ ...row, state: "authorised" }, "collecting")).toBe(false);
  });
});

describe("untouched", () => {
  it("is never zero: it is counted apart until somebody says why (M10)", () => {
    const sheet = sheetWith();
    const draft = draftWith(RAHIMA, "a");
    expect(untouched(sheet, draft)).toEqual([SHAHNAZ]);
    expect(totals(sheet, draft)).toMatchObject({ nothing: 0, untouched: 1, paying: 1 });
  });

  it("is filled by one tap with one reason each, and leaves written rows alone (M10)", () => {
    const sheet = sheetWith();
    const draft = restNothing(sheet, draftWith(RAHIMA, "a"), "no_money", () => stamp("b"));
    expect(draft.rows.map(({ row_id, amount, nothing_received }) => [row_id, amount, nothing_received])).toEqual([
      ["a", taka(200), null], ["b", null, "no_money"],
    ]);
    expect(totals(sheet, draft)).toMatchObject({ nothing: 1, untouched: 0 });
  });
});

describe("a loan on a sheet", () => {
  const loan = { number: 3, instalments: 46, opening_due: "0.50", opening_advance: "0.00", due: "242.50" };
  const account: SheetAccount = {
    account_id: "loan", code: "JAG.1", kind: "loan", product_name_bn: "জাগরণ", product_name_en: "Jagoron",
    balance: "9804.15", pending: "0.00",
  };

  it("proposes all that is due, in whole taka (M11)", () => {
    expect(dueOf({ ...account, loan })).toBe(taka(243));
    expect(dueOf({ ...account, loan: { ...loan, due: "0.00" } })).toBeNull();
    expect(dueOf(account)).toBeNull();
    const term = { number: 3, instalments: 12, opening_due: "0.00", opening_advance: "0.00", due: "500.00" };
    expect(dueOf({ ...account, term })).toBe(taka(500));
  });

  it("is not waited for where nothing is due (M10)", () => {
    const sheet = sheetWith();
    const free = { ...account, expected: false };
    const rows = sheet.rows.map((member) => ({ ...member, accounts: [...member.accounts, free] }));
    expect(untouched({ ...sheet, rows }, draftWith(RAHIMA, "a"))).toEqual([SHAHNAZ]);
  });
});

describe("totals", () => {
  it("count a second payment as money of the same member, and mobile money not as cash (M4, M10)", () => {
    const twice = added(draftWith(RAHIMA, "a"), RAHIMA, { ...money(taka(50)), paid_by: "mobile_money" }, stamp("b"), true);
    expect(totals(sheetWith(), twice)).toMatchObject({ money: taka(250), cash: taka(200), paying: 1, unsent: 2 });
    expect(submissionOf(twice).rows.map((row) => row.second_payment)).toEqual([false, true]);
  });
});

describe("a submission", () => {
  it("carries the unsent rows with their own sum, as decimal strings (M11)", () => {
    const draft = added(sentAndAnswered(draftWith(RAHIMA, "a")), SHAHNAZ, money(taka(75)), stamp("b", "D7-000002"));
    expect(submissionOf(draft)).toMatchObject({
      epoch: 0, total: "75.00", rows: [{ row_id: "b", version: 1, amount: "75.00", receipt_number: "D7-000002" }],
    });
  });

  it("is answered row by row; what was not taken can be put right (M5)", () => {
    const both = added(draftWith(RAHIMA, "a"), SHAHNAZ, money(taka(75)), stamp("b"));
    const draft = answered(leaving(both, "one"), "one", [
      { row_id: "a", version: 1, outcome: "unallocated", code: "ACCOUNT_CLOSED" },
      { row_id: "b", version: 1, outcome: "refused", code: "OWN_OR_KIN" },
    ]);
    const [taken, refused] = draft.rows;
    expect(taken).toMatchObject({ state: "unallocated", taken: 1, code: "ACCOUNT_CLOSED", travelling: null });
    expect(refused).toMatchObject({ state: null, taken: 0, sent: 1, code: "OWN_OR_KIN", travelling: null });
    expect(refused && editable(refused, "submitted")).toBe(true);
  });

  it("lets nothing slip into a submission that has left", () => {
    const draft = added(leaving(draftWith(RAHIMA, "a"), "one"), SHAHNAZ, money(taka(75)), stamp("b"));
    expect(submissionOf(draft).rows.map((row) => row.row_id)).toEqual(["b"]);
    expect(leaving(draft, "two").rows.map((row) => row.travelling)).toEqual(["one", "two"]);
  });

  it("gives its rows back unchanged when the whole was refused", () => {
    const draft = comeBack(leaving(draftWith(RAHIMA, "a"), "one"), "one");
    expect(submissionOf(draft).rows).toHaveLength(1);
    expect(only(draft).version).toBe(1);
  });
});

describe("joining with the server's sheet", () => {
  const place = { row_id: "a", account_id: RAHIMA.account_id };

  it("never overwrites what was not sent", () => {
    const newer = changed(sentAndAnswered(draftWith(RAHIMA, "a")), "a", money(taka(300)), stamp("x"));
    const unsent = added(newer, SHAHNAZ, money(taka(75)), stamp("b"));
    const draft = joined(sheetWith({ rahima: [serverRow(place)] }), unsent);
    expect(draft.rows.map(({ row_id, version, amount }) => [row_id, version, amount])).toEqual([
      ["a", 2, taka(300)], ["b", 1, taka(75)],
    ]);
  });

  it("takes over what the server knows: returned rows with their reason", () => {
    const returned = serverRow({ ...place, state: "returned", return_reason: "বইয়ে ১৫০ লেখা" });
    const draft = joined(sheetWith({ rahima: [returned] }), sentAndAnswered(draftWith(RAHIMA, "a")));
    expect(only(draft)).toMatchObject({ state: "returned", return_reason: "বইয়ে ১৫০ লেখা", sent: 1, member_id: "rahima" });
  });

  it("shows rows that this phone never wrote, as sent", () => {
    const draft = joined(sheetWith({ rahima: [serverRow(place)] }), emptyDraft("sheet", 0));
    expect(submissionOf(draft).rows).toHaveLength(0);
  });

  it("keeps a row travelling until its submission is answered", () => {
    const draft = joined(sheetWith({ rahima: [serverRow(place)] }), leaving(draftWith(RAHIMA, "a"), "one"));
    expect(only(draft).travelling).toBe("one");
  });
});

describe("quick amounts", () => {
  it("are the usual ones, until the samity shows its own", () => {
    expect(quickAmounts(emptyDraft("sheet", 0))).toEqual([taka(50), taka(100), taka(200)]);
    const both = added(draftWith(RAHIMA, "a", money(taka(30))), SHAHNAZ, money(taka(30)), stamp("b"));
    expect(quickAmounts(both)).toEqual([taka(30), taka(50), taka(100)]);
  });
});

describe("fees", () => {
  const sheet = sheetWith();
  const [member] = sheet.rows.map((one) => ({ ...one, fee_account_id: "fees", premium_account_id: "premiums" }));

  it("are written where the sheet says, a premium apart from the fees", () => {
    expect(member && placeOfFee(member, "form_fee")?.account_id).toBe("fees");
    expect(member && placeOfFee(member, "risk_premium")?.account_id).toBe("premiums");
    const [kept] = sheet.rows;
    expect(kept && placeOfFee({ ...kept, fee_account_id: undefined } as unknown as typeof kept, "form_fee")).toBeNull();
  });

  it("are money of the sheet and of no account of hers; nothing is touched by them (M10)", () => {
    const place = { ...RAHIMA, account_id: "fees", kind: "form_fee" as const };
    const draft = added(emptyDraft(sheet.id, 1), place, money(taka(5)), stamp("a"));
    expect(totals(sheet, draft)).toMatchObject({ money: taka(5), cash: taka(5), untouched: untouched(sheet, emptyDraft(sheet.id, 1)).length });
    expect([feesOf(draft, RAHIMA.member_id).length, rowsOf(draft, "fees").length]).toEqual([1, 0]);
    expect(submissionOf(draft).rows.map(({ kind, account_id }) => [kind, account_id])).toEqual([["form_fee", "fees"]]);
  });

  it("are not what a row was that was kept from before there were any", () => {
    const draft = draftWith(RAHIMA, "a");
    const kept = { ...draft, rows: draft.rows.map((row) => { const { kind, ...before } = row; return kind === undefined ? row : before; }) };
    expect(submissionOf(kept).rows.map(({ kind }) => kind)).toEqual(["collected"]);
    expect(rowsOf(kept, RAHIMA.account_id)).toHaveLength(1);
  });
});

describe("withdrawals at the meeting", () => {
  const members = sheetWith().rows;
  const payout = (id: string, ready: boolean) =>
    ({ withdrawal_id: id, float_id: "float", account_id: RAHIMA.account_id, amount: "300.00", ready });
  const sheet = sheetWith({}, {
    float_amount: "300.00",
    rows: members.map((one) => (one.member_id === RAHIMA.member_id
      ? { ...one, payouts: [payout("hers", true), payout("later", false)] } : one)),
  });
  const place = { ...RAHIMA, kind: "withdrawal" as const, withdrawal_id: "hers" };

  it("wait for their float, and are then asked for by themselves (M9, M10)", () => {
    expect(floatsToTake(sheet)).toEqual([["float", taka(300)]]);
    expect(totals(sheet, emptyDraft("sheet", 1)).untouched).toBe(3);
    expect(untouched(sheet, emptyDraft("sheet", 1))).toHaveLength(2);
  });

  it("go out of the float, and what was received is apart from them", () => {
    const got = added(emptyDraft("sheet", 1), RAHIMA, money(taka(50)), stamp("a"));
    const draft = added(got, place, paidOut(taka(300), "thumb"), stamp("b", "D7-000002"));
    expect(totals(sheet, draft)).toMatchObject({ money: taka(50), paidOut: taka(300), cash: taka(50), untouched: 1, paying: 1 });
    expect(rowOfPayout(draft, payout("hers", true))?.row_id).toBe("b");
    expect(isSecond(draft, place)).toBe(true);
    expect(sheet.rows.flatMap((one) => placeOfPayout(one, payout("hers", true))).at(0)).toEqual(place);
    expect(submissionOf(draft)).toMatchObject({
      total: "350.00",
      rows: [{ mark: null, withdrawal_id: null }, { kind: "withdrawal", mark: "thumb", withdrawal_id: "hers", receipt_number: "D7-000002" }],
    });
  });

  it("that were not paid say why, without a mark, and are no nothing received", () => {
    const draft = added(emptyDraft("sheet", 1), place, nothing("absent"), stamp("b"));
    expect(submissionOf(draft).rows).toMatchObject([{ amount: null, mark: null, nothing_received: "absent", withdrawal_id: "hers" }]);
    expect(totals(sheet, draft)).toMatchObject({ cash: taka(300), nothing: 0 });
  });

  it("are never written for all the others with one tap", () => {
    const draft = restNothing(sheet, emptyDraft("sheet", 1), "absent", () => stamp(crypto.randomUUID()));
    expect(rowOfPayout(draft, payout("hers", true))).toBeUndefined();
  });
});
