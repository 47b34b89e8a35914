/** A page that could not be drawn because a part was away asks for itself again, when the server said to. */
export function askAgain(page: ParentNode, visit: (address: string) => void): void {
  const link = page.querySelector<HTMLAnchorElement>("a[data-again]");
  const seconds = Number(link?.dataset["again"]);
  if (!link || !(seconds > 0)) return;
  setTimeout(() => {
    visit(link.href);
  }, seconds * 1000);
}
