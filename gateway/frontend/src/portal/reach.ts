/** A table that is wider than the screen can be scrolled with the keyboard too; one that fits is no stop on the way. */
export function reachTables(page: ParentNode): void {
  for (const table of page.querySelectorAll<HTMLElement>(".table-responsive")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    else table.removeAttribute("tabindex");
  }
}
