import type { SheetAccount, SheetMember, SheetPayout } from "../../api/wire.ts";
import { NOTHING, parseTaka, type Paisa } from "../../domain/money.ts";
import {
  askedOf, dueOf, editable, feesOf, kindOf, placeOfFee, rowOfPayout, rowsOf, waitsFor, type Draft, type Place, type Row,
} from "../../domain/sheet.ts";
import { digits, named, say, taka } from "../../state/language.ts";
import { sheet as words } from "../../words/index.ts";
import type { Desk } from "./desk.ts";
import { RowLine } from "./row-line.tsx";

/** What a tap on a card can ask for. */
export interface Taps {
  onAmount: (place: Place, amount: Paisa) => void;
  onOther: (place: Place, name: string) => void;
  onNothing: (place: Place, name: string) => void;
  onRow: (row: Row, name: string) => void;
  onSecond: (place: Place, name: string) => void;
  onFee: (member: SheetMember) => void;
  onPayout: (member: SheetMember, payout: SheetPayout) => void;
}

interface AccountProps {
  account: SheetAccount;
  member: SheetMember;
  desk: Desk;
  quick: readonly Paisa[];
  taps: Taps;
}

function QuickTaps({ place, name, quick, taps }: { place: Place; name: string; quick: readonly Paisa[]; taps: Taps }) {
  return (
    <div class="quick" role="group" aria-label={name}>
      {quick.map((amount) => (
        <button key={amount} type="button" class="number" onClick={() => taps.onAmount(place, amount)}>{taka(amount)}</button>
      ))}
      <button type="button" onClick={() => taps.onOther(place, name)}>{say(words.otherAmount)}</button>
      <button type="button" class="none" onClick={() => taps.onNothing(place, name)}>{say(words.nothingShort)}</button>
    </div>
  );
}

/** What stands under an account's name: which instalment it is and what is due; on a loan also what is left. */
function factsOfAccount(account: SheetAccount): string {
  const asked = askedOf(account);
  const pending = parseTaka(account.pending);
  const facts = asked
    ? [
        say(words.instalment, { number: digits(String(asked.number)), of: digits(String(asked.instalments)) }),
        say(words.loanDue, { amount: taka(asked.due) }),
        asked.opening_advance === "0.00" ? "" : say(words.loanAdvance, { amount: taka(asked.opening_advance) }),
      ]
    : [];
  const standing = say(account.loan ? words.loanLeft : words.balance, { amount: taka(account.balance) });
  const onItsWay = pending === NOTHING ? "" : say(words.pendingToo, { amount: taka(pending) });
  return [named(account, "product_name"), ...facts, standing, onItsWay].filter(Boolean).join(" · ");
}

/** The amounts of one tap: what is due by instalments, else what members mostly save. */
function tapsOf(account: SheetAccount, quick: readonly Paisa[]): readonly Paisa[] {
  return askedOf(account) ? [dueOf(account) ?? []].flat() : quick;
}

function Account({ account, member, desk, quick, taps }: AccountProps) {
  const name = named(member);
  const place = { member_id: member.member_id, account_id: account.account_id };
  const rows = rowsOf(desk.draft, account.account_id);
  return (
    <div class="stack-tight">
      <p class="soft small">{factsOfAccount(account)}</p>
      {rows.map((row) => (
        <RowLine key={row.row_id} row={row} open={desk.mine && editable(row, desk.sheet.status)}
          onOpen={() => taps.onRow(row, name)} />
      ))}
      {desk.mine && rows.length === 0 ? <QuickTaps place={place} name={name} quick={tapsOf(account, quick)} taps={taps} /> : null}
      {desk.mine && rows.length === 1 && rows[0]?.amount !== null ? (
        <button type="button" class="second" onClick={() => taps.onSecond(place, name)}>{say(words.second)}</button>
      ) : null}
    </div>
  );
}

/** Rows on accounts that are hers no longer: the money stands all the same. Rule M5. */
const strays = (member: SheetMember, draft: Draft): Row[] =>
  draft.rows.filter(
    (row) =>
      row.member_id === member.member_id && kindOf(row) === "collected" &&
      !member.accounts.some((account) => account.account_id === row.account_id),
  );

interface PayoutProps extends Pick<AccountProps, "member" | "desk" | "taps"> {
  payout: SheetPayout;
}

/** One withdrawal that was agreed to: paid or not is one tap away, once the float is taken. Rule M9. */
function Payout({ member, payout, desk, taps }: PayoutProps) {
  const row = rowOfPayout(desk.draft, payout);
  const open = (): void => taps.onPayout(member, payout);
  return (
    <div class="stack-tight payout">
      <p class="small"><strong>{say(words.payout, { amount: taka(payout.amount) })}</strong></p>
      {row === undefined ? null : (
        <RowLine row={row} open={desk.mine && editable(row, desk.sheet.status)} onOpen={open} />
      )}
      {row === undefined && !payout.ready ? <p class="small">{say(words.floatFirst)}</p> : null}
      {row === undefined && desk.mine && payout.ready ? (
        <div class="quick"><button type="button" class="whole" onClick={open}>{say(words.payOrNot)}</button></div>
      ) : null}
    </div>
  );
}

/** Her fees: what was written, and the way to write another. */
function Fees({ member, desk, taps }: Pick<AccountProps, "member" | "desk" | "taps">) {
  const open = desk.mine && placeOfFee(member, "form_fee") !== null;
  return (
    <>
      {feesOf(desk.draft, member.member_id).map((row) => (
        <RowLine key={row.row_id} row={row} open={desk.mine && editable(row, desk.sheet.status)}
          onOpen={() => taps.onRow(row, named(member))} />
      ))}
      {open ? <button type="button" class="second" onClick={() => taps.onFee(member)}>{say(words.fee)}</button> : null}
    </>
  );
}

/** Withdrawals whose float is told apart already: nothing can be done with them. */
const settledPayouts = (member: SheetMember, draft: Draft): Row[] => {
  const out = new Set((member.payouts ?? []).map(({ withdrawal_id }) => withdrawal_id));
  return draft.rows.filter(
    (row) => row.member_id === member.member_id && kindOf(row) === "withdrawal" && !out.has(row.withdrawal_id ?? ""),
  );
};

const done = (member: SheetMember, draft: Draft): boolean =>
  member.accounts.every((account) => !waitsFor(account) || rowsOf(draft, account.account_id).length > 0) &&
  (member.payouts ?? []).every((payout) => !payout.ready || rowOfPayout(draft, payout) !== undefined);

/** One member on the sheet: her accounts, what was written for each, and the taps that write it. */
export function MemberCard({ member, desk, quick, taps }: Omit<AccountProps, "account">) {
  return (
    <li class={`card member-card${done(member, desk.draft) ? " done" : ""}`}>
      <div class="row">
        <strong>{named(member)}</strong>
        <span class="soft small number">{digits(member.code ?? "")}</span>
      </div>
      {member.accounts.map((account) => (
        <Account key={account.account_id} account={account} member={member} desk={desk} quick={quick} taps={taps} />
      ))}
      {(member.payouts ?? []).map((payout) => (
        <Payout key={payout.withdrawal_id} member={member} payout={payout} desk={desk} taps={taps} />
      ))}
      {settledPayouts(member, desk.draft).map((row) => <RowLine key={row.row_id} row={row} open={false} />)}
      <Fees member={member} desk={desk} taps={taps} />
      {strays(member, desk.draft).map((row) => <RowLine key={row.row_id} row={row} open={false} />)}
    </li>
  );
}
