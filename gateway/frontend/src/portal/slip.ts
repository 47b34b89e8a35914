/** A denomination slip adds itself up while it is typed, and says how far it is from what is expected. */
import { toLatin, type Language } from "../mobile/domain/digits.ts";
import { formatTaka, parseTaka, showTaka, type Paisa } from "../mobile/domain/money.ts";

const language = (): Language => (document.documentElement.lang === "en" ? "en" : "bn");

/** How many notes a field says; null while it says no whole number. */
export function notesIn(typed: string): number | null {
  const plain = toLatin(typed).trim();
  if (plain === "") return 0;
  return /^\d{1,6}$/.test(plain) ? Number(plain) : null;
}

function write(slip: HTMLElement, place: string, text: string): void {
  const cell = slip.querySelector(place);
  if (cell) cell.textContent = text;
}

/** Adds one slip up again. */
export function addUp(slip: HTMLElement): void {
  let total = 0;
  for (const field of slip.querySelectorAll<HTMLInputElement>("input[data-face]")) {
    const count = notesIn(field.value);
    const amount = Number(field.dataset["face"]) * 100 * (count ?? 0);
    total += amount;
    field.classList.toggle("is-invalid", count === null);
    const cell = field.closest("tr")?.querySelector("[data-amount]");
    if (cell) cell.textContent = amount > 0 ? showTaka(amount as Paisa, language()) : "";
  }
  write(slip, "[data-total]", showTaka(total as Paisa, language()));
  const expected = slip.dataset["expected"];
  if (expected === undefined) return;
  const difference = (total - parseTaka(expected)) as Paisa;
  write(slip, "[data-difference]", showTaka(difference, language()));
  slip.querySelector("[data-difference]")?.classList.toggle("text-danger", formatTaka(difference) !== "0.00");
}

/** Lets every slip of the page add itself up. */
export function watchSlips(page: ParentNode): void {
  for (const slip of page.querySelectorAll<HTMLElement>("form[data-slip]")) {
    slip.addEventListener("input", () => {
      addUp(slip);
    });
    addUp(slip);
  }
}
