import type { Passbook, PassbookAccount } from "../../api/wire.ts";
import { NOTHING, parseTaka } from "../../domain/money.ts";
import { isStale } from "../../domain/passbook.ts";
import { Link } from "../../parts/button.tsx";
import { Portrait } from "../../parts/portrait.tsx";
import { Chip } from "../../parts/telling.tsx";
import { now } from "../../state/clock.ts";
import { digits, instant, named, say, taka } from "../../state/language.ts";
import { passbook } from "../../words/index.ts";
import { Lines } from "./lines.tsx";

function Pending({ account }: { account: PassbookAccount }) {
  const incoming = parseTaka(account.pending_in);
  const outgoing = parseTaka(account.pending_out);
  if (incoming === NOTHING && outgoing === NOTHING) return null;
  return (
    <div class="pending">
      {incoming === NOTHING ? null : <Chip tone="waiting">{say(passbook.pendingIn, { amount: taka(incoming) })}</Chip>}
      {outgoing === NOTHING ? null : <Chip tone="waiting">{say(passbook.pendingOut, { amount: taka(outgoing) })}</Chip>}
      <p class="small">{say(passbook.pendingLead)}</p>
    </div>
  );
}

function AccountCard({ account, to }: { account: PassbookAccount; to: string }) {
  return (
    <Link to={to} class="account">
      <span class="row">
        <span>{named(account, "product_name")}</span>
        <span class="small number">{digits(account.code)}</span>
      </span>
      <span class="small">{say(account.kind === "loan" ? passbook.owed : passbook.inBook)}</span>
      <strong class="number balance">{taka(account.balance)}</strong>
      {account.unchecked ? <Chip tone="waiting">{say(passbook.unchecked)}</Chip> : null}
      <Pending account={account} />
    </Link>
  );
}

interface BookProps {
  book: Passbook;
  toAccount: (accountId: string) => string;
  photo: () => Promise<Blob | null>;
}

/** A whole passbook: whose it is, what is in the book, what is on its way, and the newest lines. */
export function Book({ book, toAccount, photo }: BookProps) {
  const at = instant(book.as_of);
  return (
    <>
      <section class="cover-card" aria-label={say(passbook.title)}>
        <div class="owner">
          <div>
            <p class="name">{named(book.member)}</p>
            <p class="small">{say(passbook.memberCode)} <span class="number">{digits(book.member.code)}</span></p>
          </div>
          <Portrait look={photo} name={named(book.member)} />
        </div>
        {book.accounts.map((account) => (
          <AccountCard key={account.account_id} account={account} to={toAccount(account.account_id)} />
        ))}
        <p class="small as-of">{say(isStale(book.as_of, now()) ? passbook.stale : passbook.asOf, { at })}</p>
      </section>
      <section class="stack-tight">
        <h2>{say(passbook.lines)}</h2>
        <Lines lines={book.lines} />
        <p class="soft small">{say(passbook.paper)}</p>
      </section>
    </>
  );
}
