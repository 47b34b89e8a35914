import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

import { say } from "../state/language.ts";
import { common } from "../words/index.ts";
import { Button } from "./button.tsx";

interface DrawerProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** A drawer from below, within reach of the thumb; the platform's dialog keeps focus inside. */
export function Drawer({ title, onClose, children }: DrawerProps) {
  const drawer = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const shown = drawer.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={drawer}
      class="drawer"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === drawer.current) onClose();
      }}
    >
      <div class="stack">
        <div>
          <div class="grip" />
          <h2 id={heading}>{title}</h2>
        </div>
        {children}
        <Button look="bare" onClick={onClose}>{say(common.cancel)}</Button>
      </div>
    </dialog>
  );
}
