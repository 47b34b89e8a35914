import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

import { chooseLanguage, language, number, say } from "../state/language.ts";
import { connected, sendNow, waitingCount } from "../state/sending.ts";
import { now } from "../state/clock.ts";
import { go } from "../state/route.ts";
import { common } from "../words/index.ts";
import { Link } from "./button.tsx";
import { Icon, type IconName } from "./icons.tsx";

/** The switch between Bangla and English: it is named in the language that it leads to. */
export function LanguageSwitch() {
  const other = language.value === "bn" ? "en" : "bn";
  return (
    <button type="button" class="text" lang={other} onClick={() => void chooseLanguage(other)}>
      {say(other === "en" ? common.english : common.bangla)}
    </button>
  );
}

function ConnectionStrip() {
  if (connected.value && waitingCount.value === 0) return null;
  return (
    <div class="strip" role="status">
      <span>
        {connected.value ? "" : `${say(common.offline)} `}
        {waitingCount.value > 0 ? say(common.toSend, { count: waitingCount.value }) : ""}
      </span>
      {waitingCount.value > 0 ? (
        <button type="button" onClick={() => void sendNow(now)}>{say(common.again)}</button>
      ) : null}
    </div>
  );
}

interface PageProps {
  title: string;
  sub?: string | undefined;
  back?: string;
  children: ComponentChildren;
}

/** One screen: its head, what it shows, and whether anything waits for the network. */
export function Page({ title, sub, back, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${say(common.app)}`;
  }, [title, language.value]);
  return (
    <div class="page">
      <header class="head">
        {back === undefined ? null : (
          <button type="button" class="back" aria-label={say(common.back)} onClick={() => go(back)}>
            <Icon name="back" />
          </button>
        )}
        <h1>
          {title}
          {sub ? <span class="sub">{sub}</span> : null}
        </h1>
        <LanguageSwitch />
      </header>
      <ConnectionStrip />
      <main id="content" class="stack">{children}</main>
    </div>
  );
}

export interface Tab {
  to: string;
  icon: IconName;
  name: string;
  count?: number;
}

/** The way between the main screens, at the thumb. */
export function Tabs({ tabs, current }: { tabs: readonly Tab[]; current: string }) {
  return (
    <nav class="tabs" aria-label={say(common.mainMenu)}>
      {tabs.map(({ to, icon, name, count = 0 }) => (
        <Link key={to} to={to} current={to === current}>
          <Icon name={icon} />
          {name}
          {count > 0 ? <span class="badge">{number(count)}</span> : null}
        </Link>
      ))}
    </nav>
  );
}
