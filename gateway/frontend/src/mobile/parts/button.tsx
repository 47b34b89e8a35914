import type { ComponentChildren } from "preact";

import { href, go } from "../state/route.ts";

interface ButtonProps {
  children: ComponentChildren;
  onClick?: () => void;
  look?: "main" | "quiet" | "bare" | "danger";
  submits?: boolean;
  busy?: boolean;
  disabled?: boolean;
}

/** A full-width button. While it is busy it takes no second tap. */
export function Button({ children, onClick, look = "main", submits = false, busy = false, disabled = false }: ButtonProps) {
  return (
    <button
      type={submits ? "submit" : "button"}
      class={`button ${look}${busy ? " busy" : ""}`}
      aria-busy={busy}
      disabled={disabled || busy}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

interface LinkProps {
  to: string;
  class?: string;
  current?: boolean;
  children: ComponentChildren;
}

/** A link to another screen of the app. */
export function Link({ to, class: look = "", current = false, children }: LinkProps) {
  const open = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={href(to)} class={look} aria-current={current ? "page" : undefined} onClick={open}>
      {children}
    </a>
  );
}
