import { isPayout, kindOf, type Row } from "../../domain/sheet.ts";
import { Chip, type Tone } from "../../parts/telling.tsx";
import { digits, say, taka } from "../../state/language.ts";
import { rowCodes, sheet as words } from "../../words/index.ts";
import type { Phrase } from "../../words/phrase.ts";

const STATES: Readonly<Record<NonNullable<Row["state"]>, readonly [Tone, Phrase]>> = {
  pending: ["good", words.rowPending],
  unallocated: ["waiting", words.rowUnallocated],
  returned: ["bad", words.returned],
  authorised: ["good", words.rowAuthorised],
};

function standing(row: Row): readonly [Tone, Phrase] {
  if (row.travelling !== null) return ["busy", words.rowTravelling];
  if (row.outcome === "refused" || row.outcome === "conflict") return ["bad", words.rowProblem];
  if (row.outcome === "compare") return ["waiting", words.rowCompare];
  if (row.version > row.sent || row.state === null) return ["plain", words.rowUnsent];
  return STATES[row.state];
}

function factsOf(row: Row): string[] {
  const receipt = row.amount === null ? null : row.receipt_number;
  return [
    kindOf(row) === "collected" ? "" : say(words[kindOf(row)]),
    receipt === null ? "" : say(words.receipt, { number: digits(receipt) }),
    row.paid_by === "self" ? "" : say(words[row.paid_by]),
    row.second_payment ? say(words.secondMark) : "",
    row.note ?? "",
  ].filter(Boolean);
}

function RowFacts({ row }: { row: Row }) {
  const facts = factsOf(row);
  const problem = row.code === null ? undefined : rowCodes[row.code];
  return (
    <>
      {facts.length > 0 ? <span class="soft small">{facts.join(" · ")}</span> : null}
      {problem ? <span class="small why">{say(problem)}</span> : null}
      {row.return_reason ? <span class="small why">{say(words.rowReturned, { why: row.return_reason })}</span> : null}
    </>
  );
}

/** Its money, or why there is none; of a withdrawal, that it was not paid. */
function moneyOrWhy(row: Row): string {
  if (row.amount !== null) return `${isPayout(row) ? "−" : ""}${taka(row.amount)}`;
  const why = say(words[row.nothing_received ?? "other"]);
  return isPayout(row) ? `${say(words.notPaid)}: ${why}` : why;
}

/** One row of a member: what was written, and how far it has come. */
export function RowLine({ row, open, onOpen }: { row: Row; open: boolean; onOpen?: () => void }) {
  const [tone, phrase] = standing(row);
  return (
    <button type="button" class="row-line" disabled={!open} onClick={onOpen}>
      <span class="row">
        <strong class={row.amount === null ? "" : "number"}>{moneyOrWhy(row)}</strong>
        <Chip tone={tone}>{say(phrase)}</Chip>
      </span>
      <RowFacts row={row} />
    </button>
  );
}
