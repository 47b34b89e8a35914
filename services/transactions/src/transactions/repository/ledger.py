"""The one place that writes entries and postings: ordered locks, then one statement a table."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.errors import IdConflict
from transactions.domain.accounts import MemberAccount, NewAccount
from transactions.domain.chart import CHART, Ledgers, OfficeAccount, Side
from transactions.domain.ledger import Entry, Folded, PendingDelta, Standing, fold, merged, touched
from transactions.domain.month_ends import closed, valued_late
from transactions.domain.rows import SAVED_AT_MEETINGS
from transactions.domain.value_dates import require_value_dates
from transactions.models.ledger import account_terms, accounts, entries, postings
from transactions.models.projections import members
from transactions.repository.late_interest import LateInterest
from transactions.repository.mappings import MappingStore
from transactions.repository.months import MonthStore
from transactions.repository.recordset import insert_rows

_WRITE_STANDINGS = text(
    """
    UPDATE accounts
       SET debits = after.debits, credits = after.credits, sequence = after.sequence,
           pending_in = after.pending_in, pending_out = after.pending_out
      FROM unnest(
               CAST(:ids AS uuid[]), CAST(:debits AS bigint[]), CAST(:credits AS bigint[]),
               CAST(:sequences AS bigint[]), CAST(:pending_in AS bigint[]), CAST(:pending_out AS bigint[])
           ) AS after(id, debits, credits, sequence, pending_in, pending_out)
     WHERE accounts.id = after.id
    """
)
_LOCKED = (
    select(
        accounts.c.id,
        accounts.c.office_id,
        accounts.c.grows_on,
        accounts.c.floor,
        accounts.c.debits,
        accounts.c.credits,
        accounts.c.sequence,
        accounts.c.pending_in,
        accounts.c.pending_out,
        accounts.c.closed,
        accounts.c.dormant_since,
    )
    .where(accounts.c.id.in_(bindparam("account_ids", expanding=True)))
    .order_by(accounts.c.id)
    .with_for_update(key_share=True)
)


class LedgerStore:
    """Accounts, entries and postings of one database transaction."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now
        self._late_interest = LateInterest(work)
        self._mappings = MappingStore(work)
        self._today = work.today
        self._months = MonthStore(work)

    def post(self, posted: Sequence[Entry], pending: Iterable[PendingDelta] = ()) -> Folded:
        """Write entries of one office and day, after the caller has taken hold of that day.

        All accounts are locked once, by id (mechanics D4), and what is no longer on its way is taken from
        their pending totals by the same statement. Where interest was credited past a value date, its
        adjusting entry is written too, so that no deed can forget it (rule M2).

        Returns:
            What the entries themselves did.

        Raises:
            ValueDateOutside: as `require_value_dates` (rule M2).
            IdConflict: an entry's id is known; nothing was written, and the caller may look at what is.
            MonthClosed: it is valued into a month that takes nothing of its kind any more (rule M15).
            AccountUnknown, AccountClosed, InsufficientFunds: as `fold`.
        """
        require_value_dates(posted)
        self._require_months_open(posted)
        deltas = merged(pending)
        expense = self._of_late_interest(posted)
        standings = self._lock({*touched(posted, deltas), *expense})
        folded = self._book(posted, standings, deltas)
        adjusting = self._late_interest.entries(posted, folded.standings)
        if adjusting:
            self._book(adjusting, {**self._lock(touched(adjusting)), **folded.standings}, ())
        return folded

    def _require_months_open(self, posted: Sequence[Entry]) -> None:
        """Let nothing be valued into a closed month but what rule M2 lets in (rule M15)."""
        late = valued_late(posted)
        months = self._months.closed_of(late) if late else ()
        if months:
            raise closed(months[0])

    def _of_late_interest(self, posted: Sequence[Entry]) -> tuple[str, ...]:
        """Return what an adjusting entry touches beside her accounts, so that it is locked in its turn."""
        if not self._late_interest.accounts_past(posted):
            return ()
        expense = OfficeAccount(Ledgers.INTEREST_EXPENSE, posted[0].office_id)
        self.ensure([expense])
        return (expense.id,)

    def _book(
        self, posted: Sequence[Entry], standings: Mapping[str, Standing], deltas: Iterable[PendingDelta]
    ) -> Folded:
        self._insert_entries(posted)
        folded = fold(posted, standings, deltas)
        self._insert_postings(folded)
        self._write(folded.standings.values())
        return folded

    def add_pending(self, deltas: Iterable[PendingDelta]) -> None:
        """Change what is on its way into and out of accounts (rule M1).

        Raises:
            AccountUnknown, InsufficientFunds: as `fold`.
        """
        changes = merged(deltas)
        if changes:
            standings = self._lock(touched((), changes))
            self._write(fold((), standings, changes).standings.values())

    def ensure(self, wanted: Iterable[OfficeAccount]) -> None:
        """Make the accounts of an office that are not there yet; mostly all of them are."""
        asked = {account.id: account for account in wanted}
        known = set(self._session.execute(select(accounts.c.id).where(accounts.c.id.in_(asked))).scalars())
        mapped = self._mapped_charges(account for one, account in asked.items() if one not in known)
        rows = [
            {
                "id": account.id,
                "office_id": account.office_id,
                "ledger": account.ledger.code,
                "booked_under": mapped.get(account_id),
                "owner_id": account.owner_id,
                "grows_on": account.ledger.ledger_class.grows_on.value,
                "floor": account.ledger.floor,
                "opened_at": self._now,
            }
            for account_id, account in sorted(asked.items())
            if account_id not in known
        ]
        if rows:
            self._session.execute(insert(accounts).on_conflict_do_nothing(), rows)

    def _mapped_charges(self, fresh: Iterable[OfficeAccount]) -> Mapping[str, str]:
        """Return under which ledgers new accounts for loans' charges stand, by account."""
        charges = {
            account.owner_id: account.id
            for account in fresh
            if account.owner_id is not None and account.ledger is Ledgers.SERVICE_CHARGE
        }
        mapped = self._mappings.of_charges(charges) if charges else {}
        return {charges[loan_id]: ledger for loan_id, ledger in mapped.items()}

    def open_account(self, account: NewAccount, opened_on: date | None) -> None:
        """Write a member's account with the first snapshot of its terms.

        Raises:
            IdConflict: the id or the code is known.
        """
        ledger = CHART[account.ledger]
        opened = self._session.execute(
            insert(accounts)
            .values(
                id=account.id,
                office_id=account.office_id,
                ledger=account.ledger,
                booked_under=self._mappings.under(
                    str(account.terms["product_code"]), account.ledger, opened_on or self._today
                ),
                code=account.code,
                member_id=account.member_id,
                grows_on=ledger.ledger_class.grows_on.value,
                floor=ledger.floor,
                terms_version=account.version,
                opened_on=opened_on,
                opened_at=self._now,
            )
            .on_conflict_do_nothing()
            .returning(accounts.c.id)
        )
        if opened.first() is None:
            raise IdConflict
        self._session.execute(
            insert(account_terms).values(
                account_id=account.id,
                version=account.version,
                terms=dict(account.terms),
                recorded_at=self._now,
            )
        )

    def find_opened(self, account_id: str) -> Mapping[Any, Any] | None:
        """Return the row of an account, whoever asks: for a command that is repeated."""
        return self._session.execute(select(accounts).where(accounts.c.id == account_id)).mappings().first()

    def find_accounts(self, account_ids: Collection[str]) -> dict[str, MemberAccount]:
        """Return members' accounts by id, without a lock; ids that are none are left out."""
        rows = self._session.execute(member_accounts().where(accounts.c.id.in_(account_ids))).mappings()
        return {row["id"]: MemberAccount(**row) for row in rows}

    def accounts_of_member(self, member_id: str) -> tuple[MemberAccount, ...]:
        """Return all accounts of a member, by code."""
        query = member_accounts().where(accounts.c.member_id == member_id).order_by(accounts.c.code)
        return tuple(MemberAccount(**row) for row in self._session.execute(query).mappings())

    def savings_of_samity(self, samity_id: str) -> tuple[MemberAccount, ...]:
        """Return the savings of a samity's active members onto which a meeting may bring money, by code."""
        query = (
            member_accounts()
            .join(members, members.c.id == accounts.c.member_id)
            .where(
                members.c.samity_id == samity_id,
                members.c.status == "active",
                accounts.c.ledger.in_(SAVED_AT_MEETINGS),
                ~accounts.c.closed,
            )
            .order_by(members.c.code, accounts.c.code)
        )
        return tuple(MemberAccount(**row) for row in self._session.execute(query).mappings())

    def general_savings_of(self, member_ids: Collection[str]) -> dict[str, MemberAccount]:
        """Return the first open general savings account of some members, by member."""
        query = (
            member_accounts()
            .where(
                accounts.c.member_id.in_(member_ids),
                accounts.c.ledger == Ledgers.GENERAL_SAVINGS.code,
                ~accounts.c.closed,
            )
            .order_by(accounts.c.code.desc())
        )
        return {row["member_id"]: MemberAccount(**row) for row in self._session.execute(query).mappings()}

    def cash_of_officers(self, office_id: str) -> dict[str, int]:
        """Return what officers of a branch still hold in the book, in paisa; nothing is left out."""
        query = select(accounts.c.owner_id, accounts.c.balance).where(
            accounts.c.office_id == office_id,
            accounts.c.ledger == Ledgers.OFFICER_CASH.code,
            accounts.c.balance != 0,
        )
        return {row.owner_id: row.balance for row in self._session.execute(query)}

    def balance(self, account: OfficeAccount) -> int:
        """Return what an office's account holds, in paisa; nothing where it was never used."""
        query = select(accounts.c.balance).where(accounts.c.id == account.id)
        return self._session.execute(query).scalar() or 0

    def hold(self, account_ids: Collection[str]) -> dict[str, Standing]:
        """Return accounts as they stand, and keep others from posting on them until this transaction ends.

        They are locked once, by id: name all that will be posted on (mechanics D4).
        """
        return self._lock(account_ids)

    def close(self, account_id: str) -> None:
        """Let nothing more be posted on an account."""
        self._session.execute(update(accounts).where(accounts.c.id == account_id).values(closed=True))

    def reopen(self, account_id: str) -> None:
        """Let a closed account be posted on again."""
        self._session.execute(update(accounts).where(accounts.c.id == account_id).values(closed=False))

    def _lock(self, account_ids: Collection[str]) -> dict[str, Standing]:
        rows = self._session.execute(_LOCKED, {"account_ids": list(account_ids)})
        return {row.id: _standing(row) for row in rows}

    def _insert_entries(self, posted: Sequence[Entry]) -> None:
        rows = [_entry_row(entry) | {"recorded_at": self._now} for entry in posted]
        statement = (
            insert(entries).on_conflict_do_nothing(index_elements=[entries.c.id]).returning(entries.c.id)
        )
        if len(self._session.execute(statement, rows).all()) < len(rows):
            raise IdConflict

    def _insert_postings(self, folded: Folded) -> None:
        rows = [
            {
                "business_on": line.entry.business_on,
                "entry_id": line.entry.id,
                "number": line.number,
                "account_id": line.posting.account_id,
                "side": line.posting.side.value,
                "amount": line.posting.amount,
                "sequence": line.sequence,
                "balance_after": line.balance_after,
                "value_on": line.entry.value_on,
                "row_id": line.posting.row_id,
                "receipt": line.posting.receipt,
            }
            for line in folded.postings
        ]
        insert_rows(self._session, postings, rows)

    def _write(self, standings: Iterable[Standing]) -> None:
        after = list(standings)
        self._session.execute(
            _WRITE_STANDINGS,
            {
                "ids": [standing.id for standing in after],
                "debits": [standing.debits for standing in after],
                "credits": [standing.credits for standing in after],
                "sequences": [standing.sequence for standing in after],
                "pending_in": [standing.pending_in for standing in after],
                "pending_out": [standing.pending_out for standing in after],
            },
        )


