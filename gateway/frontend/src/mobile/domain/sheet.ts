/** A collection sheet on the phone, as pure functions. Rules M4, M6, M10, M11, P3. */
import type {
  Attendance, Mark, NothingReceived, Outcome, PaidBy, RowAnswer, RowKind, RowState, Sheet, SheetAccount, SheetLoan,
  SheetMember, SheetPayout, SheetRow, SheetStatus, SheetTerm, Submission, SubmittedRow,
} from "../api/wire.ts";
import type { Instant } from "./days.ts";
import { formatTaka, NOTHING, parseTaka, sum, type Paisa } from "./money.ts";

/** One row as the officer sees it: money for an account, or the reason why there was none. */
export interface Row {
  row_id: string;
  version: number;
  member_id: string;
  account_id: string;
  /** Absent on a row that was kept from before there were others than collected ones. */
  kind?: RowKind;
  attendance: Attendance;
  amount: Paisa | null;
  nothing_received: NothingReceived | null;
  note: string | null;
  paid_by: PaidBy;
  second_payment: boolean;
  receipt_number: string | null;
  recorded_at: Instant;
  change_reason: string | null;
  /** Of a withdrawal only: which one, and her mark once it is paid. Rule M9. */
  withdrawal_id?: string | null;
  mark?: Mark | null;
  /** The newest version that the server has answered; 0 while it has answered none. */
  sent: number;
  /** The newest version that the server has taken, and its amount; 0 while it has taken none. */
  taken: number;
  seen: Paisa | null;
  /** The submission that carries it now, unanswered. */
  travelling: string | null;
  outcome: Outcome | null;
  state: RowState | null;
  code: string | null;
  return_reason: string | null;
}

export interface Draft {
  sheet_id: string;
  epoch: number;
  rows: Row[];
}

/** Whose account a row is about; a place without a kind is one where money is collected. */
export interface Place {
  member_id: string;
  account_id: string;
  kind?: RowKind;
  withdrawal_id?: string;
}

/** What an officer says about a row. */
export interface Said {
  amount: Paisa | null;
  nothing_received: NothingReceived | null;
  attendance: Attendance;
  paid_by: PaidBy;
  note: string | null;
  change_reason: string | null;
  mark?: Mark | null;
}

/** What a row gets from outside: an id, the time, and a receipt number when money changes hands. */
export interface Stamp {
  row_id: string;
  recorded_at: Instant;
  takeReceipt: () => string;
}

export const FEES: readonly RowKind[] = ["passbook_fee", "form_fee", "risk_premium", "additional_fee"];
export const REASONS: readonly NothingReceived[] = ["absent", "no_money", "ill", "travelling", "refused", "other"];
export const MARKS: readonly Mark[] = ["thumb", "signature"];
export const PAYERS: readonly PaidBy[] = ["self", "family", "neighbour", "mobile_money"];

const OPEN: ReadonlySet<SheetStatus> = new Set<SheetStatus>(["issued", "collecting"]);
const AWAY: ReadonlySet<NothingReceived> = new Set<NothingReceived>(["absent", "ill", "travelling"]);

export const emptyDraft = (sheetId: string, epoch: number): Draft => ({ sheet_id: sheetId, epoch, rows: [] });

/** Money from her own hand. */
export function money(amount: Paisa): Said {
  return { amount, nothing_received: null, attendance: "present", paid_by: "self", note: null, change_reason: null };
}

/** No money, and why; the reason also tells whether she came. */
export function nothing(reason: NothingReceived): Said {
  const attendance = AWAY.has(reason) ? "absent" : "present";
  return { amount: null, nothing_received: reason, attendance, paid_by: "self", note: null, change_reason: null };
}

export const kindOf = ({ kind }: Pick<Row, "kind">): RowKind => kind ?? "collected";

/** What was collected for an account. */
export function rowsOf(draft: Draft, accountId: string): Row[] {
  return draft.rows.filter((row) => row.account_id === accountId && kindOf(row) === "collected");
}

export const isFee = (row: Pick<Row, "kind">): boolean => FEES.includes(kindOf(row));

