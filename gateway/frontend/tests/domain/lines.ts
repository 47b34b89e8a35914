import type { PassbookLine } from "../../src/mobile/api/wire.ts";

/** A confirmed deposit of ৳200, changed as the test needs it. */
export function line(part: Partial<PassbookLine> = {}): PassbookLine {
  return {
    line_id: "1", account_id: "a", entry_id: null, status: "confirmed", direction: "deposit", amount: "200.00",
    balance_after: "400.00", business_on: "2026-11-23", value_on: "2026-11-23", recorded_at: "2026-11-23T04:00:00Z",
    officer_name_bn: "করিম", officer_name_en: "Karim", receipt_number: "D7-000001", receipt_final: false, reason: null,
    related_line_id: null, kind: "deposit", ...part,
  };
}