def member_accounts() -> Select[Any]:
    """Return the question for members' accounts with their products' names."""
    return (
        select(
            accounts.c.id,
            accounts.c.member_id,
            accounts.c.office_id,
            accounts.c.code,
            accounts.c.ledger,
            account_terms.c.terms["product_name_bn"].astext.label("product_name_bn"),
            account_terms.c.terms["product_name_en"].astext.label("product_name_en"),
            accounts.c.balance,
            accounts.c.pending_in,
            accounts.c.pending_out,
            accounts.c.closed,
        )
        .join(
            account_terms,
            (account_terms.c.account_id == accounts.c.id)
            & (account_terms.c.version == accounts.c.terms_version),
        )
        .where(accounts.c.member_id.is_not(None))
    )


_SIDES = {side.value: side for side in Side}


def _standing(row: Any) -> Standing:
    return Standing(
        id=row.id,
        office_id=row.office_id,
        grows_on=_SIDES[row.grows_on],
        floor=row.floor,
        debits=row.debits,
        credits=row.credits,
        sequence=row.sequence,
        pending_in=row.pending_in,
        pending_out=row.pending_out,
        closed=row.closed,
        dormant=row.dormant_since is not None,
    )


def _entry_row(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "office_id": entry.office_id,
        "kind": entry.kind.value,
        "business_on": entry.business_on,
        "value_on": entry.value_on,
        "maker_id": entry.maker_id,
        "checker_id": entry.checker_id,
        "officer_id": entry.officer_id,
        "samity_id": entry.samity_id,
        "reason": entry.reason,
        "reverses_entry_id": entry.reverses.entry_id if entry.reverses else None,
        "reverses_row_id": entry.reverses.row_id if entry.reverses else None,
        "fingerprint": entry.fingerprint,
        "lines": len(entry.postings),
    }