export const feesOf = (draft: Draft, memberId: string): Row[] =>
  draft.rows.filter((row) => row.member_id === memberId && isFee(row));

export const isPayout = (row: Pick<Row, "kind">): boolean => kindOf(row) === "withdrawal";

/** What was said of a withdrawal: that it was paid, or that it was not. */
export const rowOfPayout = (draft: Draft, payout: SheetPayout): Row | undefined =>
  draft.rows.find((row) => row.withdrawal_id === payout.withdrawal_id);

export const placeOfPayout = (member: SheetMember, { account_id, withdrawal_id }: SheetPayout): Place =>
  ({ member_id: member.member_id, account_id, kind: "withdrawal", withdrawal_id });

/** Whether a second withdrawal of the same account is paid at the meeting: it is said to be one. Rule M4. */
export const isSecond = (draft: Draft, place: Place): boolean =>
  draft.rows.some((row) => row.account_id === place.account_id && kindOf(row) === kindOf(place));

/** The money is in her own hand, against her mark on the slip. Rule M9. */
export const paidOut = (amount: Paisa, mark: Mark): Said => ({ ...money(amount), mark });

/** The withdrawals of a sheet for which the officer has the cash, or has not taken it yet. */
export const payoutsOf = (sheet: Sheet, ready: boolean): SheetPayout[] =>
  sheet.rows.flatMap(({ payouts = [] }) => payouts.filter((payout) => payout.ready === ready));

/** The floats that wait to be taken, with what each holds. Rule M9. */
export function floatsToTake(sheet: Sheet): [string, Paisa][] {
  const sums = new Map<string, Paisa>();
  for (const { float_id, amount } of payoutsOf(sheet, false)) {
    sums.set(float_id, sum([sums.get(float_id) ?? NOTHING, parseTaka(amount)]));
  }
  return [...sums];
}

/** Where a fee of hers is written; null on a sheet that was kept from before there were fees. */
export function placeOfFee(member: SheetMember, kind: RowKind): Place | null {
  const account = kind === "risk_premium" ? member.premium_account_id : member.fee_account_id;
  return account === undefined ? null : { member_id: member.member_id, account_id: account, kind };
}

/** Whether the officer may still change the row: before the sheet is complete, later only if returned. Rule M6. */
export function editable(row: Row, status: SheetStatus): boolean {
  if (row.travelling !== null || row.state === "authorised") return false;
  return OPEN.has(status) || row.state === "returned" || row.taken < row.version;
}

/** Whether rows can be added at all. */
export function accepts(status: SheetStatus): boolean {
  return OPEN.has(status) || status === "returned";
}

/** Whether a change takes money back that the server has seen: it then needs a reason. Rule M6. */
export function lowers(row: Row, amount: Paisa | null): boolean {
  return row.taken > 0 && (row.seen ?? NOTHING) > (amount ?? NOTHING);
}

/** Adds a row; `second` says that she paid twice, which nobody assumes. Rule M4. */
export function added(draft: Draft, place: Place, said: Said, stamp: Stamp, second = false): Draft {
  const row: Row = {
    ...place, ...said,
    kind: kindOf(place),
    row_id: stamp.row_id,
    version: 1,
    second_payment: second,
    receipt_number: said.amount === null ? null : stamp.takeReceipt(),
    recorded_at: stamp.recorded_at,
    sent: 0, taken: 0, seen: null, travelling: null, outcome: null, state: null, code: null, return_reason: null,
  };
  return { ...draft, rows: [...draft.rows, row] };
}

/** Says something else about a row; what the server has answered becomes an older version. Rule M6. */
export function changed(draft: Draft, rowId: string, said: Said, stamp: Stamp): Draft {
  const rows = draft.rows.map((row) => {
    if (row.row_id !== rowId) return row;
    return {
      ...row, ...said,
      version: row.sent === row.version ? row.version + 1 : row.version,
      receipt_number: row.receipt_number ?? (said.amount === null ? null : stamp.takeReceipt()),
      recorded_at: stamp.recorded_at,
      outcome: null, code: null,
    };
  });
  return { ...draft, rows };
}

