/** A small samity for tests: two members with an account each. */
import type { Sheet, SheetMember, SheetRow } from "../src/mobile/api/wire.ts";
import { added, emptyDraft, money, type Draft, type Place, type Said, type Stamp } from "../src/mobile/domain/sheet.ts";
import { parseTaka, type Paisa } from "../src/mobile/domain/money.ts";

export const taka = (amount: number): Paisa => parseTaka(`${amount}.00`);

export const RAHIMA: Place = { member_id: "rahima", account_id: "rahima-savings" };
export const SHAHNAZ: Place = { member_id: "shahnaz", account_id: "shahnaz-savings" };

export function stamp(rowId: string, receipt = "D7-000001"): Stamp {
  return { row_id: rowId, recorded_at: "2026-11-23T04:30:00Z", takeReceipt: () => receipt };
}

function member({ member_id, account_id }: Place, rows: SheetRow[]): SheetMember {
  return {
    member_id, rows, code: "0001", name_bn: "নাম", name_en: "Name",
    accounts: [{
      account_id, code: "GS.1", kind: "general_savings", product_name_bn: "সঞ্চয়", product_name_en: "Savings",
      balance: "100.00", pending: "0.00", expected: true, loan: null,
    }],
  };
}

export function sheetWith(rows: { rahima?: SheetRow[]; shahnaz?: SheetRow[] } = {}, part: Partial<Sheet> = {}): Sheet {
  return {
    id: "sheet", samity_id: "samity", samity_code: "0010001", samity_name_bn: "গোলাপ", samity_name_en: "Golap",
    meeting_on: "2026-11-23", kind: "regular", status: "collecting", waiting: false, epoch: 0, holder_device: "phone",
    handover_id: null, members: 2, total: "0.00", comparisons: 0,
    rows: [member(RAHIMA, rows.rahima ?? []), member(SHAHNAZ, rows.shahnaz ?? [])],
    ...part,
  };
}

export function serverRow(part: Partial<SheetRow> & { row_id: string; account_id: string }): SheetRow {
  return {
    version: 1, attendance: "present", amount: "200.00", nothing_received: null, note: null, paid_by: "self",
    second_payment: false, receipt_number: "D7-000001", recorded_at: "2026-11-23T04:30:00Z", outcome: "pending",
    state: "pending", code: null, return_reason: null, ...part,
  };
}

export const draftWith = (place: Place, rowId: string, said: Said = money(taka(200))): Draft =>
  added(emptyDraft("sheet", 0), place, said, stamp(rowId));
