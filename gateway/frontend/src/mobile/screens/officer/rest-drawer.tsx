import type { NothingReceived } from "../../api/wire.ts";
import { REASONS } from "../../domain/sheet.ts";
import { Drawer } from "../../parts/drawer.tsx";
import { Fault } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { say } from "../../state/language.ts";
import { sheet as words } from "../../words/index.ts";

interface RestDrawerProps {
  onReason: (reason: NothingReceived) => Promise<void>;
  onClose: () => void;
}

/** "The rest: nothing received", with one reason for all of them. Rule M10. */
export function RestDrawer({ onReason, onClose }: RestDrawerProps) {
  const { busy, fault, run } = useDeed();
  return (
    <Drawer title={say(words.restTitle)} onClose={onClose}>
      <p>{say(words.restLead)}</p>
      <div class="reasons">
        {REASONS.map((reason) => (
          <button key={reason} type="button" class="button quiet" disabled={busy} onClick={() => run(async () => onReason(reason))}>
            {say(words[reason])}
          </button>
        ))}
      </div>
      <Fault fault={fault} />
    </Drawer>
  );
}
