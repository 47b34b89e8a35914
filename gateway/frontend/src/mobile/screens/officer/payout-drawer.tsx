import { useState } from "preact/hooks";

import type { Mark, NothingReceived, SheetPayout } from "../../api/wire.ts";
import { parseTaka } from "../../domain/money.ts";
import { lowers, MARKS, nothing, paidOut, REASONS, retractable, type Row, type Said } from "../../domain/sheet.ts";
import { Button } from "../../parts/button.tsx";
import { Drawer } from "../../parts/drawer.tsx";
import { Choice, LongField } from "../../parts/fields.tsx";
import { Fault } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { say, taka } from "../../state/language.ts";
import { sheet as words } from "../../words/index.ts";

interface PayoutDrawerProps {
  name: string;
  payout: SheetPayout;
  row: Row | null;
  onSay: (said: Said) => Promise<void>;
  onRemove: (() => Promise<void>) | null;
  onClose: () => void;
}

type Answer = "paid" | "not";

const SHORTEST_REASON = 3;

interface Entry {
  answer: Answer;
  mark: Mark | null;
  reason: NothingReceived | null;
  why: string;
}

const EMPTY: Entry = { answer: "paid", mark: null, reason: null, why: "" };

const entryOf = (row: Row | null): Entry =>
  row === null ? EMPTY : { answer: row.amount === null ? "not" : "paid", mark: row.mark ?? null, reason: row.nothing_received, why: "" };

function saidBy(payout: SheetPayout, { answer, mark, reason, why }: Entry): Said | null {
  const tail = { change_reason: why.trim() || null };
  if (answer === "paid") return mark === null ? null : { ...paidOut(parseTaka(payout.amount), mark), ...tail };
  return reason === null ? null : { ...nothing(reason), mark: null, ...tail };
}

interface PartProps {
  entry: Entry;
  onChange: (part: Partial<Entry>) => void;
}

function Part({ entry, onChange }: PartProps) {
  return entry.answer === "paid" ? (
    <>
      <p>{say(words.payoutLead)}</p>
      <Choice legend={say(words.herMark)} value={entry.mark} onChange={(mark) => onChange({ mark })}
        options={MARKS.map((one) => [one, words[one]] as const)} />
    </>
  ) : (
    <Choice legend={say(words.reason)} value={entry.reason} onChange={(reason) => onChange({ reason })}
      options={REASONS.map((one) => [one, words[one]] as const)} />
  );
}

/** Whether it takes back what the server has seen, and so wants a reason. Rule M6. */
const mustSayWhy = (row: Row | null, said: Said | null): boolean =>
  row !== null && said !== null && lowers(row, said.amount);

function Sides({ name, answer, onAnswer }: { name: string; answer: Answer; onAnswer: (answer: Answer) => void }) {
  return (
    <div class="two" role="group" aria-label={name}>
      <button type="button" aria-pressed={answer === "paid"} onClick={() => onAnswer("paid")}>{say(words.paidOut)}</button>
      <button type="button" aria-pressed={answer === "not"} onClick={() => onAnswer("not")}>{say(words.notPaid)}</button>
    </div>
  );
}

/** A withdrawal at the meeting: paid whole into her own hand against her mark, or not, and why. Rule M9. */
export function PayoutDrawer({ name, payout, row, onSay, onRemove, onClose }: PayoutDrawerProps) {
  const [entry, setEntry] = useState(() => entryOf(row));
  const { busy, fault, run } = useDeed();
  const change = (part: Partial<Entry>): void => setEntry({ ...entry, ...part });
  const said = saidBy(payout, entry);
  const less = mustSayWhy(row, said);
  const whole = said !== null && (!less || entry.why.trim().length >= SHORTEST_REASON);
  const keep = (event: Event): void => {
    event.preventDefault();
    if (whole) run(async () => onSay(said));
  };
  const removable = onRemove !== null && row !== null && retractable(row);
  return (
    <Drawer title={name} onClose={onClose}>
      <p class="row"><span>{say(words.withdrawal)}</span><strong class="number big">{taka(payout.amount)}</strong></p>
      <Sides name={name} answer={entry.answer} onAnswer={(answer) => change({ answer })} />
      <form class="stack" onSubmit={keep} noValidate>
        <Part entry={entry} onChange={change} />
        {less ? (
          <LongField label={say(words.changeReason)} hint={say(words.changeReasonHint)} value={entry.why} onChange={(why) => change({ why })} />
        ) : null}
        <Fault fault={fault} />
        <Button submits busy={busy} disabled={!whole}>{say(words.keep)}</Button>
      </form>
      {removable ? <Button look="danger" busy={busy} onClick={() => run(onRemove)}>{say(words.takeAway)}</Button> : null}
    </Drawer>
  );
}
