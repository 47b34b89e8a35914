/** Days and instants as Bangladesh writes them: dd-mm-yyyy, Asia/Dhaka, the week beginning on Saturday. */
import { digitsIn, type Language } from "./digits.ts";

/** A date of the wire: yyyy-mm-dd. */
export type Day = string;
/** An instant of the wire: UTC, ISO 8601. */
export type Instant = string;

const DHAKA_AHEAD_MS = 6 * 60 * 60 * 1000; // without daylight saving since 2009
const DAY_MS = 24 * 60 * 60 * 1000;

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  bn: ["রবিবার", "সোমবার", "মঙ্গলবার", "বুধবার", "বৃহস্পতিবার", "শুক্রবার", "শনিবার"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
};

const local = (now: Date): string => new Date(now.getTime() + DHAKA_AHEAD_MS).toISOString();

/** The calendar day in Bangladesh at an instant, wherever the phone believes to be. */
export function dayOf(now: Date): Day {
  return local(now).slice(0, 10);
}

/** A day so many days later, or earlier when negative. */
export function shifted(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 2026-11-23 as 23-11-2026, in the reader's digits. */
export function showDay(day: Day, language: Language): string {
  return digitsIn(day.split("-").reverse().join("-"), language);
}

/** The name of its weekday. */
export function weekdayOf(day: Day, language: Language): string {
  return WEEKDAYS[language][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "";
}

/** The clock time in Bangladesh, 24 hours. */
export function showClock(at: Instant, language: Language): string {
  return digitsIn(local(new Date(at)).slice(11, 16), language);
}

/** Day and clock time. */
export function showInstant(at: Instant, language: Language): string {
  return `${showDay(dayOf(new Date(at)), language)}, ${showClock(at, language)}`;
}

/**
 * Reads a typed day: dd-mm-yyyy with -, / or . between, or the yyyy-mm-dd of a date field.
 *
 * @returns null when no such day exists.
 */
export function readDay(typed: string): Day | null {
  const written = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(typed.trim());
  const iso = written ? [written[3], written[2], written[1]].map((part) => (part ?? "").padStart(2, "0")).join("-") : typed.trim();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : null;
}
