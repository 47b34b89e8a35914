/** How a screen looks at something on the server: first look, faults, looking again. */
import { useEffect, useRef, useState } from "preact/hooks";

import { connected } from "./sending.ts";
import { Away } from "../api/http.ts";

export interface Looked<Seen> {
  seen: Seen | null;
  fault: unknown;
  again: () => void;
}

/**
 * Looks at once and whenever `key` changes or `again` is called. What was seen stays on the screen while a
 * later look fails, with the fault beside it.
 */
export function useLook<Seen>(look: () => Promise<Seen>, key: string): Looked<Seen> {
  const [state, setState] = useState<{ key: string; seen: Seen | null; fault: unknown }>({ key, seen: null, fault: null });
  const [round, setRound] = useState(0);
  const newest = useRef(look);
  newest.current = look;
  useEffect(() => {
    let wanted = true;
    newest.current().then(
      (seen) => {
        connected.value = true;
        if (wanted) setState({ key, seen, fault: null });
      },
      (fault: unknown) => {
        if (fault instanceof Away) connected.value = false;
        if (wanted) setState((before) => ({ key, seen: before.key === key ? before.seen : null, fault }));
      },
    );
    return () => {
      wanted = false;
    };
  }, [key, round]);
  const again = (): void => setRound((count) => count + 1);
  return { seen: state.key === key ? state.seen : null, fault: state.fault, again };
}

/** Calls back every so often while the screen is visible, and at once when it becomes so. */
export function useEvery(milliseconds: number, call: () => void): void {
  const newest = useRef(call);
  newest.current = call;
  useEffect(() => {
    const tick = (): void => {
      if (document.visibilityState === "visible") newest.current();
    };
    const timer = setInterval(tick, milliseconds);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [milliseconds]);
}
