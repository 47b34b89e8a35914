/** Money: whole paisa inside, a decimal string of taka on the wire, ৳ with lakh grouping for people. */
import { digitsIn, grouped, toLatin, type Language } from "./digits.ts";

declare const unit: unique symbol;
/** A whole number of paisa; 100 make a taka. */
export type Paisa = number & { readonly [unit]: "paisa" };

export const NOTHING = 0 as Paisa;
/** The largest cash amount that one row may say: ten lakh taka. Anything above is a slip of the finger. */
export const ROW_LIMIT = 100_000_000 as Paisa;

const WIRE = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/;

/**
 * Reads a decimal string of the wire, such as "242.00".
 *
 * @throws RangeError when it is no amount: a third decimal, an exponent, a JSON number.
 */
export function parseTaka(text: string): Paisa {
  const parts = typeof text === "string" ? WIRE.exec(text) : null;
  if (!parts) throw new RangeError(`Not an amount: ${text}`);
  const [, sign, taka = "", decimals = ""] = parts;
  const paisa = Number(taka) * 100 + Number(decimals.padEnd(2, "0"));
  return (sign ? -paisa : paisa) as Paisa;
}

/** Writes the wire's form: always two decimals, no grouping. */
export function formatTaka(paisa: Paisa): string {
  const absolute = Math.abs(paisa);
  const decimals = String(absolute % 100).padStart(2, "0");
  return `${paisa < 0 ? "-" : ""}${String(Math.trunc(absolute / 100))}.${decimals}`;
}

/**
 * Reads what an officer typed for cash: whole taka, Bangla or Latin digits, commas and ৳ allowed. Rule M11.
 *
 * @returns null when it is not a whole amount above zero within the limit of a row.
 */
export function readCash(typed: string): Paisa | null {
  const plain = toLatin(typed).replace(/[৳,\s]/g, "");
  if (!/^\d{1,8}$/.test(plain)) return null;
  const paisa = (Number(plain) * 100) as Paisa;
  return paisa > 0 && paisa <= ROW_LIMIT ? paisa : null;
}

/** Shows an amount to a person; paisa only where there are any. */
export function showTaka(paisa: Paisa, language: Language): string {
  const absolute = Math.abs(paisa);
  const decimals = absolute % 100;
  const tail = decimals === 0 ? "" : `.${String(decimals).padStart(2, "0")}`;
  const digits = grouped(String(Math.trunc(absolute / 100))) + tail;
  return `${paisa < 0 ? "−" : ""}৳${digitsIn(digits, language)}`;
}

/** Adds amounts up. */
export function sum(amounts: Iterable<Paisa>): Paisa {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total as Paisa;
}
