/** Bangla and Latin digits. Every number field takes both; every number is shown in the reader's own. */

export type Language = "bn" | "en";

const BANGLA_ZERO = 0x09e6;
const LATIN_ZERO = 0x30;

const moved = (from: number, to: number) => (digit: string) =>
  String.fromCharCode(digit.charCodeAt(0) - from + to);

/** Writes Bangla digits as Latin ones; every other character stays. */
export function toLatin(text: string): string {
  return text.replace(/[০-৯]/g, moved(BANGLA_ZERO, LATIN_ZERO));
}

/** Writes Latin digits as Bangla ones; every other character stays. */
export function toBangla(text: string): string {
  return text.replace(/[0-9]/g, moved(LATIN_ZERO, BANGLA_ZERO));
}

/** Writes the digits of a text as readers of the language do. */
export function digitsIn(text: string, language: Language): string {
  return language === "bn" ? toBangla(text) : toLatin(text);
}

/** Groups a run of Latin digits by lakh and crore: 1234567 becomes 12,34,567. */
export function grouped(digits: string): string {
  if (digits.length <= 3) return digits;
  return `${digits.slice(0, -3).replace(/\B(?=(?:\d{2})+$)/g, ",")},${digits.slice(-3)}`;
}

/** Shows a whole number, grouped by lakh, in the reader's digits. */
export function showNumber(value: number, language: Language): string {
  const sign = value < 0 ? "−" : "";
  return digitsIn(sign + grouped(String(Math.abs(value))), language);
}
