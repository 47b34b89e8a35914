import { useState } from "preact/hooks";

import { readCash, type Paisa } from "../../domain/money.ts";
import type { Totals } from "../../domain/sheet.ts";
import { Button } from "../../parts/button.tsx";
import { Drawer } from "../../parts/drawer.tsx";
import { NumberField, Tick } from "../../parts/fields.tsx";
import { Fault, Notice } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { number, say, taka } from "../../state/language.ts";
import { sheet as words } from "../../words/index.ts";

interface ReviewDrawerProps {
  totals: Totals;
  onSubmit: () => Promise<void>;
  onClose: () => void;
}

function Comparison({ counted, cash }: { counted: Paisa; cash: Paisa }) {
  if (counted === cash) return <Notice tone="good">{say(words.match)}</Notice>;
  const [phrase, difference] = counted < cash ? [words.short, cash - counted] : [words.excess, counted - cash];
  return <Notice tone="bad">{say(phrase, { amount: taka(difference as Paisa) })}</Notice>;
}

function Figures({ totals }: { totals: Totals }) {
  return (
    <dl class="figures">
      <div><dt>{say(words.total)}</dt><dd class="number">{taka(totals.money)}</dd></div>
      {totals.float === 0 ? null : <div><dt>{say(words.float)}</dt><dd class="number">{taka(totals.float)}</dd></div>}
      {totals.paidOut === 0 ? null : <div><dt>{say(words.paidOutTotal)}</dt><dd class="number">−{taka(totals.paidOut)}</dd></div>}
      {totals.cash === totals.money ? null : <div><dt>{say(words.cash)}</dt><dd class="number">{taka(totals.cash)}</dd></div>}
      <div><dt>{say(words.payers)}</dt><dd class="number">{number(totals.paying)}</dd></div>
      <div><dt>{say(words.nothingCount)}</dt><dd class="number">{number(totals.nothing)}</dd></div>
      <div><dt>{say(words.untouchedCount)}</dt><dd class="number">{number(totals.untouched)}</dd></div>
    </dl>
  );
}

const countedOf = (typed: string): Paisa | null => (/^0+$/.test(typed.trim()) ? (0 as Paisa) : readCash(typed));

/** The last look before a sheet is submitted: the cash is counted first, and compared with the rows. */
export function ReviewDrawer({ totals, onSubmit, onClose }: ReviewDrawerProps) {
  const [typed, setTyped] = useState("");
  const [anyway, setAnyway] = useState(false);
  const { busy, fault, run } = useDeed();
  const counted = countedOf(typed);
  const agreed = counted !== null && (counted === totals.cash || anyway);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (agreed) run(onSubmit);
  };
  return (
    <Drawer title={say(words.reviewTitle)} onClose={onClose}>
      <form class="stack" onSubmit={submit} noValidate>
        <NumberField label={say(words.counted)} hint={say(words.countedHint)} value={typed} onChange={setTyped} big autofocus />
        {counted === null ? null : <Comparison counted={counted} cash={totals.cash} />}
        {counted === null ? null : <Figures totals={totals} />}
        {totals.untouched > 0 ? (
          <Notice tone="waiting">{say(words.stillUntouched, { count: totals.untouched })}</Notice>
        ) : null}
        {counted !== null && counted !== totals.cash ? (
          <Tick label={say(words.differAnyway)} value={anyway} onChange={setAnyway} />
        ) : null}
        <Fault fault={fault} />
        <Button submits busy={busy} disabled={!agreed}>{say(words.submit)}</Button>
      </form>
    </Drawer>
  );
}