/** Whether a row can simply go: the server has never taken it. One that it has taken is only ever changed. */
export const retractable = (row: Row): boolean => row.taken === 0 && row.travelling === null;

export function withdrawn(draft: Draft, rowId: string): Draft {
  return { ...draft, rows: draft.rows.filter((row) => row.row_id !== rowId || !retractable(row)) };
}

/** Whether the sheet waits for a row: nothing is due on some loans. A sheet kept since before loans waits for all. */
export const waitsFor = (account: SheetAccount): boolean => account.expected !== false;

/** What is asked for by instalments: of a loan, or of a monthly term account. */
export const askedOf = (account: SheetAccount): SheetLoan | SheetTerm | null => account.loan ?? account.term ?? null;

/** What an instalment's row mostly says: all that is due, in whole taka, else nothing is proposed. Rule M11. */
export function dueOf(account: SheetAccount): Paisa | null {
  const asked = askedOf(account);
  if (!asked) return null;
  const due = parseTaka(asked.due);
  return due > 0 ? ((Math.ceil(due / 100) * 100) as Paisa) : null;
}

/** The accounts for which something is written; a fee stands for none of them. */
export const touchedIn = (draft: Draft): ReadonlySet<string> =>
  new Set(draft.rows.filter((row) => kindOf(row) === "collected").map((row) => row.account_id));

/** The accounts nobody has touched: never taken for zero. Rule M10. */
export function untouched(sheet: Sheet, draft: Draft): Place[] {
  const touched = touchedIn(draft);
  return sheet.rows.flatMap(({ member_id, accounts }) =>
    accounts.filter((account) => waitsFor(account) && !touched.has(account.account_id)).map(({ account_id }) => ({ member_id, account_id })),
  );
}

/** "The rest: nothing received", one row each. Rule M10. */
export function restNothing(sheet: Sheet, draft: Draft, reason: NothingReceived, stamp: () => Stamp): Draft {
  return untouched(sheet, draft).reduce((all, place) => added(all, place, nothing(reason), stamp()), draft);
}

export interface Totals {
  /** What members gave; the withdrawals that were paid are apart from it. */
  money: Paisa;
  paidOut: Paisa;
  float: Paisa;
  cash: Paisa;
  paying: number;
  nothing: number;
  untouched: number;
  unsent: number;
}

/** Withdrawals of which nobody has said yet whether they were paid. Rules M9, M10. */
const untold = (sheet: Sheet, draft: Draft): number =>
  payoutsOf(sheet, true).filter((payout) => rowOfPayout(draft, payout) === undefined).length;

const moneyOf = (rows: Row[]): Paisa => sum(rows.map((row) => row.amount ?? NOTHING));

export const unsentRows = (draft: Draft): Row[] =>
  draft.rows.filter((row) => row.version > row.sent && row.travelling === null);

/** What the officer compares with the money in her hand: the float is among it, mobile money is not. */
export function totals(sheet: Sheet, draft: Draft): Totals {
  const rows = draft.rows.filter((row) => !isPayout(row));
  const paid = moneyOf(draft.rows.filter(isPayout));
  const float = parseTaka(sheet.float_amount ?? "0.00");
  const inHand = moneyOf(rows.filter((row) => row.paid_by !== "mobile_money"));
  return {
    money: moneyOf(rows),
    paidOut: paid,
    float,
    cash: (float + inHand - paid) as Paisa,
    paying: new Set(rows.filter((row) => row.amount !== null).map((row) => row.member_id)).size,
    nothing: rows.filter((row) => row.amount === null).length,
    untouched: untouched(sheet, draft).length + untold(sheet, draft),
    unsent: unsentRows(draft).length,
  };
}

function onTheWire(row: Row): SubmittedRow {
  return {
    row_id: row.row_id,
    version: row.version,
    member_id: row.member_id,
    account_id: row.account_id,
    kind: kindOf(row),
    attendance: row.attendance,
    amount: row.amount === null ? null : formatTaka(row.amount),
    nothing_received: row.nothing_received,
    note: row.note,
    paid_by: row.paid_by,
    second_payment: row.second_payment,
    receipt_number: row.receipt_number,
    recorded_at: row.recorded_at,
    change_reason: row.change_reason,
    withdrawal_id: row.withdrawal_id ?? null,
    mark: row.amount === null ? null : (row.mark ?? null),
  };
}

