import { useEffect } from "preact/hooks";

import { listOwnLines } from "../../api/member.ts";
import { Tabs } from "../../parts/page.tsx";
import { say } from "../../state/language.ts";
import { useEvery } from "../../state/looking.ts";
import { match, route } from "../../state/route.ts";
import { passbook } from "../../words/index.ts";
import { Settings } from "../settings.tsx";
import { AccountPage } from "./account.tsx";
import { Home } from "./home.tsx";
import { countUnread, Messages, unread } from "./messages.tsx";

const COUNT_EVERY_MS = 20_000;

function Screen({ path }: { path: string }) {
  const account = match("/accounts/:id", path);
  if (account) return <AccountPage accountId={account["id"] ?? ""} fetch={listOwnLines} back="/" />;
  if (path === "/messages") return <Messages />;
  if (path === "/settings") return <Settings />;
  return <Home />;
}

/** The app as a member sees it. */
export default function Member() {
  useEffect(() => void countUnread(), []);
  useEvery(COUNT_EVERY_MS, () => void countUnread());
  return (
    <>
      <Screen path={route.value} />
      <Tabs
        current={route.value}
        tabs={[
          { to: "/", icon: "book", name: say(passbook.tab) },
          { to: "/messages", icon: "message", name: say(passbook.messages), count: unread.value },
          { to: "/settings", icon: "settings", name: say(passbook.settings) },
        ]}
      />
    </>
  );
}
