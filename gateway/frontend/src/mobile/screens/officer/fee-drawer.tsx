import { useState } from "preact/hooks";

import type { PaidBy, RowKind, SheetMember } from "../../api/wire.ts";
import { readCash } from "../../domain/money.ts";
import { FEES, feesOf, kindOf, money, PAYERS, placeOfFee, type Draft, type Place, type Said } from "../../domain/sheet.ts";
import { Button } from "../../parts/button.tsx";
import { Drawer } from "../../parts/drawer.tsx";
import { Choice, NumberField } from "../../parts/fields.tsx";
import { Fault } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { named, say } from "../../state/language.ts";
import { sheet as words } from "../../words/index.ts";

interface FeeDrawerProps {
  member: SheetMember;
  draft: Draft;
  onSay: (place: Place, said: Said) => Promise<void>;
  onClose: () => void;
}

/** The fees that she has not paid at this meeting: one of a kind. Rule M4. */
function leftOf(member: SheetMember, draft: Draft): RowKind[] {
  const paid = new Set(feesOf(draft, member.member_id).map(kindOf));
  return FEES.filter((kind) => !paid.has(kind));
}

/** A fee or a premium that she puts on the table: which, how much, who paid. Domain §6. */
export function FeeDrawer({ member, draft, onSay, onClose }: FeeDrawerProps) {
  const [kind, setKind] = useState<RowKind | null>(null);
  const [typed, setTyped] = useState("");
  const [paidBy, setPaidBy] = useState<PaidBy>("self");
  const { busy, fault, run } = useDeed();
  const amount = readCash(typed);
  const bad = typed !== "" && amount === null ? say(words.amountBad) : null;
  const place = kind === null ? null : placeOfFee(member, kind);
  const keep = (event: Event): void => {
    event.preventDefault();
    if (place !== null && amount !== null) run(async () => onSay(place, { ...money(amount), paid_by: paidBy }));
  };
  return (
    <Drawer title={named(member)} onClose={onClose}>
      <form class="stack" onSubmit={keep} noValidate>
        <Choice legend={say(words.whichFee)} value={kind} onChange={setKind}
          options={leftOf(member, draft).map((one) => [one, words[one]] as const)} />
        <NumberField label={say(words.amount)} hint={say(words.amountHint)} value={typed} error={bad} big onChange={setTyped} />
        <Choice legend={say(words.paidBy)} value={paidBy} onChange={setPaidBy}
          options={PAYERS.map((payer) => [payer, words[payer]] as const)} />
        <Fault fault={fault} />
        <Button submits busy={busy} disabled={place === null || amount === null}>{say(words.keep)}</Button>
      </form>
    </Drawer>
  );
}
