/** «/» leads to the search field from anywhere on the page, except out of a field where somebody is typing. */
const TYPED_INTO = "input, textarea, select, [contenteditable]";

/** Lets the key lead to the field that says it searches everywhere. */
export function watchFindKey(page: Document): void {
  page.addEventListener("keydown", (event) => {
    const field = page.querySelector<HTMLInputElement>("[data-find]");
    const typing = event.target instanceof Element && event.target.closest(TYPED_INTO) !== null;
    if (!field || typing || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
