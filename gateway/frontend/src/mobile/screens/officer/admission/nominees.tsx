import { emptyNominee, isMinor, type Faults, type TypedNominee } from "../../../domain/admission.ts";
import type { Day } from "../../../domain/days.ts";
import { newId } from "../../../domain/ids.ts";
import { Button } from "../../../parts/button.tsx";
import { NumberField, TextField } from "../../../parts/fields.tsx";
import { Notice } from "../../../parts/telling.tsx";
import { say } from "../../../state/language.ts";
import { admission as words } from "../../../words/index.ts";
import { sharesTold, wrong, type StepProps } from "./steps.tsx";

interface NomineeProps {
  nominee: TypedNominee;
  place: number;
  faults: Faults;
  today: Day;
  onChange: (part: Partial<TypedNominee>) => void;
}

function NomineeOf({ nominee, place, faults, today, onChange }: NomineeProps) {
  const field = (name: Exclude<keyof TypedNominee, "key">) => ({
    value: nominee[name],
    error: wrong(faults, `nominee.${place}.${name}`),
    onChange: (value: string) => onChange({ [name]: value }),
  });
  return (
    <>
      <h3>{say(words.nominee, { number: place + 1 })}</h3>
      <TextField label={say(words.nomineeName)} {...field("name")} />
      <TextField label={say(words.relation)} {...field("relation")} maxLength={50} />
      <NumberField label={say(words.birthOn)} hint={say(words.dayHint)} {...field("birthOn")} />
      <NumberField label={say(words.share)} {...field("share")} />
      {isMinor(nominee.birthOn, today) ? (
        <>
          <Notice tone="plain">{say(words.minor)}</Notice>
          <TextField label={say(words.guardianName)} {...field("guardianName")} />
          <TextField label={say(words.guardianRelation)} {...field("guardianRelation")} maxLength={50} />
        </>
      ) : null}
    </>
  );
}

/** Who receives her money after her death; the shares make exactly a hundred. */
export function NomineesStep({ form, faults, onChange, today }: StepProps & { today: Day }) {
  const { nominees } = form;
  const change = (key: string, part: Partial<TypedNominee>): void =>
    onChange({ nominees: nominees.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  return (
    <>
      {nominees.map((nominee, place) => (
        <section key={nominee.key} class="card stack">
          <NomineeOf nominee={nominee} place={place} faults={faults} today={today}
            onChange={(part) => change(nominee.key, part)} />
          {nominees.length > 1 ? (
            <Button look="danger" onClick={() => onChange({ nominees: nominees.filter((one) => one !== nominee) })}>
              {say(words.removeNominee)}
            </Button>
          ) : null}
        </section>
      ))}
      <p class="row"><strong>{sharesTold(form)}</strong></p>
      {faults["shares"] ? <Notice tone="bad" urgent>{say(words.sharesBad)}</Notice> : null}
      <Button look="quiet" onClick={() => onChange({ nominees: [...nominees, emptyNominee(newId())] })}>
        {say(words.addNominee)}
      </Button>
    </>
  );
}
