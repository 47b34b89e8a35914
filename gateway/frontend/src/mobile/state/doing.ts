import { useState } from "preact/hooks";

export interface Deed {
  busy: boolean;
  fault: unknown;
  run: (deed: () => Promise<void>) => void;
  clear: () => void;
}

/** Does one thing at a time at somebody's tap, and keeps its fault for the screen. */
export function useDeed(): Deed {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const run = (deed: () => Promise<void>): void => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    deed()
      .catch(setFault)
      .finally(() => setBusy(false));
  };
  return { busy, fault, run, clear: () => setFault(null) };
}
