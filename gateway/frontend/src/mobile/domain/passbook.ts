/** How a passbook's lines are read: by the day on which money changed hands, newest first. */
import { dayOf, type Day } from "./days.ts";
import type { LineStatus, PassbookLine } from "../api/wire.ts";

export type LineTone = "waiting" | "good" | "bad" | "plain";

const TONES: Readonly<Record<LineStatus, LineTone>> = {
  pending: "waiting",
  confirmed: "good",
  struck: "bad",
  reversed: "bad",
  reversal: "bad",
  nothing_received: "plain",
};

export const toneOf = (line: PassbookLine): LineTone => TONES[line.status];

/** Whether the line no longer counts: it stays to be read, struck through. Rule M6. */
export const isStruck = (line: PassbookLine): boolean => line.status === "struck" || line.status === "reversed";

/** Whether the books took it on another day than it was paid: then she sees both. Rule M2. */
export const onTwoDays = (line: PassbookLine): boolean =>
  line.business_on !== null && line.business_on !== line.value_on;

export interface DayOfLines {
  on: Day;
  lines: PassbookLine[];
}

/** Groups lines by the day of the money, in the order in which the server gave them. */
export function byDay(lines: readonly PassbookLine[]): DayOfLines[] {
  const days: DayOfLines[] = [];
  for (const line of lines) {
    const last = days.at(-1);
    if (last?.on === line.value_on) last.lines.push(line);
    else days.push({ on: line.value_on, lines: [line] });
  }
  return days;
}

/** Whether what is on the screen is older than a minute: it then says so plainly. */
export function isStale(asOf: string, now: number): boolean {
  return now - Date.parse(asOf) > 60_000;
}

/** Whether an instant lies on a day, in Bangladesh. */
export const isOn = (at: string, on: Day): boolean => dayOf(new Date(at)) === on;
