/** The shares of nominees add themselves up while they are typed, and are marked while they are not a hundred. */
import { toLatin, type Language } from "../mobile/domain/digits.ts";

const WHOLE = 100;
const language = (): Language => (document.documentElement.lang === "en" ? "en" : "bn");
const shareIn = (typed: string): number => {
  const plain = toLatin(typed).trim();
  return /^\d{1,3}$/.test(plain) ? Number(plain) : 0;
};

/** Adds one form's shares up again. */
export function addShares(form: HTMLElement): void {
  const fields = [...form.querySelectorAll<HTMLInputElement>("[data-share]")];
  const total = fields.reduce((sum, field) => sum + shareIn(field.value), 0);
  const cell = form.querySelector("[data-shares-total]");
  if (!cell) return;
  cell.textContent = `${total.toLocaleString(language() === "bn" ? "bn-BD" : "en")}%`;
  cell.classList.toggle("text-danger", total !== WHOLE);
}

/** Lets every form with nominees add its shares up. */
export function watchNominees(page: ParentNode): void {
  for (const form of page.querySelectorAll<HTMLElement>("form[data-nominees]")) {
    form.addEventListener("input", () => {
      addShares(form);
    });
  }
}
