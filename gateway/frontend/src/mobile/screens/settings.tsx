import { useState } from "preact/hooks";

import { changePin, listOwnSessions, shutSession } from "../api/member.ts";
import type { OwnSession } from "../api/wire.ts";
import { Button } from "../parts/button.tsx";
import { SecretField } from "../parts/fields.tsx";
import { Page } from "../parts/page.tsx";
import { Chip, Fault, fieldError, Looking, Notice } from "../parts/telling.tsx";
import { useDeed } from "../state/doing.ts";
import { digits, instant, named, say } from "../state/language.ts";
import { useLook } from "../state/looking.ts";
import { waitingCount } from "../state/sending.ts";
import { session, signOut } from "../state/session.ts";
import { doors, passbook } from "../words/index.ts";
import { NewPin } from "./doors/activation.tsx";
import { PaperLinks } from "./doors/sign-in.tsx";
import { PreferencesCard } from "./member/preferences.tsx";

function PinCard() {
  const [old, setOld] = useState("");
  const [pin, setPin] = useState("");
  const [agreed, setAgreed] = useState(false);
  const [done, setDone] = useState(false);
  const { busy, fault, run } = useDeed();
  if (done) return <Notice tone="good">{say(passbook.pinChanged)}</Notice>;
  const change = (event: Event): void => {
    event.preventDefault();
    run(async () => {
      await changePin(old, pin);
      setDone(true);
    });
  };
  return (
    <form class="card stack" onSubmit={change} noValidate>
      <h2>{say(passbook.changePin)}</h2>
      <SecretField label={say(doors.oldPin)} value={old} onChange={setOld} autocomplete="current-password" numeric
        error={fieldError(fault, "pin")} />
      <NewPin pin={pin} onPin={setPin} onAgree={setAgreed} error={fieldError(fault, "new_pin")} />
      <Fault fault={fault} />
      <Button submits look="quiet" busy={busy} disabled={!agreed || old === ""}>{say(passbook.changePin)}</Button>
    </form>
  );
}

/** Android calls itself Linux as well, so it is looked for first. */
const SYSTEMS = ["Android", "iPhone", "iPad", "Windows", "Macintosh", "CrOS", "Linux"];

/** A browser calls itself by a long name; people know a phone from a computer. */
function deviceName({ device_name: name }: OwnSession): string {
  if (name === null) return say(passbook.otherDevice);
  const system = SYSTEMS.find((known) => name.includes(known));
  const kind = /Android|iPhone|iPad|Mobile/.test(name) ? passbook.phone : passbook.computer;
  return system === undefined ? name : `${say(kind)} · ${system}`;
}

function DeviceOf({ device, onShut }: { device: OwnSession; onShut: () => void }) {
  const { busy, fault, run } = useDeed();
  const shut = (): void =>
    run(async () => {
      await shutSession(device.id);
      onShut();
    });
  return (
    <li class="stack-tight">
      <div class="row">
        <span>
          {deviceName(device)}
          <span class="soft small"> · {say(passbook.lastSeen, { at: instant(device.last_seen_at) })}</span>
        </span>
        {device.current ? <Chip tone="good">{say(passbook.thisDevice)}</Chip> : null}
      </div>
      {device.current ? null : <Button look="quiet" busy={busy} onClick={shut}>{say(passbook.shut)}</Button>}
      <Fault fault={fault} />
    </li>
  );
}

function DevicesCard() {
  const devices = useLook(listOwnSessions, "devices");
  return (
    <section class="card stack">
      <h2>{say(passbook.devices)}</h2>
      <Looking at={devices}>
        {({ items }) => (
          <ul class="stack">
            {items.map((device) => <DeviceOf key={device.id} device={device} onShut={devices.again} />)}
          </ul>
        )}
      </Looking>
    </section>
  );
}

/** Who is signed in, how she is written to, her PIN, her phones, and the way out. */
export function Settings() {
  const { run, busy } = useDeed();
  const person = session.value?.person;
  if (!person) return null;
  return (
    <Page title={say(passbook.settings)}>
      <section class="card stack-tight">
        <p class="soft small">{say(passbook.signedInAs)}</p>
        <p><strong>{named(person)}</strong></p>
        <p class="small">{digits(person.member_code ?? person.username ?? "")} · {named(person, "office_name")}</p>
      </section>
      {person.kind === "member" ? <PreferencesCard /> : null}
      {person.kind === "member" ? <PinCard /> : null}
      <DevicesCard />
      {waitingCount.value > 0 ? (
        <Notice tone="waiting">{say(passbook.signOutWaits, { count: waitingCount.value })}</Notice>
      ) : null}
      <Button look="danger" busy={busy} onClick={() => run(signOut)}>{say(passbook.signOut)}</Button>
      <PaperLinks />
    </Page>
  );
}
