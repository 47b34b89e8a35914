import { useState } from "preact/hooks";

import { admit, listSamities } from "../../../api/officer.ts";
import type { Applicant, Samity } from "../../../api/wire.ts";
import {
  admissionOf, consentFaults, contactFaults, emptyForm, nomineesFaults, personFaults, type Faults, type Typed,
} from "../../../domain/admission.ts";
import { dayOf, type Day } from "../../../domain/days.ts";
import { newId } from "../../../domain/ids.ts";
import { Button } from "../../../parts/button.tsx";
import { Page } from "../../../parts/page.tsx";
import { Fault, Looking, Notice } from "../../../parts/telling.tsx";
import { instantNow, now } from "../../../state/clock.ts";
import { useDeed } from "../../../state/doing.ts";
import { language, named, say } from "../../../state/language.ts";
import { useLook } from "../../../state/looking.ts";
import { go } from "../../../state/route.ts";
import { session } from "../../../state/session.ts";
import { admission as words, common } from "../../../words/index.ts";
import type { Phrase } from "../../../words/phrase.ts";
import { NomineesStep } from "./nominees.tsx";
import { ConsentStep, ContactStep, PersonStep, ReviewStep, type StepProps } from "./steps.tsx";

interface Step {
  title: Phrase;
  faults: (form: Typed, today: Day) => Faults;
}

const STEPS: readonly Step[] = [
  { title: words.person, faults: personFaults },
  { title: words.contact, faults: contactFaults },
  { title: words.nominees, faults: nomineesFaults },
  { title: words.consents, faults: consentFaults },
  { title: words.review, faults: () => ({}) },
];

interface PartProps extends StepProps {
  step: number;
  samities: readonly Samity[];
  today: Day;
}

function Part({ step, samities, today, ...props }: PartProps) {
  if (step === 0) return <PersonStep {...props} samities={samities} />;
  if (step === 1) return <ContactStep {...props} />;
  if (step === 2) return <NomineesStep {...props} today={today} />;
  if (step === 3) return <ConsentStep {...props} />;
  return <ReviewStep form={props.form} samities={samities} />;
}

function Progress({ step }: { step: number }) {
  return (
    <div class="stack-tight">
      <p class="soft small">{say(words.step, { now: step + 1, all: STEPS.length })}</p>
      <div class="steps" aria-hidden="true">
        {STEPS.map(({ title }, place) => <span key={title[1]} class={place <= step ? "past" : ""} />)}
      </div>
      <h2>{say(STEPS[step]?.title ?? words.review)}</h2>
    </div>
  );
}

function Done({ applicant }: { applicant: Applicant }) {
  const known = words as Readonly<Record<string, Phrase>>;
  return (
    <>
      <Notice tone="good">{say(words.sent)}</Notice>
      {applicant.warnings.length === 0 ? null : (
        <Notice tone="waiting">
          <p>{say(words.warnings)}</p>
          <ul>{applicant.warnings.map((name) => <li key={name}>{known[name] ? say(known[name]) : name}</li>)}</ul>
        </Notice>
      )}
      <Button onClick={() => go("/members")}>{say(words.title)}</Button>
    </>
  );
}

const ownName = (): string => (session.value ? named(session.value.person) : "");

/**
 * The form itself. Its id is made once, so that a repeated tap admits one person. It stays in memory:
 * identity and telephone numbers are not kept on the phone.
 */
function Form({ samities, samityId }: { samities: readonly Samity[]; samityId: string }) {
  const today = dayOf(new Date(now()));
  const [id] = useState(newId);
  const [form, setForm] = useState(() => emptyForm(samityId, ownName(), newId()));
  const [step, setStep] = useState(0);
  const [tried, setTried] = useState(false);
  const [applicant, setApplicant] = useState<Applicant | null>(null);
  const { busy, fault, run } = useDeed();
  const faults = STEPS[step]?.faults(form, today) ?? {};
  const last = step === STEPS.length - 1;
  const turn = (to: number): void => {
    setTried(false);
    setStep(to);
    scrollTo(0, 0);
  };
  const forward = (event: Event): void => {
    event.preventDefault();
    if (Object.keys(faults).length > 0) setTried(true);
    else if (!last) turn(step + 1);
    else run(async () => setApplicant(await admit(id, admissionOf(form, language.value, instantNow(), today))));
  };
  if (applicant !== null) return <Done applicant={applicant} />;
  return (
    <form class="stack" onSubmit={forward} noValidate>
      <Progress step={step} />
      <Part step={step} form={form} faults={tried ? faults : {}} samities={samities} today={today}
        onChange={(part) => setForm({ ...form, ...part })} />
      {last ? <Fault fault={fault} /> : null}
      <Button submits busy={busy}>{say(last ? words.send : common.next)}</Button>
      {step > 0 ? <Button look="bare" onClick={() => turn(step - 1)}>{say(common.back)}</Button> : null}
      <p class="soft small">{say(words.leave)}</p>
    </form>
  );
}

/** Admits a person to a samity: five short steps, then the manager decides. Rules L8, P10. */
export function AdmissionPage({ samityId }: { samityId: string }) {
  const samities = useLook(listSamities, "samities");
  return (
    <Page title={say(words.form)} back="/members">
      <Looking at={samities}>{(seen) => <Form samities={seen} samityId={samityId} />}</Looking>
    </Page>
  );
}
