import { useState } from "preact/hooks";

import { getPreferences, setPreferences } from "../../api/member.ts";
import type { Preferences } from "../../api/wire.ts";
import { Button } from "../../parts/button.tsx";
import { Choice, Tick } from "../../parts/fields.tsx";
import { Fault, Looking, Notice } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { say } from "../../state/language.ts";
import { useLook } from "../../state/looking.ts";
import { admission, common, passbook } from "../../words/index.ts";

function Form({ known }: { known: Preferences }) {
  const [chosen, setChosen] = useState(known);
  const [saved, setSaved] = useState(false);
  const { busy, fault, run } = useDeed();
  const choose = (part: Partial<Preferences>): void => {
    setSaved(false);
    setChosen({ ...chosen, ...part });
  };
  const save = (event: Event): void => {
    event.preventDefault();
    run(async () => {
      setChosen(await setPreferences(chosen));
      setSaved(true);
    });
  };
  return (
    <form class="card stack" onSubmit={save}>
      <Choice legend={say(passbook.preferences)} value={chosen.detail} onChange={(detail) => choose({ detail })}
        options={[["full", passbook.full], ["no_balances", passbook.no_balances], ["see_book", passbook.see_book]]} />
      <Choice legend={say(admission.messageLanguage)} value={chosen.language} onChange={(language) => choose({ language })}
        options={[["bn", common.bangla], ["en", common.english]]} />
      <Tick label={say(passbook.confirmations)} value={chosen.confirmations}
        onChange={(confirmations) => choose({ confirmations })} />
      <p class="soft small">{say(passbook.always)}</p>
      <Fault fault={fault} />
      {saved ? <Notice tone="good">{say(passbook.saved)}</Notice> : null}
      <Button submits look="quiet" busy={busy}>{say(common.save)}</Button>
    </form>
  );
}

/** How she wants to be written to. Rule P2: some kinds come whatever she chooses. */
export function PreferencesCard() {
  const known = useLook(getPreferences, "preferences");
  return <Looking at={known}>{(seen) => <Form known={seen} />}</Looking>;
}
