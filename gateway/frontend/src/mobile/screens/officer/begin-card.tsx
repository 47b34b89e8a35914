import { useState } from "preact/hooks";

import { claimNotHeld } from "../../api/officer.ts";
import { Problem } from "../../api/http.ts";
import type { Sheet } from "../../api/wire.ts";
import { Button } from "../../parts/button.tsx";
import { Fault, Notice } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { say } from "../../state/language.ts";
import { sheet as words } from "../../words/index.ts";
import { takeSheet } from "./desk.ts";
import { ReasonDrawer } from "./reason-drawer.tsx";

interface BeginCardProps {
  sheet: Sheet;
  onDone: () => void;
}

type Asking = "take_over" | "not_held" | null;

const isHeld = (fault: unknown): boolean => fault instanceof Problem && fault.code === "SHEET_HELD";

interface AskingProps {
  asking: Asking;
  onTake: (reason: string) => Promise<void>;
  onClaim: (reason: string) => Promise<void>;
  onClose: () => void;
}

function AskingDrawer({ asking, onTake, onClaim, onClose }: AskingProps) {
  if (asking === "take_over") {
    return <ReasonDrawer title={say(words.takeOver)} lead={say(words.takeOverLead)} deed={say(words.takeOver)}
      onReason={onTake} onClose={onClose} />;
  }
  if (asking === "not_held") {
    return <ReasonDrawer title={say(words.notHeld)} lead={say(words.notHeldLead)} deed={say(words.notHeld)}
      onReason={onClaim} onClose={onClose} />;
  }
  return null;
}

/** Before anything is written: take the sheet onto this phone, from another one, or say that nobody met. */
export function BeginCard({ sheet, onDone }: BeginCardProps) {
  const [asking, setAsking] = useState<Asking>(null);
  const { busy, fault, run } = useDeed();
  const elsewhere = sheet.holder_device !== null || isHeld(fault);
  const take = async (reason: string | null): Promise<void> => {
    await takeSheet(sheet.id, reason);
    setAsking(null);
    onDone();
  };
  const claim = async (reason: string): Promise<void> => {
    await claimNotHeld(sheet.id, reason);
    setAsking(null);
    onDone();
  };
  return (
    <section class="card stack">
      {elsewhere ? <Notice tone="waiting">{say(words.heldElsewhere)}</Notice> : <p>{say(words.beginLead)}</p>}
      {isHeld(fault) ? null : <Fault fault={fault} />}
      {elsewhere ? (
        <Button look="quiet" onClick={() => setAsking("take_over")}>{say(words.takeOver)}</Button>
      ) : (
        <Button busy={busy} onClick={() => run(async () => take(null))}>{say(words.begin)}</Button>
      )}
      {sheet.status === "issued" && sheet.kind === "regular" ? (
        <Button look="bare" onClick={() => setAsking("not_held")}>{say(words.notHeld)}</Button>
      ) : null}
      <AskingDrawer asking={asking} onTake={take} onClaim={claim} onClose={() => setAsking(null)} />
    </section>
  );
}
