import { useState } from "preact/hooks";

import { listSheets, listSheetsIn } from "../../api/officer.ts";
import type { SheetItem, SheetStatus } from "../../api/wire.ts";
import { dayOf, shifted, type Day } from "../../domain/days.ts";
import { parseTaka, sum } from "../../domain/money.ts";
import { Link } from "../../parts/button.tsx";
import { Page } from "../../parts/page.tsx";
import { Chip, Looking, type Tone } from "../../parts/telling.tsx";
import { now } from "../../state/clock.ts";
import { day, digits, named, say, taka, weekday } from "../../state/language.ts";
import { useEvery, useLook } from "../../state/looking.ts";
import { sheet as words } from "../../words/index.ts";

const LOOK_EVERY_MS = 20_000;

const TONES: Readonly<Record<SheetStatus, Tone>> = {
  issued: "plain",
  collecting: "busy",
  submitted: "waiting",
  returned: "bad",
  handed_over: "waiting",
  authorised: "good",
  not_held_claimed: "waiting",
  not_held: "plain",
};
const DONE: ReadonlySet<SheetStatus> = new Set<SheetStatus>(["submitted", "handed_over", "authorised", "not_held_claimed", "not_held"]);

export function StatusChip({ sheet }: { sheet: Pick<SheetItem, "status"> }) {
  return <Chip tone={TONES[sheet.status]}>{say(words[sheet.status])}</Chip>;
}

interface Seen {
  ofDay: SheetItem[];
  /** Begun or returned on another day: they would be forgotten if only today were shown. */
  unfinished: SheetItem[];
}

async function lookAtDay(on: Day): Promise<Seen> {
  const [ofDay, ...open] = await Promise.all([listSheets(on), listSheetsIn("returned"), listSheetsIn("collecting")]);
  return { ofDay, unfinished: open.flat().filter((sheet) => sheet.meeting_on !== on) };
}

function SheetCard({ sheet, dated = false }: { sheet: SheetItem; dated?: boolean }) {
  return (
    <li>
      <Link to={`/sheets/${sheet.id}`} class="card sheet-card">
        <span class="row">
          <strong>{named(sheet, "samity_name")}</strong>
          <span class="number total">{taka(sheet.total)}</span>
        </span>
        <span class="soft small">
          {dated ? `${day(sheet.meeting_on)} · ` : ""}
          <span class="number">{digits(sheet.samity_code)}</span> · {say(words.members, { count: sheet.members })}
        </span>
        <span class="chips">
          <StatusChip sheet={sheet} />
          {sheet.kind === "special" ? <Chip tone="busy">{say(words.special)}</Chip> : null}
          {sheet.waiting ? <Chip tone="waiting">{say(words.waitingDay)}</Chip> : null}
        </span>
      </Link>
    </li>
  );
}

function Summary({ sheets }: { sheets: readonly SheetItem[] }) {
  const done = sheets.filter((one) => DONE.has(one.status)).length;
  return (
    <section class="day-total">
      <span>{say(words.collected)}</span>
      <strong class="number">{taka(sum(sheets.map((one) => parseTaka(one.total))))}</strong>
      <span class="small">{say(words.samities, { done, all: sheets.length })}</span>
    </section>
  );
}

function DayPicker({ on, today, onPick }: { on: Day; today: Day; onPick: (on: Day) => void }) {
  return (
    <div class="day-picker">
      <button type="button" aria-label={say(words.earlier)} onClick={() => onPick(shifted(on, -1))}>‹</button>
      <span>
        <strong>{weekday(on)}{on === today ? ` · ${say(words.isToday)}` : ""}</strong>
        <span class="number soft small">{day(on)}</span>
      </span>
      <button type="button" aria-label={say(words.later)} onClick={() => onPick(shifted(on, 1))}>›</button>
    </div>
  );
}

/** The officer's day: her samities, where each sheet stands, and what they make together. */
export function Today() {
  const today = dayOf(new Date(now()));
  const [on, setOn] = useState(today);
  const sheets = useLook(() => lookAtDay(on), on);
  useEvery(LOOK_EVERY_MS, sheets.again);
  return (
    <Page title={say(words.today)}>
      <DayPicker on={on} today={today} onPick={setOn} />
      <Looking at={sheets}>
        {({ ofDay, unfinished }) => (
          <>
            {ofDay.length > 0 ? <Summary sheets={ofDay} /> : <p class="soft centred">{say(words.noSheets)}</p>}
            <ul class="stack">
              {ofDay.map((one) => <SheetCard key={one.id} sheet={one} />)}
            </ul>
            {unfinished.length > 0 ? <h2>{say(words.otherDays)}</h2> : null}
            <ul class="stack">
              {unfinished.map((one) => <SheetCard key={one.id} sheet={one} dated />)}
            </ul>
          </>
        )}
      </Looking>
    </Page>
  );
}
