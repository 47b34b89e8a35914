/**
 * What the gateway says and takes, in the wire's own names: amounts are decimal strings, days yyyy-mm-dd.
 *
 * The lists of words below are the contracts'; tests/contracts compares every interface with its schema.
 */
import type { Day, Instant } from "../domain/days.ts";

export type Uuid = string;
export type Taka = string;

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
}

export interface Person {
  person_id: Uuid;
  kind: "staff" | "member";
  role: string;
  permissions: string[];
  office_name_bn: string;
  office_name_en: string;
  name_bn: string;
  name_en: string;
  username: string | null;
  member_code: string | null;
}

export interface OwnSession {
  id: Uuid;
  device_name: string | null;
  created_at: Instant;
  last_seen_at: Instant;
  current: boolean;
}

export type SheetStatus =
  | "issued"
  | "collecting"
  | "submitted"
  | "returned"
  | "handed_over"
  | "authorised"
  | "not_held_claimed"
  | "not_held";
export type Attendance = "present" | "absent";
export type NothingReceived = "absent" | "no_money" | "ill" | "travelling" | "refused" | "other";
export type RowKind = "collected" | "form_fee" | "passbook_fee" | "additional_fee" | "risk_premium" | "withdrawal";
export type Mark = "signature" | "thumb";
export type FeeKind = "form" | "passbook" | "additional" | "risk_premium";
export type PaidBy = "self" | "family" | "neighbour" | "mobile_money";
export type Outcome = "pending" | "repeated" | "unallocated" | "compare" | "conflict" | "refused";
export type RowState = "pending" | "unallocated" | "returned" | "authorised";

export interface SheetItem {
  id: Uuid;
  samity_id: Uuid;
  samity_code: string;
  samity_name_bn: string;
  samity_name_en: string;
  meeting_on: Day;
  kind: "regular" | "special";
  status: SheetStatus;
  waiting: boolean;
  epoch: number;
  holder_device: string | null;
  handover_id: Uuid | null;
  members: number;
  total: Taka;
  /** What is in the officer's hands, with the float, without mobile money; absent on what was kept from before. */
  cash?: Taka | null;
  paid_out?: Taka;
  float_amount?: Taka;
  comparisons: number;
}

/** What the sheet asks for on a loan, before anything of the meeting is booked. */
export interface SheetLoan {
  number: number;
  instalments: number;
  opening_due: Taka;
  opening_advance: Taka;
  due: Taka;
}

/** What the sheet asks for on a monthly term account. */
export interface SheetTerm {
  number: number;
  instalments: number;
  opening_due: Taka;
  opening_advance: Taka;
  due: Taka;
}

export interface SheetAccount {
  account_id: Uuid;
  code: string;
  kind: string;
  product_name_bn: string;
  product_name_en: string;
  balance: Taka;
  pending: Taka;
  expected?: boolean;
  loan?: SheetLoan | null;
  term?: SheetTerm | null;
}

/** What the phone says about one row. Rules M6, M10, M11, P3. */
export interface SubmittedRow {
  row_id: Uuid;
  version: number;
  member_id: Uuid;
  account_id: Uuid;
  kind: RowKind;
  attendance: Attendance;
  amount: Taka | null;
  nothing_received: NothingReceived | null;
  note: string | null;
  paid_by: PaidBy;
  second_payment: boolean;
  receipt_number: string | null;
  recorded_at: Instant;
  change_reason: string | null;
  withdrawal_id: Uuid | null;
  mark: Mark | null;
}

export interface SheetRow {
  row_id: Uuid;
  version: number;
  account_id: Uuid;
  /** Absent on what a phone kept from before there were others than collected ones. */
  kind?: RowKind;
  attendance: Attendance;
  amount: Taka | null;
  nothing_received: NothingReceived | null;
  note: string | null;
  paid_by: PaidBy;
  second_payment: boolean;
  receipt_number: string | null;
  recorded_at: Instant;
  outcome: Outcome;
  state: RowState;
  code: string | null;
  return_reason: string | null;
  withdrawal_id?: Uuid | null;
  mark?: Mark | null;
}

/** A withdrawal that was agreed to: paid whole from the float, once the officer has taken it. Rule M9. */
export interface SheetPayout {
  withdrawal_id: Uuid;
  float_id: Uuid;
  account_id: Uuid;
  amount: Taka;
  ready: boolean;
}

