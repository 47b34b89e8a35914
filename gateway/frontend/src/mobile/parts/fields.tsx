/** Fields of forms. Every one that takes a number takes Bangla and Latin digits, and shows the reader's own. */
import { useId, useState } from "preact/hooks";
import type { JSX } from "preact";

import { toLatin } from "../domain/digits.ts";
import { digits, say } from "../state/language.ts";
import { doors } from "../words/index.ts";
import type { Phrase } from "../words/phrase.ts";

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string | undefined;
  error?: string | null | undefined;
}

interface Described {
  id: string;
  "aria-invalid": boolean;
  "aria-describedby": string | undefined;
}

function useDescribed({ hint, error }: Pick<FieldProps, "hint" | "error">): Described {
  const id = useId();
  const about = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return { id, "aria-invalid": Boolean(error), "aria-describedby": about || undefined };
}

interface FrameProps extends Pick<FieldProps, "label" | "hint" | "error"> {
  id: string;
  children: JSX.Element;
}

function Frame({ id, label, hint, error, children }: FrameProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint ? <span class="hint" id={`${id}-hint`}>{hint}</span> : null}
      {children}
      {error ? <span class="error" id={`${id}-error`} role="alert">{error}</span> : null}
    </div>
  );
}

interface TextFieldProps extends FieldProps {
  autocomplete?: string;
  maxLength?: number;
  capitals?: "none" | "words";
}

export function TextField(props: TextFieldProps) {
  const described = useDescribed(props);
  return (
    <Frame {...props} id={described.id}>
      <input
        {...described}
        type="text"
        value={props.value}
        maxLength={props.maxLength ?? 100}
        autocomplete={props.autocomplete ?? "off"}
        autocapitalize={props.capitals ?? "none"}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </Frame>
  );
}

export function LongField(props: FieldProps) {
  const described = useDescribed(props);
  return (
    <Frame {...props} id={described.id}>
      <textarea {...described} rows={1} maxLength={300} onInput={(event) => props.onChange(event.currentTarget.value)}>
        {props.value}
      </textarea>
    </Frame>
  );
}

interface NumberFieldProps extends FieldProps {
  big?: boolean;
  autofocus?: boolean;
}

/** Digits with what may stand between them; its value is always in Latin digits. */
export function NumberField(props: NumberFieldProps) {
  const described = useDescribed(props);
  return (
    <Frame {...props} id={described.id}>
      <input
        {...described}
        type="text"
        inputMode="numeric"
        class={props.big ? "big" : undefined}
        value={digits(props.value)}
        maxLength={24}
        autocomplete="off"
        autofocus={props.autofocus}
        onInput={(event) => props.onChange(toLatin(event.currentTarget.value))}
      />
    </Frame>
  );
}

interface SecretFieldProps extends FieldProps {
  autocomplete: "current-password" | "new-password" | "one-time-code";
  numeric?: boolean;
}

/** A password, a PIN or a code; it can be shown, because typing blind on a small phone locks people out. */
export function SecretField(props: SecretFieldProps) {
  const described = useDescribed(props);
  const [shown, setShown] = useState(false);
  const kind = { type: shown ? "text" : "password" } as { type: "password" }; // one element, so that focus stays
  const read = (typed: string): string => (props.numeric ? toLatin(typed) : typed);
  return (
    <Frame {...props} id={described.id}>
      <span class="beside">
        <input
          {...described}
          {...kind}
          inputMode={props.numeric ? "numeric" : "text"}
          value={props.value}
          maxLength={128}
          autocomplete={props.autocomplete}
          autocapitalize="none"
          onInput={(event) => props.onChange(read(event.currentTarget.value))}
        />
        <button type="button" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {say(shown ? doors.hide : doors.show)}
          <span class="unseen">: {props.label}</span>
        </button>
      </span>
    </Frame>
  );
}

interface ChoiceProps<Value extends string> {
  legend: string;
  options: readonly (readonly [Value, Phrase])[];
  value: Value | null;
  onChange: (value: Value) => void;
  error?: string | null | undefined;
}

/** One of a few, each a tap. */
export function Choice<Value extends string>({ legend, options, value, onChange, error }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset class="field">
      <legend class="legend">{legend}</legend>
      <div class="choices">
        {options.map(([option, phrase]) => (
          <label key={option}>
            <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
            {say(phrase)}
          </label>
        ))}
      </div>
      {error ? <span class="error" role="alert">{error}</span> : null}
    </fieldset>
  );
}

interface TickProps {
  label: string;
  value: boolean;
  onChange: (value: boolean) => void;
}

export function Tick({ label, value, onChange }: TickProps) {
  return (
    <label class="tick">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
