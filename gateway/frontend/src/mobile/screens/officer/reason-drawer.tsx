import { useState } from "preact/hooks";

import { Button } from "../../parts/button.tsx";
import { Drawer } from "../../parts/drawer.tsx";
import { LongField } from "../../parts/fields.tsx";
import { Fault } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { say } from "../../state/language.ts";
import { sheet as words } from "../../words/index.ts";

interface ReasonDrawerProps {
  title: string;
  lead: string;
  deed: string;
  onReason: (reason: string) => Promise<void>;
  onClose: () => void;
}

const SHORTEST_REASON = 3;

/** An act that wants a written reason. */
export function ReasonDrawer({ title, lead, deed, onReason, onClose }: ReasonDrawerProps) {
  const [reason, setReason] = useState("");
  const { busy, fault, run } = useDeed();
  const tooShort = reason.trim().length < SHORTEST_REASON;
  const act = (event: Event): void => {
    event.preventDefault();
    if (!tooShort) run(async () => onReason(reason.trim()));
  };
  return (
    <Drawer title={title} onClose={onClose}>
      <form class="stack" onSubmit={act} noValidate>
        <p>{lead}</p>
        <LongField label={say(words.reason)} value={reason} onChange={setReason}
          error={reason !== "" && tooShort ? say(words.reasonShort) : null} />
        <Fault fault={fault} />
        <Button submits busy={busy} disabled={tooShort}>{deed}</Button>
      </form>
    </Drawer>
  );
}
