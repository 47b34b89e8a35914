import { useEffect, useState } from "preact/hooks";

import type { Page as PageOf, PassbookLine } from "../../api/wire.ts";
import { Button } from "../../parts/button.tsx";
import { Page } from "../../parts/page.tsx";
import { Looking } from "../../parts/telling.tsx";
import { useDeed } from "../../state/doing.ts";
import { say } from "../../state/language.ts";
import { useLook } from "../../state/looking.ts";
import { common, passbook } from "../../words/index.ts";
import { Lines } from "./lines.tsx";

type Fetch = (accountId: string, before: string | null) => Promise<PageOf<PassbookLine>>;

function AllLines({ first, fetch, accountId }: { first: PageOf<PassbookLine>; fetch: Fetch; accountId: string }) {
  const [lines, setLines] = useState(first.items);
  const [next, setNext] = useState(first.next);
  const { busy, run } = useDeed();
  useEffect(() => {
    setLines(first.items);
    setNext(first.next);
  }, [first]);
  const more = (): void =>
    run(async () => {
      const page = await fetch(accountId, next);
      setLines((known) => [...known, ...page.items]);
      setNext(page.next);
    });
  return (
    <>
      <h2 class="unseen">{say(passbook.lines)}</h2>
      <Lines lines={lines} />
      {next === null ? null : <Button look="quiet" busy={busy} onClick={more}>{say(common.more)}</Button>}
    </>
  );
}

/** Every line of one account, page by page. */
export function AccountPage({ accountId, fetch, back }: { accountId: string; fetch: Fetch; back: string }) {
  const first = useLook(() => fetch(accountId, null), accountId);
  return (
    <Page title={say(passbook.lines)} back={back}>
      <Looking at={first}>{(seen) => <AllLines first={seen} fetch={fetch} accountId={accountId} />}</Looking>
    </Page>
  );
}
