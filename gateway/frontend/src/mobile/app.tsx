import { Button } from "./parts/button.tsx";
import { Later } from "./parts/later.tsx";
import { Page } from "./parts/page.tsx";
import { Notice } from "./parts/telling.tsx";
import { Activation } from "./screens/doors/activation.tsx";
import { SignIn } from "./screens/doors/sign-in.tsx";
import { PaperPage } from "./screens/open/paper.tsx";
import { say } from "./state/language.ts";
import { route } from "./state/route.ts";
import { session, signOut } from "./state/session.ts";
import { takeUpdate, updateReady } from "./state/update.ts";
import type { Person } from "./api/wire.ts";
import { common, doors, passbook } from "./words/index.ts";

// Each face of the app is its own chunk: a member never loads the officer's screens.
const loadMember = () => import("./screens/member/member.tsx");
const loadOfficer = () => import("./screens/officer/officer.tsx");

function OfficeStaff() {
  return (
    <Page title={say(common.app)}>
      <Notice tone="waiting">{say(doors.portalOnly)}</Notice>
      <Button look="danger" onClick={() => void signOut()}>{say(passbook.signOut)}</Button>
    </Page>
  );
}

function Face({ person }: { person: Person }) {
  if (person.kind === "member") return <Later load={loadMember} />;
  if (person.role === "field_officer") return <Later load={loadOfficer} />;
  return <OfficeStaff />;
}

function Open() {
  const path = route.value;
  if (path === "/terms") return <PaperPage name="terms" />;
  if (path === "/notice") return <PaperPage name="notice" />;
  if (path === "/contact") return <PaperPage name="contact" />;
  if (session.value) return <Face person={session.value.person} />;
  return path === "/activate" ? <Activation /> : <SignIn />;
}

function UpdateStrip() {
  if (!updateReady.value) return null;
  return (
    <div class="strip" role="status">
      <span>{say(common.newVersion)}</span>
      <button type="button" onClick={takeUpdate}>{say(common.takeVersion)}</button>
    </div>
  );
}

/** Which face the app shows: what is open to all, the doors, a member's or an officer's. */
export function App() {
  return (
    <>
      <UpdateStrip />
      <Open />
    </>
  );
}
