"""A provider's statement: each payment put onto its account, known already, or waiting (rule M14). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from contracts.money import Paisa
from contracts.transactions.mobile_money_errors import LineNotWaiting, StatementAhead, StatementOfAnother
from contracts.transactions.mobile_money_words import LineState, Unmatched
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.paying import credited
from transactions.domain.lending.payments import allocate
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.domain.rows import COLLECTED_LEDGERS
from transactions.domain.value_dates import PROVIDER_DAYS

_LINES = UUID("5f0a7a6e-9b0f-5c34-8d1d-6c1c2a4b7e14")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One payment as the provider states it, with what it is in the book.

    Attributes:
        amount: Paisa.
        reference: What the payer wrote: the code of her account or loan.
        payer: From which telephone, as far as the statement shows it.
        row_id: The row of the counter or of a sheet that told of it before.
        entry_id: Which entry books it, and bears its id; None where that row does.
    """

    id: str
    office_id: str
    provider: str
    provider_id: str
    paid_on: date
    amount: Paisa
    reference: str | None
    payer: str | None
    state: LineState = LineState.SUSPENSE
    why: Unmatched | None = None
    account_id: str | None = None
    row_id: str | None = None
    entry_id: str | None = None

    @property
    def facts(self) -> tuple[str, date, Paisa]:
        """What a repetition must repeat."""
        return (self.office_id, self.paid_on, self.amount)

    @property
    def receipt(self) -> str:
        """The number that stands in her passbook: the provider's own."""
        return f"{self.provider}-{self.provider_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A row of the counter or of a sheet that says the money came by telephone, without a statement yet."""

    row_id: str
    account_id: str
    amount: Paisa
    value_on: date


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """A held loan with what is paid of it, in paisa."""

    loan: Loan
    schedule: Schedule
    paid: Amounts


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with where it goes; `credits` is empty where nothing is to be booked."""

    line: Line
    credits: tuple[Posting, ...]


def line_id(provider: str, provider_id: str) -> str:
    """Return the id of a line, which follows from the provider's: it is taken once, whoever brings it."""
    return str(uuid5(_LINES, f"{provider}:{provider_id}"))


def require_not_ahead(lines: Iterable[Line], day: OpenDay) -> None:
    """Take no statement of days that the branch has not opened.

    Raises:
        StatementAhead: it tells of one.
    """
    last = max(line.paid_on for line in lines)
    if last > day.on:
        raise StatementAhead(paid_on=last.isoformat(), on=day.on.isoformat())


def new_lines(lines: Iterable[Line], known: Mapping[str, Line]) -> tuple[Line, ...]:
    """Return the lines that nobody has brought before, each once.

    Raises:
        StatementOfAnother: one is known with another day, amount or branch.
    """
    seen, found = dict(known), []
    for line in lines:
        before = seen.setdefault(line.id, line)
        if before.facts != line.facts:
            raise StatementOfAnother(provider_id=line.provider_id)
        if before is line:
            found.append(line)
    return tuple(found)


def place(
    line: Line, account: MemberAccount | None, refused: Mapping[str, Unmatched], loans: dict[str, OpenLoan]
) -> Placed:
    """Return where a line goes: onto its account, or into suspense with the reason.

    Args:
        line: The line.
        account: Whose code it names; None where there is none.
        refused: Members whose accounts take nothing by a machine: who has died, the caller's own and kin.
        loans: The held loans by account; what a line pays is counted for those that follow.
    """
    why = _why_not(line, account, refused)
    if account is None or why is not None:
        return _waiting(line, why or Unmatched.NO_ACCOUNT)
    if not account.is_loan:
        return _posted(line, account, (Posting(account.id, Side.CREDIT, line.amount, line.id, line.receipt),))
    return _place_on_loan(line, account, loans)


def _place_on_loan(line: Line, account: MemberAccount, loans: dict[str, OpenLoan]) -> Placed:
    held = loans.get(account.id)
    if held is None or not held.loan.is_running:
        return _waiting(line, Unmatched.ACCOUNT_CLOSED)
    allocation = allocate(held.schedule, held.paid, line.amount)
    if allocation.surplus:
        return _waiting(line, Unmatched.MORE_THAN_THE_LOAN)
    loans[account.id] = replace(held, paid=held.paid + allocation.loan)
    return _posted(line, account, credited(held.loan, allocation.loan, line.id, line.receipt))


