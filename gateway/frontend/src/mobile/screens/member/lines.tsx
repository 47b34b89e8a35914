import type { PassbookLine } from "../../api/wire.ts";
import { byDay, isOn, isStruck, onTwoDays, toneOf } from "../../domain/passbook.ts";
import { Chip } from "../../parts/telling.tsx";
import { clock, day, digits, named, say, taka, weekday } from "../../state/language.ts";
import { passbook, rowCodes, sheet } from "../../words/index.ts";
import type { Phrase } from "../../words/phrase.ts";

const nothingReceived: Readonly<Record<string, Phrase>> = {
  absent: sheet.absent,
  no_money: sheet.no_money,
  ill: sheet.ill,
  travelling: sheet.travelling,
  refused: sheet.refused,
  other: sheet.other,
};

function amountOf(line: PassbookLine): string {
  if (line.amount === null) return "–";
  return `${line.direction === "withdrawal" ? "−" : "+"}${taka(line.amount)}`;
}

function detailsOf(line: PassbookLine): string[] {
  const receipt = line.receipt_final ? passbook.receiptFinal : passbook.receiptField;
  return [
    line.receipt_number === null ? "" : say(receipt, { number: digits(line.receipt_number) }),
    named(line, "officer_name"),
    isOn(line.recorded_at, line.value_on) ? clock(line.recorded_at) : "",
  ].filter(Boolean);
}

/** A word of a closed list by its sentence; what a person wrote as it is. */
function reasonOf(line: PassbookLine): string {
  if (line.reason === null) return "";
  const known = line.status === "nothing_received" ? nothingReceived[line.reason] : rowCodes[line.reason];
  return known === undefined ? line.reason : say(known);
}

/** What a line is called: interest is no deposit of hers, and a fee is on no account. */
function kindOf(line: PassbookLine): Phrase {
  if (line.fee) return passbook[`fee_${line.fee}`];
  if (line.status === "reversal") return passbook.reversal;
  if (line.kind === "disbursement") return passbook.disbursement;
  return line.kind?.startsWith("interest") ? passbook.interest : passbook[line.direction];
}

function LineOf({ line }: { line: PassbookLine }) {
  return (
    <li class={`line ${toneOf(line)} ${line.direction}`}>
      <div class="row">
        <span class="kind">{say(kindOf(line))}</span>
        {isStruck(line) ? <s class="number amount">{amountOf(line)}</s> : <span class="number amount">{amountOf(line)}</span>}
      </div>
      <div class="row">
        {line.status === "nothing_received" ? <span /> : <Chip tone={toneOf(line)}>{say(passbook[line.status])}</Chip>}
        {line.balance_after === null ? null : (
          <span class="soft small number">{say(passbook.balanceAfter, { amount: taka(line.balance_after) })}</span>
        )}
      </div>
      {onTwoDays(line) && line.business_on !== null ? (
        <p class="small">{say(passbook.bookedOn, { on: day(line.business_on) })}</p>
      ) : null}
      {line.reason ? <p class="small">{say(passbook.why, { reason: reasonOf(line) })}</p> : null}
      <p class="soft small">{detailsOf(line).join(" · ")}</p>
    </li>
  );
}

/** Lines as a paper passbook rules them, newest day first. */
export function Lines({ lines }: { lines: readonly PassbookLine[] }) {
  if (lines.length === 0) return <p class="soft">{say(passbook.noLines)}</p>;
  return (
    <div class="ruled">
      {byDay(lines).map(({ on, lines: ofDay }) => (
        <section key={`${on}-${ofDay[0]?.line_id ?? ""}`}>
          <h3>
            <span class="number">{day(on)}</span> <span class="soft">{weekday(on)}</span>
          </h3>
          <ul>
            {ofDay.map((line) => <LineOf key={line.line_id} line={line} />)}
          </ul>
        </section>
      ))}
    </div>
  );
}
