/** How the app tells something: a chip, a notice, a fault, a wait. */
import type { ComponentChildren } from "preact";

import { Away, Problem } from "../api/http.ts";
import { say } from "../state/language.ts";
import type { Looked } from "../state/looking.ts";
import { common } from "../words/index.ts";
import { Button } from "./button.tsx";

export type Tone = "plain" | "waiting" | "good" | "bad" | "busy";

export function Chip({ tone, children }: { tone: Tone; children: ComponentChildren }) {
  return <span class={`chip ${tone}`}>{children}</span>;
}

interface NoticeProps {
  tone: Exclude<Tone, "busy">;
  urgent?: boolean;
  children: ComponentChildren;
}

export function Notice({ tone, urgent = false, children }: NoticeProps) {
  return (
    <div class={`notice ${tone} appear`} role={urgent ? "alert" : "status"}>
      {children}
    </div>
  );
}

/** What a failure says to a person: the gateway's own sentence, or that nobody answered. */
export function sentenceOf(fault: unknown): string {
  if (fault instanceof Problem && fault.message) return fault.message;
  return say(fault instanceof Away ? common.away : common.unexpected);
}

/** What the gateway says about one field of a form. */
export function fieldError(fault: unknown, field: string): string | null {
  return fault instanceof Problem ? (fault.body.fields?.[field]?.[0] ?? null) : null;
}

/** What the gateway adds to its sentence: what is wrong with each field, or where to find a defect's trace. */
function additionsOf(fault: unknown): string[] {
  if (!(fault instanceof Problem)) return [];
  const { fields = {}, correlation_id: id, status } = fault.body;
  const trace = status >= 500 && id !== undefined ? [say(common.trace, { id })] : [];
  return [...Object.values(fields).flat(), ...trace];
}

export function Fault({ fault }: { fault: unknown }) {
  if (fault === null || fault === undefined) return null;
  return (
    <Notice tone={fault instanceof Away ? "waiting" : "bad"} urgent>
      <p>{sentenceOf(fault)}</p>
      {additionsOf(fault).map((sentence) => <p key={sentence} class="small">{sentence}</p>)}
    </Notice>
  );
}

function Wait() {
  return (
    <div class="stack" role="status">
      <span class="unseen">{say(common.loading)}</span>
      <div class="waitline" />
      <div class="waitline" />
      <div class="waitline" />
    </div>
  );
}

interface LookingProps<Seen> {
  at: Looked<Seen>;
  children: (seen: Seen) => ComponentChildren;
}

/** Shows what was looked at; before it is there a wait, and a fault with a way to try again. */
export function Looking<Seen>({ at, children }: LookingProps<Seen>) {
  const { seen, fault, again } = at;
  return (
    <>
      {fault ? (
        <div class="stack-tight">
          <Fault fault={fault} />
          <Button look="quiet" onClick={again}>{say(common.again)}</Button>
        </div>
      ) : null}
      {seen !== null ? children(seen) : fault ? null : <Wait />}
    </>
  );
}
