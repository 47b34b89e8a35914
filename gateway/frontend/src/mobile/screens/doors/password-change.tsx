import { useState } from "preact/hooks";

import { changePassword } from "../../api/doors.ts";
import { Button } from "../../parts/button.tsx";
import { SecretField } from "../../parts/fields.tsx";
import { Fault, fieldError } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { say } from "../../state/language.ts";
import { doors } from "../../words/index.ts";
import { enter } from "./enter.ts";

const SHORTEST = 12;

/** The first sign-in of staff: the one-time password opens nothing but this. */
export function PasswordChange({ username, password }: { username: string; password: string }) {
  const [fresh, setFresh] = useState("");
  const [repeated, setRepeated] = useState("");
  const { busy, fault, run } = useDeed();
  const tooShort = fresh !== "" && fresh.length < SHORTEST ? say(doors.passwordShort) : null;
  const differs = repeated !== "" && repeated !== fresh ? say(doors.passwordsDiffer) : null;
  const change = (event: Event): void => {
    event.preventDefault();
    run(async () => enter(await changePassword(username, password, fresh)));
  };
  return (
    <form class="stack" onSubmit={change} noValidate>
      <div class="stack-tight">
        <h2>{say(doors.changePassword)}</h2>
        <p class="soft">{say(doors.changeLead)}</p>
      </div>
      <SecretField label={say(doors.newPassword)} value={fresh} onChange={setFresh} autocomplete="new-password"
        error={tooShort ?? fieldError(fault, "new_password")} />
      <SecretField label={say(doors.repeatPassword)} value={repeated} onChange={setRepeated} autocomplete="new-password"
        error={differs} />
      <Fault fault={fault} />
      <Button submits busy={busy} disabled={fresh.length < SHORTEST || repeated !== fresh}>{say(doors.signIn)}</Button>
    </form>
  );
}
