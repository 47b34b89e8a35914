import { useState } from "preact/hooks";

import { issueSpecialSheet, listMembers, listSamities, readPassbook, readPhoto } from "../../api/officer.ts";
import type { MemberItem, Samity } from "../../api/wire.ts";
import { dayOf } from "../../domain/days.ts";
import { newId } from "../../domain/ids.ts";
import { Button, Link } from "../../parts/button.tsx";
import { Choice } from "../../parts/fields.tsx";
import { Page } from "../../parts/page.tsx";
import { Chip, Fault, Looking, type Tone } from "../../parts/telling.tsx";
import { now } from "../../state/clock.ts";
import { useDeed } from "../../state/doing.ts";
import { digits, named, say } from "../../state/language.ts";
import { useLook } from "../../state/looking.ts";
import { go } from "../../state/route.ts";
import { admission as words, common, passbook, sheet as sheetWords } from "../../words/index.ts";
import type { Phrase } from "../../words/phrase.ts";
import { Book } from "../member/book.tsx";

const STATES: Readonly<Record<string, readonly [Tone, Phrase]>> = {
  applicant: ["waiting", words.applicant],
  active: ["good", words.active],
  rejected: ["bad", words.rejected],
  closed: ["plain", words.closed],
};

function MemberLine({ member }: { member: MemberItem }) {
  const state = STATES[member.status];
  const facts = (
    <>
      <span class="row">
        <strong>{named(member)}</strong>
        {state === undefined || member.status === "active" ? null : <Chip tone={state[0]}>{say(state[1])}</Chip>}
      </span>
      <span class="soft small number">{member.code === null ? say(words.noCode) : digits(member.code)}</span>
    </>
  );
  return (
    <li>
      {member.code === null
        ? <div class="card sheet-card">{facts}</div>
        : <Link to={`/members/${member.id}`} class="card sheet-card">{facts}</Link>}
    </li>
  );
}

function SpecialSheet({ samityId }: { samityId: string }) {
  const [id] = useState(newId);
  const { busy, fault, run } = useDeed();
  const begin = (): void =>
    run(async () => {
      await issueSpecialSheet(id, samityId, dayOf(new Date(now())));
      go(`/sheets/${id}`);
    });
  return (
    <>
      <Button look="quiet" busy={busy} onClick={begin}>{say(sheetWords.makeSpecial)}</Button>
      <Fault fault={fault} />
    </>
  );
}

function OfSamity({ samity }: { samity: Samity }) {
  const members = useLook(() => listMembers(samity.id), samity.id);
  return (
    <>
      <Link to={`/admission/${samity.id}`} class="button">{say(words.newMember)}</Link>
      <SpecialSheet key={samity.id} samityId={samity.id} />
      <Looking at={members}>
        {(seen) => (
          <ul class="stack">{seen.map((member) => <MemberLine key={member.id} member={member} />)}</ul>
        )}
      </Looking>
    </>
  );
}

function Samities({ samities }: { samities: readonly Samity[] }) {
  const [chosen, setChosen] = useState(samities[0]?.id ?? null);
  const samity = samities.find((one) => one.id === chosen);
  if (!samity) return <p class="soft centred">{say(common.empty)}</p>;
  return (
    <>
      <Choice legend={say(words.samity)} value={chosen} onChange={setChosen}
        options={samities.map((one) => [one.id, [one.name_bn, one.name_en]] as const)} />
      <OfSamity samity={samity} />
    </>
  );
}

/** The officer's samities and who is in them. */
export function MembersPage() {
  const samities = useLook(listSamities, "samities");
  return (
    <Page title={say(words.title)}>
      <Looking at={samities}>{(seen) => <Samities samities={seen} />}</Looking>
    </Page>
  );
}

/** A member's passbook, as she sees it herself. */
export function MemberBookPage({ memberId }: { memberId: string }) {
  const book = useLook(() => readPassbook(memberId), memberId);
  return (
    <Page title={say(passbook.title)} back="/members">
      <Looking at={book}>
        {(seen) => (
          <Book
            book={seen}
            toAccount={(accountId) => `/members/${memberId}/accounts/${accountId}`}
            photo={() => readPhoto(memberId)}
          />
        )}
      </Looking>
    </Page>
  );
}
