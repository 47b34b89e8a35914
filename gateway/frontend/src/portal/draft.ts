/**
 * What is typed into a long form survives an ended session: it is kept for this tab only, under the person's own
 * name, and without numbers of people. Rule P10.
 */
const NEVER_KEPT = /^(csrf_token|nid|mobile)$/;

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function fieldsOf(form: HTMLFormElement): Field[] {
  const fields = [...form.querySelectorAll<Field>("input, select, textarea")];
  return fields.filter((field) => field.name !== "" && !NEVER_KEPT.test(field.name) && field.type !== "file");
}

const isChoice = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");

/** What stands in a form now, without what is never kept. */
export function typedIn(form: HTMLFormElement): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const field of fieldsOf(form)) if (!isChoice(field) || field.checked) typed[field.name] = field.value;
  return typed;
}

/** Puts kept words back; what the page itself says already is left alone. */
export function putBack(form: HTMLFormElement, kept: Record<string, string>): void {
  for (const field of fieldsOf(form)) {
    const value = kept[field.name];
    if (value === undefined) continue;
    if (isChoice(field)) field.checked = field.value === value;
    else field.value = value;
  }
}

function restore(page: Document, form: HTMLFormElement, name: string): void {
  const kept = sessionStorage.getItem(name);
  if (kept === null || form.querySelector(".is-invalid, .field-error")) return;
  putBack(form, JSON.parse(kept) as Record<string, string>);
  page.querySelector("[data-draft-told]")?.removeAttribute("hidden");
  form.dispatchEvent(new Event("input"));
}

/** Keeps what is typed, brings it back after the door, and forgets it when the server has it. */
export function watchDrafts(page: Document): void {
  const done = page.querySelector<HTMLElement>("[data-draft-done]")?.dataset["draftDone"];
  if (done) sessionStorage.removeItem(done);
  const form = page.querySelector<HTMLFormElement>("form[data-draft]");
  const name = form?.dataset["draft"];
  if (!form || !name) return;
  restore(page, form, name);
  const keep = () => {
    sessionStorage.setItem(name, JSON.stringify(typedIn(form)));
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
}
