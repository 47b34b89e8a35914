import { useState } from "preact/hooks";

import { toLatin } from "../../domain/digits.ts";
import type { SheetMember, SheetPayout } from "../../api/wire.ts";
import {
  accepts, isSecond, money, placeOfPayout, quickAmounts, rowOfPayout, totals, touchedIn, untouched, waitsFor, type Place, type Row,
  type Said, type Totals,
} from "../../domain/sheet.ts";
import { Button } from "../../parts/button.tsx";
import { TextField, Tick } from "../../parts/fields.tsx";
import { Page } from "../../parts/page.tsx";
import { Fault, Looking, Notice } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { day, digits, named, say, taka } from "../../state/language.ts";
import { sheet as words } from "../../words/index.ts";
import { BeginCard } from "./begin-card.tsx";
import { addRow, changeRow, removeRow, submit, useDesk, writeRest, type Desk } from "./desk.ts";
import { FeeDrawer } from "./fee-drawer.tsx";
import { FloatCard } from "./float-card.tsx";
import { MemberCard, type Taps } from "./member-card.tsx";
import { PayoutDrawer } from "./payout-drawer.tsx";
import { RestDrawer } from "./rest-drawer.tsx";
import { ReviewDrawer } from "./review-drawer.tsx";
import { RowDrawer, type Side } from "./row-drawer.tsx";
import { SentCard } from "./sent-card.tsx";
import { StatusChip } from "./today.tsx";

type Open =
  | { drawer: "new"; place: Place; name: string; side: Side; second: boolean }
  | { drawer: "row"; row: Row; name: string }
  | { drawer: "fee"; member: SheetMember }
  | { drawer: "payout"; member: SheetMember; payout: SheetPayout }
  | { drawer: "rest" }
  | { drawer: "review" }
  | null;

interface DeskProps {
  desk: Desk;
  again: () => void;
  refresh: () => Promise<void>;
}

const found = (member: SheetMember, sought: string): boolean =>
  [member.name_bn, member.name_en, member.code].some((text) => text?.toLowerCase().includes(sought));

function shownMembers(desk: Desk, sought: string, onlyLeft: boolean): SheetMember[] {
  const touched = touchedIn(desk.draft);
  const wanted = toLatin(sought.trim()).toLowerCase();
  return desk.sheet.rows.filter(
    (member) =>
      (wanted === "" || found(member, wanted)) &&
      (!onlyLeft || member.accounts.some((account) => waitsFor(account) && !touched.has(account.account_id))),
  );
}

interface MemberDrawerProps {
  desk: Desk;
  open: Extract<NonNullable<Open>, { member: SheetMember }>;
  after: (deed: Promise<unknown>) => Promise<void>;
  close: () => void;
}

/** What is asked of a member beside her accounts: a fee, or a withdrawal that was agreed to. */
function MemberDrawer({ desk, open, after, close }: MemberDrawerProps) {
  const { id } = desk.sheet;
  if (open.drawer === "fee") {
    return <FeeDrawer member={open.member} draft={desk.draft} onClose={close}
      onSay={(place, said) => after(addRow(id, place, said))} />;
  }
  const row = rowOfPayout(desk.draft, open.payout) ?? null;
  const place = placeOfPayout(open.member, open.payout);
  const write = (said: Said) =>
    after(row === null ? addRow(id, place, said, isSecond(desk.draft, place)) : changeRow(id, row.row_id, said));
  return <PayoutDrawer name={named(open.member)} payout={open.payout} row={row} onSay={write} onClose={close}
    onRemove={row === null ? null : () => after(removeRow(id, row.row_id))} />;
}

function Drawers({ desk, open, sums, close }: { desk: Desk; open: Open; sums: Totals; close: () => void }) {
  if (open === null) return null;
  const { id } = desk.sheet;
  const after = async (deed: Promise<unknown>): Promise<void> => {
    await deed;
    close();
  };
  if (open.drawer === "rest") {
    return <RestDrawer onReason={(reason) => after(writeRest(desk.sheet, reason))} onClose={close} />;
  }
  if (open.drawer === "review") {
    return <ReviewDrawer totals={sums} onSubmit={() => after(submit(id))} onClose={close} />;
  }
  if (open.drawer === "new") {
    const write = (said: Said) => after(addRow(id, open.place, said, open.second));
    return <RowDrawer name={open.name} row={null} side={open.side} onSay={write} onRemove={null} onClose={close} />;
  }
  if (open.drawer === "fee" || open.drawer === "payout") {
    return <MemberDrawer desk={desk} open={open} after={after} close={close} />;
  }
  const { row, name } = open;
  return (
    <RowDrawer name={name} row={row} side={row.amount === null ? "nothing" : "money"} onClose={close}
      onSay={(said) => after(changeRow(id, row.row_id, said))} onRemove={() => after(removeRow(id, row.row_id))} />
  );
}

