import { acceptFloat } from "../../api/officer.ts";
import type { Sheet } from "../../api/wire.ts";
import { floatsToTake } from "../../domain/sheet.ts";
import { Button } from "../../parts/button.tsx";
import { Fault } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { say, taka } from "../../state/language.ts";
import { sheet as words } from "../../words/index.ts";

/** Cash that was counted out for the samity's withdrawals: they open on this phone once it is taken. Rule M9. */
export function FloatCard({ sheet, onDone }: { sheet: Sheet; onDone: () => void }) {
  const { busy, fault, run } = useDeed();
  const take = (id: string): void => run(async () => {
    await acceptFloat(id);
    onDone();
  });
  return (
    <>
      {floatsToTake(sheet).map(([id, amount]) => (
        <section key={id} class="card stack">
          <p class="row"><strong>{say(words.floatTitle)}</strong><strong class="number big">{taka(amount)}</strong></p>
          <p>{say(words.floatLead)}</p>
          <Fault fault={fault} />
          <Button busy={busy} onClick={() => take(id)}>{say(words.takeFloat)}</Button>
        </section>
      ))}
    </>
  );
}
