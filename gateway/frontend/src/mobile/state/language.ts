/** The language on the screen, and how a phrase is said in it. */
import { signal } from "@preact/signals";

import { digitsIn, showNumber, type Language } from "../domain/digits.ts";
import { showClock, showDay, showInstant, weekdayOf, type Day, type Instant } from "../domain/days.ts";
import { parseTaka, showTaka, type Paisa } from "../domain/money.ts";
import { keepLanguage, keptLanguage } from "../store/device.ts";
import type { Phrase } from "../words/phrase.ts";

export const language = signal<Language>("bn");

function show(chosen: Language): void {
  language.value = chosen;
  document.documentElement.lang = chosen;
}

export async function restoreLanguage(): Promise<void> {
  show(await keptLanguage());
}

export async function chooseLanguage(chosen: Language): Promise<void> {
  show(chosen);
  await keepLanguage(chosen);
}

/** Says a phrase in the language on the screen; `{name}` takes a fact, and numbers take the reader's digits. */
export function say(phrase: Phrase, facts: Record<string, string | number> = {}): string {
  const text = phrase[language.value === "bn" ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name] ?? "";
    return typeof fact === "number" ? showNumber(fact, language.value) : fact;
  });
}

/** Picks the name that is written in the reader's script. */
export function named(row: object, field = "name"): string {
  const names = row as Record<string, string | null | undefined>;
  const [own, other] = language.value === "bn" ? ["bn", "en"] : ["en", "bn"];
  return names[`${field}_${own}`] ?? names[`${field}_${other}`] ?? "";
}

export const taka = (amount: Paisa | string): string =>
  showTaka(typeof amount === "string" ? parseTaka(amount) : amount, language.value);
export const number = (value: number): string => showNumber(value, language.value);
export const digits = (text: string): string => digitsIn(text, language.value);
export const day = (value: Day): string => showDay(value, language.value);
export const weekday = (value: Day): string => weekdayOf(value, language.value);
export const instant = (value: Instant): string => showInstant(value, language.value);
export const clock = (value: Instant): string => showClock(value, language.value);
