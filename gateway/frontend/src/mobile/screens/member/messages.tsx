import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { listOwnMessages, markRead } from "../../api/member.ts";
import type { OwnMessage } from "../../api/wire.ts";
import { Page } from "../../parts/page.tsx";
import { Chip, Looking } from "../../parts/telling.tsx";
import { instant, say } from "../../state/language.ts";
import { useLook } from "../../state/looking.ts";
import { passbook } from "../../words/index.ts";

/** How many messages she has not read; shown at the tab. */
export const unread = signal(0);

/** Counts the unread messages of the newest page; without a network the old count stays. */
export async function countUnread(): Promise<void> {
  try {
    const { items } = await listOwnMessages(null);
    unread.value = items.filter((message) => message.read_at === null).length;
  } catch {
    // the badge is a courtesy; the page itself tells of a fault
  }
}

async function noteRead(messages: readonly OwnMessage[]): Promise<void> {
  const fresh = messages.filter((message) => message.read_at === null);
  await Promise.allSettled(fresh.map((message) => markRead(message.id)));
  await countUnread();
}

function MessageList({ messages }: { messages: readonly OwnMessage[] }) {
  useEffect(() => void noteRead(messages), [messages]);
  if (messages.length === 0) return <p class="soft">{say(passbook.noMessages)}</p>;
  return (
    <ul class="stack">
      {messages.map((message) => (
        <li key={message.id} class="card stack-tight" lang={message.language}>
          <div class="row">
            <strong>{message.title}</strong>
            {message.read_at === null ? <Chip tone="busy">{say(passbook.fresh)}</Chip> : null}
          </div>
          <p>{message.text}</p>
          <p class="soft small">{instant(message.created_at)}</p>
        </li>
      ))}
    </ul>
  );
}

export function Messages() {
  const page = useLook(() => listOwnMessages(null), "messages");
  return (
    <Page title={say(passbook.messages)}>
      <Looking at={page}>{(seen) => <MessageList messages={seen.items} />}</Looking>
    </Page>
  );
}
