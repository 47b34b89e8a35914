import { useEffect, useState } from "preact/hooks";

import { listHandovers, listSheetsIn } from "../../api/officer.ts";
import type { HandoverItem, SheetItem } from "../../api/wire.ts";
import { newId } from "../../domain/ids.ts";
import { formatTaka, parseTaka, readCash, sum, type Paisa } from "../../domain/money.ts";
import { Button } from "../../parts/button.tsx";
import { NumberField, Tick } from "../../parts/fields.tsx";
import { Page } from "../../parts/page.tsx";
import { Chip, Fault, Looking, Notice, type Tone } from "../../parts/telling.tsx";
import { now } from "../../state/clock.ts";
import { useDeed } from "../../state/doing.ts";
import { day, digits, named, say, taka } from "../../state/language.ts";
import { useEvery, useLook } from "../../state/looking.ts";
import { sendNow, settled } from "../../state/sending.ts";
import { session } from "../../state/session.ts";
import type { Outgoing } from "../../store/database.ts";
import { freezeHandover, listKind } from "../../store/outgoing.ts";
import { handOver as words } from "../../words/index.ts";
import type { Phrase } from "../../words/phrase.ts";

const LOOK_EVERY_MS = 15_000;

const STATES: Readonly<Record<HandoverItem["status"], readonly [Tone, Phrase]>> = {
  declared: ["waiting", words.statusDeclared],
  counted: ["busy", words.statusCounted],
  authorised: ["good", words.statusAuthorised],
};

interface Seen {
  ready: SheetItem[];
  past: HandoverItem[];
  sent: Outgoing[];
}

async function lookAtCash(): Promise<Seen> {
  const personId = session.value?.person.person_id ?? "";
  const [submitted, past, sent] = await Promise.all([
    listSheetsIn("submitted"), listHandovers(null), listKind(personId, "hand_over"),
  ]);
  const travelling = new Set(
    sent.filter((item) => item.state === "waiting").flatMap((item) => (JSON.parse(item.body) as { sheet_ids: string[] }).sheet_ids),
  );
  return { ready: submitted.filter((sheet) => sheet.handover_id === null && !travelling.has(sheet.id)), past, sent };
}

/** Mobile money is on the sheet, and not in the officer's hands. */
const cashOf = (sheet: SheetItem): Paisa => parseTaka(sheet.cash ?? sheet.total);

async function declare(sheets: readonly SheetItem[], declared: Paisa): Promise<void> {
  const said = { sheet_ids: sheets.map((sheet) => sheet.id), declared_total: formatTaka(declared) };
  await freezeHandover(session.value?.person.person_id ?? "", newId(), said, now());
  await sendNow(now);
}

function Difference({ declared, expected }: { declared: Paisa | null; expected: Paisa }) {
  if (declared === null || declared === expected) return null;
  const amount = taka(Math.abs(declared - expected) as Paisa);
  return <Notice tone="waiting">{say(words.differs, { amount })}</Notice>;
}

function Declaration({ ready, onDone }: { ready: readonly SheetItem[]; onDone: () => void }) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState("");
  const { busy, fault, run } = useDeed();
  const chosen = ready.filter((sheet) => !left.has(sheet.id));
  const expected = sum(chosen.map(cashOf));
  const declared = /^0+$/.test(typed.trim()) ? (0 as Paisa) : readCash(typed);
  const choose = (id: string, wanted: boolean): void => {
    const rest = new Set(left);
    if (wanted) rest.delete(id);
    else rest.add(id);
    setLeft(rest);
  };
  const send = (event: Event): void => {
    event.preventDefault();
    if (declared !== null) run(async () => {
      await declare(chosen, declared);
      setTyped("");
      onDone();
    });
  };
  return (
    <form class="card stack" onSubmit={send} noValidate>
      <p>{say(words.lead)}</p>
      <div>
        {ready.map((sheet) => (
          <Tick key={sheet.id} value={!left.has(sheet.id)} onChange={(wanted) => choose(sheet.id, wanted)}
            label={`${named(sheet, "samity_name")} · ${day(sheet.meeting_on)} · ${taka(cashOf(sheet))}`} />
        ))}
      </div>
      <p class="row"><span>{say(words.expected)}</span><strong class="number big">{taka(expected)}</strong></p>
      <NumberField label={say(words.declared)} hint={say(words.declaredHint)} value={typed} onChange={setTyped} big />
      <Difference declared={declared} expected={expected} />
      <Fault fault={fault} />
      <Button submits busy={busy} disabled={chosen.length === 0 || declared === null}>{say(words.declare)}</Button>
    </form>
  );
}

function differenceOf(item: HandoverItem): string {
  if (item.difference === null) return "";
  const paisa = parseTaka(item.difference);
  if (paisa === 0) return say(words.exact);
  return say(paisa < 0 ? words.short : words.excess, { amount: taka(Math.abs(paisa) as Paisa) });
}

function Past({ item }: { item: HandoverItem }) {
  const [tone, phrase] = STATES[item.status];
  return (
    <li class="card stack-tight">
      <div class="row">
        <strong>{day(item.on)} · {say(words.number, { number: digits(String(item.number)) })}</strong>
        <Chip tone={tone}>{say(phrase)}</Chip>
      </div>
      <div class="row">
        <span class="soft small">{[say(words.sheets, { count: item.sheets_count }), differenceOf(item)].filter(Boolean).join(" · ")}</span>
        <span class="number">{taka(item.declared_total)}</span>
      </div>
    </li>
  );
}

function Sent({ item }: { item: Outgoing }) {
  if (item.state === "answered") return null;
  if (item.state === "waiting") return <Notice tone="waiting">{say(words.waits)}</Notice>;
  return <Notice tone="bad">{say(words.refused, { why: item.problem ?? "" })}</Notice>;
}

/** The officer puts her cash on the table: which sheets, how much. Rule M7. */
export function HandOverPage() {
  const cash = useLook(lookAtCash, "cash");
  useEvery(LOOK_EVERY_MS, cash.again);
  const round = settled.value;
  useEffect(() => {
    if (round > 0) cash.again();
  }, [round]);
  return (
    <Page title={say(words.title)}>
      <Looking at={cash}>
        {({ ready, past, sent }) => (
          <>
            {sent.slice(0, 1).map((item) => <Sent key={item.id} item={item} />)}
            {ready.length > 0 ? <Declaration ready={ready} onDone={cash.again} /> : <p class="soft centred">{say(words.none)}</p>}
            {past.length > 0 ? <h2>{say(words.past)}</h2> : null}
            <ul class="stack">{past.map((item) => <Past key={item.id} item={item} />)}</ul>
          </>
        )}
      </Looking>
    </Page>
  );
}
