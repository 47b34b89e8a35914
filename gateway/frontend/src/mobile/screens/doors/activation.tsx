import { useState } from "preact/hooks";

import { activate } from "../../api/doors.ts";
import { toLatin } from "../../domain/digits.ts";
import { Button, Link } from "../../parts/button.tsx";
import { SecretField, TextField } from "../../parts/fields.tsx";
import { Page } from "../../parts/page.tsx";
import { Fault, fieldError } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { digits, say } from "../../state/language.ts";
import { doors } from "../../words/index.ts";
import { enter, isPin } from "./enter.ts";

/** A new PIN, written twice. */
export function NewPin({ pin, onPin, onAgree, error }: {
  pin: string;
  onPin: (pin: string) => void;
  onAgree: (agreed: boolean) => void;
  error: string | null;
}) {
  const [repeated, setRepeated] = useState("");
  const shape = pin.length >= 6 && !isPin(pin) ? say(doors.pinShape) : error;
  const change = (first: string, second: string): void => {
    onPin(first);
    setRepeated(second);
    onAgree(isPin(first) && first === second);
  };
  return (
    <>
      <SecretField label={say(doors.newPin)} hint={say(doors.pinHint)} value={pin} error={shape}
        onChange={(typed) => change(typed, repeated)} autocomplete="new-password" numeric />
      <SecretField label={say(doors.repeatPin)} value={repeated} onChange={(typed) => change(pin, typed)}
        error={repeated.length >= pin.length && repeated !== pin ? say(doors.pinsDiffer) : null}
        autocomplete="new-password" numeric />
    </>
  );
}

/** A member turns the code of her sealed envelope into a PIN of her own. Rule P1. */
export function Activation() {
  const [memberCode, setMemberCode] = useState("");
  const [code, setCode] = useState("");
  const [pin, setPin] = useState("");
  const [agreed, setAgreed] = useState(false);
  const { busy, fault, run } = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    run(async () => enter(await activate(toLatin(memberCode).trim(), toLatin(code).trim(), pin)));
  };
  return (
    <Page title={say(doors.activate)} back="/">
      <p class="soft">{say(doors.activateLead)}</p>
      <form class="stack" onSubmit={send} noValidate>
        <TextField label={say(doors.memberCode)} hint={say(doors.memberCodeHint)} value={digits(memberCode)}
          onChange={setMemberCode} autocomplete="username" maxLength={40} error={fieldError(fault, "member_code")} />
        <SecretField label={say(doors.code)} value={code} onChange={setCode} autocomplete="one-time-code"
          error={fieldError(fault, "code")} />
        <NewPin pin={pin} onPin={setPin} onAgree={setAgreed} error={fieldError(fault, "pin")} />
        <Fault fault={fault} />
        <Button submits busy={busy} disabled={!agreed || memberCode.trim() === "" || code.trim() === ""}>
          {say(doors.activate)}
        </Button>
      </form>
      <Link to="/" class="button bare">{say(doors.haveMine)}</Link>
    </Page>
  );
}