def _posted(line: Line, account: MemberAccount, given: tuple[Posting, ...]) -> Placed:
    booked = replace(line, state=LineState.POSTED, account_id=account.id, entry_id=line.id)
    return Placed(booked, given)


def _waiting(line: Line, why: Unmatched) -> Placed:
    return Placed(replace(line, state=LineState.SUSPENSE, why=why, entry_id=line.id), ())


def _why_not(line: Line, account: MemberAccount | None, refused: Mapping[str, Unmatched]) -> Unmatched | None:
    if account is None:
        return Unmatched.NO_ACCOUNT
    if account.office_id != line.office_id:
        return Unmatched.ANOTHER_BRANCH
    if account.closed:
        return Unmatched.ACCOUNT_CLOSED
    if account.ledger not in COLLECTED_LEDGERS:
        return Unmatched.NOT_COLLECTED
    return refused.get(account.member_id)


def told_before(line: Line, account_id: str | None, claims: Sequence[Claim]) -> Claim | None:
    """Return the row that told of the same money before: same account, same amount, a few days apart."""
    near = timedelta(days=PROVIDER_DAYS)
    same = (
        claim
        for claim in claims
        if (claim.account_id, claim.amount) == (account_id, line.amount)
        and abs(claim.value_on - line.paid_on) <= near
    )
    return min(same, key=lambda claim: (abs(claim.value_on - line.paid_on), claim.row_id), default=None)


def without(claims: Sequence[Claim], taken: Claim) -> tuple[Claim, ...]:
    """Return the claims that are left: a row tells of one payment only."""
    return tuple(claim for claim in claims if claim.row_id != taken.row_id)


def entry_of_line(placed: Placed, day: OpenDay, by: str) -> Entry:
    """Return the entry of a line: the wallet against her account, or against what waits without one."""
    line = placed.line
    suspense = OfficeAccount(Ledgers.MOBILE_SUSPENSE, line.office_id)
    return Entry(
        id=line.id,
        office_id=line.office_id,
        kind=EntryKind.MOBILE_MONEY,
        business_on=day.on,
        value_on=line.paid_on,
        maker_id=by,
        postings=(
            Posting(OfficeAccount(Ledgers.MOBILE_MONEY, line.office_id).id, Side.DEBIT, line.amount),
            *(placed.credits or (Posting(suspense.id, Side.CREDIT, line.amount),)),
        ),
    )


def entry_of_match(line: Line, given: tuple[Posting, ...], day: OpenDay, by: str, reason: str) -> Entry:
    """Return the entry that puts a waiting line onto an account, with the provider's date."""
    suspense = OfficeAccount(Ledgers.MOBILE_SUSPENSE, line.office_id)
    return Entry(
        id=str(uuid5(UUID(line.id), "match")),
        office_id=line.office_id,
        kind=EntryKind.MOBILE_MONEY,
        business_on=day.on,
        value_on=line.paid_on,
        maker_id=by,
        reason=reason,
        postings=(Posting(suspense.id, Side.DEBIT, line.amount), *given),
    )


def known_by(line: Line, claim: Claim) -> Line:
    """Return a line of which the counter or a sheet told before: it is booked by that row."""
    return replace(line, state=LineState.KNOWN, why=None, account_id=claim.account_id, row_id=claim.row_id)


def require_waiting(line: Line) -> None:
    """Let a line be given an account once.

    Raises:
        LineNotWaiting: it has one.
    """
    if line.state is not LineState.SUSPENSE:
        raise LineNotWaiting(state=line.state.value)


def office_accounts_of(office_id: str) -> tuple[OfficeAccount, ...]:
    """Return the accounts of the office that lines are booked on."""
    return (
        OfficeAccount(Ledgers.MOBILE_MONEY, office_id),
        OfficeAccount(Ledgers.MOBILE_SUSPENSE, office_id),
    )


def last_entries(placed: Iterable[Placed]) -> dict[str, str]:
    """Return the last entry of those that put money onto an account, by account."""
    return {one.line.account_id: one.line.id for one in placed if one.credits and one.line.account_id}
