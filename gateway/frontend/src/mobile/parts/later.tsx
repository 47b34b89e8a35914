import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

import { Away } from "../api/http.ts";
import { say } from "../state/language.ts";
import { common } from "../words/index.ts";
import { Button } from "./button.tsx";
import { Fault } from "./telling.tsx";

interface LaterProps {
  load: () => Promise<{ default: ComponentType }>;
}

/** Screens that are fetched when they are needed; the worker has them on the phone after the first visit. */
export function Later({ load }: LaterProps) {
  const [loaded, setLoaded] = useState<{ load: LaterProps["load"]; Screen: ComponentType } | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    setFault(null);
    load().then(
      (module) => setLoaded({ load, Screen: module.default }),
      (failure: unknown) => setFault(new Away(failure)),
    );
  }, [load, round]);
  if (loaded?.load === load) return <loaded.Screen />;
  if (fault === null) return null;
  return (
    <main class="page stack">
      <Fault fault={fault} />
      <Button onClick={() => setRound(round + 1)}>{say(common.again)}</Button>
    </main>
  );
}