function Bar({ sums, onReview }: { sums: Totals; onReview: () => void }) {
  return (
    <div class="total-bar">
      <div>
        <strong class="number">{taka(sums.money)}</strong>
        <span class="small">
          {say(words.paying, { count: sums.paying })} · {sums.untouched > 0 ? say(words.left, { count: sums.untouched }) : say(words.noneLeft)}
        </span>
      </div>
      <Button disabled={sums.unsent === 0} onClick={onReview}>{say(words.review)}</Button>
    </div>
  );
}

function Standing({ desk, again }: Omit<DeskProps, "refresh">) {
  const { sheet, mine, lost, newest } = desk;
  return (
    <>
      {mine ? null : <div class="row"><StatusChip sheet={sheet} /><strong class="number">{taka(sheet.total)}</strong></div>}
      {lost ? <Notice tone="waiting">{say(words.lostHold)}</Notice> : null}
      {newest === null ? null : <SentCard newest={newest} />}
      {mine ? <FloatCard sheet={sheet} onDone={again} /> : null}
      {!mine && accepts(sheet.status) ? <BeginCard sheet={sheet} onDone={again} /> : null}
    </>
  );
}

function useTaps(desk: Desk, setOpen: (open: Open) => void, write: (deed: () => Promise<unknown>) => void): Taps {
  return {
    onAmount: (place, amount) => write(() => addRow(desk.sheet.id, place, money(amount))),
    onOther: (place, name) => setOpen({ drawer: "new", place, name, side: "money", second: false }),
    onNothing: (place, name) => setOpen({ drawer: "new", place, name, side: "nothing", second: false }),
    onSecond: (place, name) => setOpen({ drawer: "new", place, name, side: "money", second: true }),
    onFee: (member) => setOpen({ drawer: "fee", member }),
    onPayout: (member, payout) => setOpen({ drawer: "payout", member, payout }),
    onRow: (row, name) => setOpen({ drawer: "row", row, name }),
  };
}

function SheetDesk({ desk, again, refresh }: DeskProps) {
  const [open, setOpen] = useState<Open>(null);
  const [sought, setSought] = useState("");
  const [onlyLeft, setOnlyLeft] = useState(false);
  const { fault, run } = useDeed();
  const taps = useTaps(desk, setOpen, (deed) => run(async () => {
    await deed();
    await refresh();
  }));
  const sums = totals(desk.sheet, desk.draft);
  const rest = untouched(desk.sheet, desk.draft).length;
  const quick = quickAmounts(desk.draft);
  const close = (): void => {
    setOpen(null);
    void refresh();
  };
  return (
    <>
      <Standing desk={desk} again={again} />
      <Fault fault={fault} />
      <div class="find">
        <TextField label={say(words.find)} value={digits(sought)} onChange={setSought} />
        {desk.mine ? <Tick label={say(words.onlyLeft)} value={onlyLeft} onChange={setOnlyLeft} /> : null}
      </div>
      <ul class="stack">
        {shownMembers(desk, sought, onlyLeft).map((member) => (
          <MemberCard key={member.member_id} member={member} desk={desk} quick={quick} taps={taps} />
        ))}
      </ul>
      {desk.mine && rest > 0 ? (
        <Button look="quiet" onClick={() => setOpen({ drawer: "rest" })}>{say(words.rest, { count: rest })}</Button>
      ) : null}
      {desk.mine || (desk.lost && sums.unsent > 0) ? <Bar sums={sums} onReview={() => setOpen({ drawer: "review" })} /> : null}
      <Drawers desk={desk} open={open} sums={sums} close={close} />
    </>
  );
}

/** A collection sheet: everyone in the samity, and what each of them gave. */
export function SheetPage({ id }: { id: string }) {
  const desk = useDesk(id);
  const sheet = desk.seen?.sheet;
  const sub = sheet && `${digits(sheet.samity_code)} · ${day(sheet.meeting_on)}`;
  return (
    <Page title={sheet ? named(sheet, "samity_name") : say(words.today)} sub={sub} back="/">
      <Looking at={desk}>{(seen) => <SheetDesk desk={seen} again={desk.again} refresh={desk.refresh} />}</Looking>
    </Page>
  );
}
