/** Which screen is open: the path below /m/. */
import { signal } from "@preact/signals";

const BASE = "/m";

const here = (): string => location.pathname.slice(BASE.length) || "/";

export const route = signal("/");

/** Begins to follow the address bar and the back button. */
export function followAddress(): void {
  route.value = here();
  addEventListener("popstate", () => (route.value = here()));
}

/** Opens a screen. */
export function go(path: string): void {
  if (path !== route.value) history.pushState(null, "", BASE + path);
  route.value = path;
  scrollTo(0, 0);
}

/** Opens a screen in the place of this one, so that the back button does not return to it. */
export function goInstead(path: string): void {
  history.replaceState(null, "", BASE + path);
  route.value = path;
  scrollTo(0, 0);
}

/** The address of a screen, for links. */
export const href = (path: string): string => BASE + path;

/**
 * Takes the parts of a path: `match("/sheets/:id", "/sheets/7")` is `{ id: "7" }`.
 *
 * @returns null when the path is another one.
 */
export function match(pattern: string, path: string): Record<string, string> | null {
  const names = pattern.split("/");
  const parts = path.split("/");
  if (names.length !== parts.length) return null;
  const taken: Record<string, string> = {};
  for (const [place, name] of names.entries()) {
    const part = parts[place] ?? "";
    if (name.startsWith(":")) taken[name.slice(1)] = decodeURIComponent(part);
    else if (name !== part) return null;
  }
  return taken;
}
