import { listLines } from "../../api/member.ts";
import { Tabs } from "../../parts/page.tsx";
import { say } from "../../state/language.ts";
import { match, route } from "../../state/route.ts";
import { admission, handOver, passbook, sheet } from "../../words/index.ts";
import { AccountPage } from "../member/account.tsx";
import { Settings } from "../settings.tsx";
import { AdmissionPage } from "./admission/form.tsx";
import { HandOverPage } from "./hand-over.tsx";
import { MemberBookPage, MembersPage } from "./members.tsx";
import { SheetPage } from "./sheet.tsx";
import { Today } from "./today.tsx";

type Taken = Record<string, string>;

const DEEP: readonly (readonly [string, (taken: Taken) => preact.JSX.Element])[] = [
  ["/sheets/:id", ({ id = "" }) => <SheetPage key={id} id={id} />],
  ["/admission/:samity", ({ samity = "" }) => <AdmissionPage samityId={samity} />],
  ["/members/:id", ({ id = "" }) => <MemberBookPage memberId={id} />],
  ["/members/:id/accounts/:account", ({ id = "", account = "" }) => (
    <AccountPage accountId={account} fetch={listLines} back={`/members/${id}`} />
  )],
];

function Main({ path }: { path: string }) {
  if (path === "/hand-over") return <HandOverPage />;
  if (path === "/members") return <MembersPage />;
  if (path === "/settings") return <Settings />;
  return <Today />;
}

/** The app as a field officer sees it. Screens that have their own bar below show no tabs. */
export default function Officer() {
  const path = route.value;
  for (const [pattern, show] of DEEP) {
    const taken = match(pattern, path);
    if (taken) return show(taken);
  }
  return (
    <>
      <Main path={path} />
      <Tabs
        current={path}
        tabs={[
          { to: "/", icon: "sheet", name: say(sheet.todayTab) },
          { to: "/members", icon: "people", name: say(admission.tab) },
          { to: "/hand-over", icon: "cash", name: say(handOver.tab) },
          { to: "/settings", icon: "settings", name: say(passbook.settings) },
        ]}
      />
    </>
  );
}