/** What is sent: every row the server has not answered in this version, with their own sum. */
export function submissionOf(draft: Draft): Submission {
  const rows = unsentRows(draft);
  return { epoch: draft.epoch, total: formatTaka(moneyOf(rows)), rows: rows.map(onTheWire) };
}

/** Marks the rows that a submission carries. */
export function leaving(draft: Draft, submissionId: string): Draft {
  const ids = new Set(unsentRows(draft).map((row) => row.row_id));
  const rows = draft.rows.map((row) => (ids.has(row.row_id) ? { ...row, travelling: submissionId } : row));
  return { ...draft, rows };
}

/** Lets the rows of a refused submission be changed and sent again: nothing of it was taken. */
export function comeBack(draft: Draft, submissionId: string): Draft {
  const rows = draft.rows.map((row) => (row.travelling === submissionId ? { ...row, travelling: null } : row));
  return { ...draft, rows };
}

const STATE_OF: Readonly<Partial<Record<Outcome, RowState>>> = {
  pending: "pending",
  repeated: "pending",
  unallocated: "unallocated",
};

function met(row: Row, { outcome, code }: RowAnswer): Row {
  const common = { ...row, outcome, code, travelling: null, sent: row.version };
  if (outcome === "refused" || outcome === "conflict") return common;
  return { ...common, taken: row.version, seen: row.amount, state: STATE_OF[outcome] ?? row.state, return_reason: null };
}

/** Notes what became of each row of an answered submission. Rule M5. */
export function answered(draft: Draft, submissionId: string, answers: RowAnswer[]): Draft {
  const byRow = new Map(answers.map((answer) => [answer.row_id, answer]));
  const rows = draft.rows.map((row) => {
    if (row.travelling !== submissionId) return row;
    const answer = byRow.get(row.row_id);
    return answer ? met(row, answer) : { ...row, travelling: null };
  });
  return { ...draft, rows };
}

function fromServer(row: SheetRow, memberId: string): Row {
  const { amount, ...said } = row;
  const paisa = amount === null ? null : parseTaka(amount);
  return {
    ...said, member_id: memberId, amount: paisa, seen: paisa,
    sent: row.version, taken: row.version, travelling: null, change_reason: null,
  };
}

function meet(local: Row | undefined, server: Row): Row {
  if (!local || server.version > local.version) return server;
  if (server.version < local.version) return { ...local, state: server.state, return_reason: server.return_reason };
  return { ...server, travelling: local.travelling };
}

/**
 * Joins the sheet as the server has it with what lies on the phone: a row keeps its newer version, and an
 * unsent one is never overwritten.
 */
export function joined(sheet: Sheet, draft: Draft): Draft {
  const local = new Map(draft.rows.map((row) => [row.row_id, row]));
  const fromBook = sheet.rows.flatMap(({ member_id, rows }) =>
    rows.map((row) => meet(local.get(row.row_id), fromServer(row, member_id))),
  );
  const known = new Set(fromBook.map((row) => row.row_id));
  return { ...draft, rows: [...fromBook, ...draft.rows.filter((row) => !known.has(row.row_id))] };
}

const USUAL = [5000, 10000, 20000] as Paisa[];

/** The amounts for one tap: those given most often in this sheet, filled up with the usual ones. */
export function quickAmounts(draft: Draft): Paisa[] {
  const times = new Map<Paisa, number>();
  const collected = draft.rows.filter((row) => kindOf(row) === "collected");
  for (const { amount } of collected) if (amount !== null) times.set(amount, (times.get(amount) ?? 0) + 1);
  const often = [...times].filter(([, count]) => count > 1).sort(([, one], [, other]) => other - one);
  const amounts = new Set([...often.slice(0, USUAL.length).map(([amount]) => amount), ...USUAL]);
  return [...amounts].slice(0, USUAL.length).sort((one, other) => one - other);
}
