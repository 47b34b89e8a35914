import { useState } from "preact/hooks";

import { signInMember, signInStaff } from "../../api/doors.ts";
import { Problem } from "../../api/http.ts";
import { toLatin } from "../../domain/digits.ts";
import { Button, Link } from "../../parts/button.tsx";
import { SecretField, TextField } from "../../parts/fields.tsx";
import { LanguageSwitch } from "../../parts/page.tsx";
import { Fault, Notice } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { digits, say } from "../../state/language.ts";
import { farewell } from "../../state/session.ts";
import { common, doors, papers } from "../../words/index.ts";
import { enter } from "./enter.ts";
import { PasswordChange } from "./password-change.tsx";

function MemberDoor() {
  const [code, setCode] = useState("");
  const [pin, setPin] = useState("");
  const { busy, fault, run } = useDeed();
  const open = (event: Event): void => {
    event.preventDefault();
    run(async () => {
      setPin("");
      await enter(await signInMember(toLatin(code).trim(), pin));
    });
  };
  return (
    <form class="stack" onSubmit={open} noValidate>
      <TextField label={say(doors.memberCode)} hint={say(doors.memberCodeHint)} value={digits(code)}
        onChange={setCode} autocomplete="username" maxLength={40} />
      <SecretField label={say(doors.pin)} hint={say(doors.pinHint)} value={pin} onChange={setPin}
        autocomplete="current-password" numeric />
      <Fault fault={fault} />
      <Button submits busy={busy} disabled={code.trim() === "" || pin === ""}>{say(doors.signIn)}</Button>
      <Link to="/activate" class="button bare">{say(doors.firstTime)}</Link>
    </form>
  );
}

function OfficerDoor() {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [mustChange, setMustChange] = useState(false);
  const { busy, fault, run } = useDeed();
  if (mustChange) return <PasswordChange username={username.trim()} password={password} />;
  const open = (event: Event): void => {
    event.preventDefault();
    run(async () => {
      try {
        await enter(await signInStaff(username.trim(), password));
      } catch (failure) {
        if (!(failure instanceof Problem) || failure.code !== "PASSWORD_CHANGE_REQUIRED") throw failure;
        setMustChange(true);
      }
    });
  };
  return (
    <form class="stack" onSubmit={open} noValidate>
      <TextField label={say(doors.username)} value={username} onChange={setUsername} autocomplete="username" />
      <SecretField label={say(doors.password)} value={password} onChange={setPassword} autocomplete="current-password" />
      <Fault fault={fault} />
      <Button submits busy={busy} disabled={username.trim() === "" || password === ""}>{say(doors.signIn)}</Button>
    </form>
  );
}

/** The way to what may be read before anyone signs in. Rule P10. */
export function PaperLinks() {
  return (
    <nav class="papers" aria-label={say(doors.papers)}>
      {(["terms", "notice", "contact"] as const).map((name) => (
        <Link key={name} to={`/${name}`}>{say(papers[name].title)}</Link>
      ))}
    </nav>
  );
}

/** The first screen: member or officer, in Bangla or English. */
export function SignIn() {
  const [asMember, setAsMember] = useState(true);
  const reason = farewell.value;
  return (
    <div class="door">
      <header class="cover">
        <div class="head">
          <h1>{say(common.app)}</h1>
          <LanguageSwitch />
        </div>
        <p>{say(doors.welcome)}</p>
      </header>
      <main id="content" class="sheet-of-paper stack">
        {reason === null ? null : <Notice tone="plain">{say(doors[reason])}</Notice>}
        <div class="two" role="group" aria-label={say(doors.who)}>
          <button type="button" aria-pressed={asMember} onClick={() => setAsMember(true)}>{say(doors.member)}</button>
          <button type="button" aria-pressed={!asMember} onClick={() => setAsMember(false)}>{say(doors.officer)}</button>
        </div>
        {asMember ? <MemberDoor /> : <OfficerDoor />}
        <PaperLinks />
      </main>
    </div>
  );
}
