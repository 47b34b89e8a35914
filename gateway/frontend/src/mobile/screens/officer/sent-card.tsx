import { useEffect, useState } from "preact/hooks";

import { checkCode } from "../../domain/check-code.ts";
import { Notice } from "../../parts/telling.tsx";
import { digits, say } from "../../state/language.ts";
import type { Outgoing } from "../../store/database.ts";
import { sheet as words } from "../../words/index.ts";

function CheckCode({ body }: { body: string }) {
  const [code, setCode] = useState("");
  useEffect(() => void checkCode(body).then(setCode), [body]);
  return (
    <p class="check-code">
      <span>{say(words.checkCode)}</span> <strong class="number">{digits(code)}</strong>
      <span class="small">{say(words.checkCodeLead)}</span>
    </p>
  );
}

/** What became of the newest submission of a sheet. */
export function SentCard({ newest }: { newest: Outgoing }) {
  if (newest.state === "refused") {
    return <Notice tone="bad" urgent>{say(words.refusedWhole, { why: newest.problem ?? "" })}</Notice>;
  }
  const waits = newest.attempts > 0 ? words.sendingWaits : words.sending;
  return (
    <Notice tone={newest.state === "answered" ? "good" : "waiting"}>
      <p>{say(newest.state === "answered" ? words.sent : waits)}</p>
      <CheckCode body={newest.body} />
    </Notice>
  );
}
