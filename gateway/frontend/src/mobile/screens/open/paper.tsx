import { Page } from "../../parts/page.tsx";
import { digits, say } from "../../state/language.ts";
import { papers } from "../../words/index.ts";

/** Terms, notice or contact: open to everybody. Rule P10. */
export function PaperPage({ name }: { name: keyof typeof papers }) {
  const { title, version, paragraphs } = papers[name];
  return (
    <Page title={say(title)} back="/">
      <article class="card stack">
        {paragraphs.map((paragraph) => <p key={paragraph[1]}>{say(paragraph)}</p>)}
        <p class="soft small">{digits(version)}</p>
      </article>
    </Page>
  );
}
