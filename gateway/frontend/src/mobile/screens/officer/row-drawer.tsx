import { useState } from "preact/hooks";

import type { Attendance, NothingReceived, PaidBy } from "../../api/wire.ts";
import { formatTaka, readCash } from "../../domain/money.ts";
import { lowers, money, nothing, PAYERS, REASONS, retractable, type Row, type Said } from "../../domain/sheet.ts";
import { Button } from "../../parts/button.tsx";
import { Drawer } from "../../parts/drawer.tsx";
import { Choice, LongField, NumberField } from "../../parts/fields.tsx";
import { Fault } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { say } from "../../state/language.ts";
import { sheet as words } from "../../words/index.ts";

export type Side = "money" | "nothing";

interface RowDrawerProps {
  name: string;
  row: Row | null;
  side: Side;
  onSay: (said: Said) => Promise<void>;
  onRemove: (() => Promise<void>) | null;
  onClose: () => void;
}

const SHORTEST_REASON = 3;

const longEnough = (reason: string): boolean => reason.trim().length >= SHORTEST_REASON;

interface Entry {
  typed: string;
  reason: NothingReceived | null;
  attendance: Attendance;
  paidBy: PaidBy;
  note: string;
  why: string;
}

const EMPTY: Entry = { typed: "", reason: null, attendance: "present", paidBy: "self", note: "", why: "" };

function entryOf(row: Row | null): Entry {
  if (row === null) return EMPTY;
  return {
    typed: row.amount === null ? "" : formatTaka(row.amount).replace(/\.00$/, ""),
    reason: row.nothing_received,
    attendance: row.attendance,
    paidBy: row.paid_by,
    note: row.note ?? "",
    why: row.change_reason ?? "",
  };
}

/** What the entry says, or null while it says nothing whole. */
function saidBy(side: Side, entry: Entry): Said | null {
  const tail = { note: entry.note.trim() || null, change_reason: entry.why.trim() || null };
  if (side === "nothing") return entry.reason === null ? null : { ...nothing(entry.reason), ...tail };
  const amount = readCash(entry.typed);
  return amount === null ? null : { ...money(amount), attendance: entry.attendance, paid_by: entry.paidBy, ...tail };
}

interface SideProps {
  entry: Entry;
  onChange: (part: Partial<Entry>) => void;
}

function MoneySide({ entry, onChange }: SideProps) {
  const bad = entry.typed !== "" && readCash(entry.typed) === null ? say(words.amountBad) : null;
  return (
    <>
      <NumberField label={say(words.amount)} hint={say(words.amountHint)} value={entry.typed} error={bad} big autofocus
        onChange={(typed) => onChange({ typed })} />
      <Choice legend={say(words.paidBy)} value={entry.paidBy} onChange={(paidBy) => onChange({ paidBy })}
        options={PAYERS.map((payer) => [payer, words[payer]] as const)} />
      <Choice legend={say(words.attendance)} value={entry.attendance} onChange={(attendance) => onChange({ attendance })}
        options={[["present", words.present], ["absent", words.absent]]} />
    </>
  );
}

function NothingSide({ entry, onChange }: SideProps) {
  return (
    <Choice legend={say(words.reason)} value={entry.reason} onChange={(reason) => onChange({ reason })}
      options={REASONS.map((reason) => [reason, words[reason]] as const)} />
  );
}

function WhyLess({ entry, onChange }: SideProps) {
  const tooShort = entry.why !== "" && !longEnough(entry.why);
  return (
    <LongField label={say(words.changeReason)} hint={say(words.changeReasonHint)} value={entry.why}
      error={tooShort ? say(words.reasonShort) : null} onChange={(why) => onChange({ why })} />
  );
}

/** Whether the change takes back what the server has seen, and so wants a reason. Rule M6. */
const mustSayWhy = (row: Row | null, said: Said | null): boolean =>
  row !== null && said !== null && lowers(row, said.amount);

/** Everything about one row: money or none, who came, who paid, and why it became less. Rules M6, M10. */
export function RowDrawer({ name, row, side: first, onSay, onRemove, onClose }: RowDrawerProps) {
  const [side, setSide] = useState(first);
  const [entry, setEntry] = useState(() => entryOf(row));
  const { busy, fault, run } = useDeed();
  const change = (part: Partial<Entry>): void => setEntry({ ...entry, ...part });
  const said = saidBy(side, entry);
  const less = mustSayWhy(row, said);
  const whole = said !== null && (!less || longEnough(entry.why));
  const keep = (event: Event): void => {
    event.preventDefault();
    if (whole) run(async () => onSay(said));
  };
  const Part = side === "money" ? MoneySide : NothingSide;
  const removable = onRemove !== null && row !== null && retractable(row);
  return (
    <Drawer title={name} onClose={onClose}>
      <div class="two" role="group" aria-label={name}>
        <button type="button" aria-pressed={side === "money"} onClick={() => setSide("money")}>{say(words.amount)}</button>
        <button type="button" aria-pressed={side === "nothing"} onClick={() => setSide("nothing")}>{say(words.nothingShort)}</button>
      </div>
      <form class="stack" onSubmit={keep} noValidate>
        <Part entry={entry} onChange={change} />
        {less ? <WhyLess entry={entry} onChange={change} /> : null}
        <LongField label={say(words.note)} value={entry.note} onChange={(note) => change({ note })} />
        <Fault fault={fault} />
        <Button submits busy={busy} disabled={!whole}>{say(words.keep)}</Button>
      </form>
      {removable ? (
        <Button look="danger" busy={busy} onClick={() => run(onRemove)}>{say(words.takeAway)}</Button>
      ) : null}
    </Drawer>
  );
}
