import type { Samity } from "../../../api/wire.ts";
import { PURPOSES, shareTotal, type Faults, type TextName, type Typed } from "../../../domain/admission.ts";
import { Choice, NumberField, TextField } from "../../../parts/fields.tsx";
import { Notice } from "../../../parts/telling.tsx";
import { digits, named, say } from "../../../state/language.ts";
import { admission as words, common } from "../../../words/index.ts";
import type { Phrase } from "../../../words/phrase.ts";

export interface StepProps {
  form: Typed;
  faults: Faults;
  onChange: (part: Partial<Typed>) => void;
}

const SENTENCES: Readonly<Record<Faults[string], Phrase>> = {
  required: common.required,
  nid: words.nidBad,
  mobile: words.mobileBad,
  day: words.dayBad,
  share: words.shareBad,
  shares: words.sharesBad,
  agree: words.mustAgree,
  answer: words.answerEach,
};

/** What is wrong with a field, as a sentence. */
export function wrong(faults: Faults, field: string): string | null {
  const fault = faults[field];
  return fault === undefined ? null : say(SENTENCES[fault]);
}

export const optional = (phrase: Phrase): string => `${say(phrase)} (${say(common.optional)})`;

/** The properties that a plain field of the form needs. */
function field({ form, faults, onChange }: StepProps, name: TextName) {
  return {
    value: form[name],
    error: wrong(faults, name),
    onChange: (value: string) => onChange({ [name]: value }),
  };
}

export function PersonStep(props: StepProps & { samities: readonly Samity[] }) {
  const { form, faults, onChange, samities } = props;
  return (
    <>
      <Choice legend={say(words.samity)} value={form.samityId} onChange={(samityId) => onChange({ samityId })}
        error={wrong(faults, "samityId")}
        options={samities.map((samity) => [samity.id, [samity.name_bn, samity.name_en]] as const)} />
      <TextField label={say(words.nameBn)} {...field(props, "nameBn")} />
      <TextField label={say(words.nameEn)} {...field(props, "nameEn")} capitals="words" />
      <TextField label={optional(words.guardianBn)} {...field(props, "kinBn")} />
      <TextField label={optional(words.guardianEn)} {...field(props, "kinEn")} capitals="words" />
      <Choice legend={say(words.sex)} value={form.sex} onChange={(sex) => onChange({ sex })}
        options={[["female", words.female], ["male", words.male], ["other", words.otherSex]]} />
      <NumberField label={say(words.birthOn)} hint={say(words.dayHint)} {...field(props, "birthOn")} />
      <NumberField label={say(words.nid)} hint={say(words.nidHint)} {...field(props, "nid")} />
    </>
  );
}

export function ContactStep(props: StepProps) {
  const { form, onChange } = props;
  return (
    <>
      <NumberField label={optional(words.mobile)} {...field(props, "mobile")} />
      <Choice legend={say(words.messageLanguage)} value={form.language} onChange={(language) => onChange({ language })}
        options={[["bn", common.bangla], ["en", common.english]]} />
      <TextField label={say(words.village)} {...field(props, "village")} />
      <TextField label={optional(words.line)} {...field(props, "line")} />
      <TextField label={say(words.post)} {...field(props, "post")} />
      <TextField label={say(words.upazila)} {...field(props, "upazila")} />
      <TextField label={say(words.district)} {...field(props, "district")} />
      <TextField label={say(words.passbookNumber)} {...field(props, "passbookNumber")} maxLength={20} />
    </>
  );
}

export function ConsentStep(props: StepProps) {
  const { form, faults, onChange } = props;
  return (
    <>
      <Notice tone="plain">{say(words.readAloud)}</Notice>
      {PURPOSES.map((purpose) => {
        const answer = form.consents[purpose];
        return (
          <Choice key={purpose} legend={say(words[purpose])} error={wrong(faults, purpose)}
            value={answer === undefined ? null : answer ? "yes" : "no"}
            onChange={(said) => onChange({ consents: { ...form.consents, [purpose]: said === "yes" } })}
            options={[["yes", words.yes], ["no", words.no]]} />
        );
      })}
      <TextField label={say(words.readBy)} {...field(props, "readBy")} />
      <Choice legend={say(words.mark)} value={form.mark} onChange={(mark) => onChange({ mark })}
        options={[["thumb", words.thumb], ["signature", words.signature]]} />
      <TextField label={say(words.witness)} {...field(props, "witness")} />
    </>
  );
}

export function ReviewStep({ form, samities }: { form: Typed; samities: readonly Samity[] }) {
  const samity = samities.find((one) => one.id === form.samityId);
  const facts: readonly (readonly [Phrase, string])[] = [
    [words.samity, samity ? named(samity) : ""],
    [words.nameBn, form.nameBn],
    [words.nameEn, form.nameEn],
    [words.birthOn, form.birthOn],
    [words.nid, form.nid],
    [words.mobile, form.mobile || "–"],
    [words.village, [form.village, form.upazila, form.district].join(", ")],
    [words.nominees, form.nominees.map((one) => `${one.name} ${one.share}%`).join(", ")],
    [words.passbookNumber, form.passbookNumber],
  ];
  return (
    <dl class="figures card">
      {facts.map(([phrase, fact]) => (
        <div key={phrase[1]}><dt class="soft">{say(phrase)}</dt><dd>{digits(fact)}</dd></div>
      ))}
    </dl>
  );
}

export const sharesTold = (form: Typed): string => say(words.shares, { total: shareTotal(form) });
