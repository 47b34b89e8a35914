/** A voucher adds its two sides up while it is typed, and marks them while they differ. */
import { toLatin, type Language } from "../mobile/domain/digits.ts";
import { parseTaka, showTaka, type Paisa } from "../mobile/domain/money.ts";

const SIDES = ["debit", "credit"] as const;
const language = (): Language => (document.documentElement.lang === "en" ? "en" : "bn");

/** The amount that a field says in paisa; null while it says none. */
export function amountIn(typed: string): number | null {
  const plain = toLatin(typed).replace(/[,৳\s]/g, "");
  if (plain === "") return 0;
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain);
  return found ? parseTaka(`${found[1] ?? "0"}.${(found[2] ?? "").padEnd(2, "0")}`) : null;
}

/** Adds both sides of a voucher up again. */
export function addSidesUp(voucher: HTMLElement): void {
  const totals = SIDES.map((side) => {
    let total = 0;
    for (const field of voucher.querySelectorAll<HTMLInputElement>(`input[data-side="${side}"]`)) {
      const amount = amountIn(field.value);
      field.classList.toggle("is-invalid", amount === null);
      total += amount ?? 0;
    }
    return total;
  });
  SIDES.forEach((side, place) => {
    const cell = voucher.querySelector(`[data-total="${side}"]`);
    if (cell) cell.textContent = showTaka((totals[place] ?? 0) as Paisa, language());
    cell?.classList.toggle("text-danger", totals[0] !== totals[1]);
  });
}

/** Lets every voucher of the page add itself up. */
export function watchVouchers(page: ParentNode): void {
  for (const voucher of page.querySelectorAll<HTMLElement>("form[data-voucher]")) {
    voucher.addEventListener("input", () => {
      addSidesUp(voucher);
    });
    addSidesUp(voucher);
  }
}