/** A member of the samity, or somebody else whose money was taken: her name may be unknown (rule M5). */
export interface SheetMember {
  member_id: Uuid;
  code: string | null;
  name_bn: string | null;
  name_en: string | null;
  /** Where her fees are written; absent on a sheet that was kept from before. */
  fee_account_id?: Uuid;
  premium_account_id?: Uuid;
  accounts: SheetAccount[];
  payouts?: SheetPayout[];
  rows: SheetRow[];
}

export interface Sheet extends SheetItem {
  rows: SheetMember[];
}

export interface SheetHolding {
  epoch: number;
  receipt_series: string;
  receipt_next: number;
}

export interface Submission {
  epoch: number;
  total: Taka;
  rows: SubmittedRow[];
}

export interface RowAnswer {
  row_id: Uuid;
  version: number;
  outcome: Outcome;
  code: string | null;
}

export interface SubmissionAnswer {
  sheet_id: Uuid;
  submission_id: Uuid;
  epoch: number;
  status: SheetStatus;
  total: Taka;
  rows: RowAnswer[];
}

export interface HandoverItem {
  id: Uuid;
  on: Day;
  number: number;
  status: "declared" | "counted" | "authorised";
  declared_total: Taka;
  expected: Taka;
  sheets_count: number;
  difference: Taka | null;
}

export interface Samity {
  id: Uuid;
  code: string;
  name_bn: string;
  name_en: string;
  village: string;
  meeting_weekday: number;
  members: number;
}

export interface MemberItem {
  id: Uuid;
  code: string | null;
  name_bn: string;
  name_en: string;
  samity_id: Uuid;
  status: string;
}

export type Purpose = "membership" | "messages" | "credit_bureau" | "photo";

export interface Nominee {
  name: string;
  relation: string;
  birth_on: Day;
  share_percent: number;
  guardian: { name: string; relation: string } | null;
}

export interface Consent {
  purpose: Purpose;
  given: boolean;
  text_version: string;
  language: "bn" | "en";
  read_aloud_by: string;
  mark: "signature" | "thumb";
  witness: string;
  at: Instant;
}

/** The admission form. Rules L8, P1, P10. */
export interface Admission {
  samity_id: Uuid;
  name_bn: string;
  name_en: string;
  father_or_spouse_bn: string | null;
  father_or_spouse_en: string | null;
  sex: "female" | "male" | "other";
  birth_on: Day;
  nid: string;
  mobile: string | null;
  address: { village: string; post: string; upazila: string; district: string; line: string | null };
  nominees: Nominee[];
  consents: Consent[];
  language: "bn" | "en";
  passbook_number: string;
  warnings_seen: string[];
}

export interface Applicant {
  member_id: Uuid;
  approval_id: Uuid;
  status: string;
  warnings: string[];
}

export type LineStatus = "pending" | "confirmed" | "struck" | "reversed" | "reversal" | "nothing_received";

export interface PassbookLine {
  line_id: string;
  account_id: Uuid | null;
  entry_id: Uuid | null;
  status: LineStatus;
  direction: "deposit" | "withdrawal" | "none";
  amount: Taka | null;
  balance_after: Taka | null;
  business_on: Day | null;
  value_on: Day;
  recorded_at: Instant;
  officer_name_bn: string | null;
  officer_name_en: string | null;
  receipt_number: string | null;
  receipt_final: boolean;
  reason: string | null;
  related_line_id: string | null;
  kind: string | null;
  fee?: FeeKind | null;
}

export interface PassbookAccount {
  account_id: Uuid;
  code: string;
  kind?: string;
  product_name_bn: string;
  product_name_en: string;
  balance: Taka;
  pending_in: Taka;
  pending_out: Taka;
  unchecked?: boolean;
}

export interface Passbook {
  member: { id: Uuid; code: string; name_bn: string; name_en: string };
  as_of: Instant;
  business_on: Day | null;
  accounts: PassbookAccount[];
  lines: PassbookLine[];
}

export interface OwnMessage {
  id: Uuid;
  kind: string;
  title: string;
  text: string;
  language: "bn" | "en";
  created_at: Instant;
  read_at: Instant | null;
}

export interface Preferences {
  detail: "full" | "no_balances" | "see_book";
  confirmations: boolean;
  language: "bn" | "en";
}

/** An error as the gateway writes it (RFC 9457), its sentence in the reader's language. */
export interface ProblemBody {
  status: number;
  code: string;
  title: string;
  detail: string;
  fields?: Record<string, string[]>;
  correlation_id?: string;
  retry_after?: number;
}
