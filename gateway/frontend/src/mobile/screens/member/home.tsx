import { readOwnPassbook, readOwnPhoto } from "../../api/member.ts";
import { Page } from "../../parts/page.tsx";
import { Looking } from "../../parts/telling.tsx";
import { say } from "../../state/language.ts";
import { useEvery, useLook } from "../../state/looking.ts";
import { passbook } from "../../words/index.ts";
import { Book } from "./book.tsx";

/** Often enough that a deposit shows as pending while the officer is still in the yard. */
const LOOK_EVERY_MS = 5_000;

/** The member's first screen: her book. */
export function Home() {
  const book = useLook(readOwnPassbook, "own");
  useEvery(LOOK_EVERY_MS, book.again);
  return (
    <Page title={say(passbook.title)}>
      <Looking at={book}>{(seen) => <Book book={seen} toAccount={(id) => `/accounts/${id}`} photo={readOwnPhoto} />}</Looking>
    </Page>
  );
}
