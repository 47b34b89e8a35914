"""Writing off what has long been bad, and what is recovered afterwards (domain 4.9). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.money import NOTHING, PAISA_PER_TAKA, Paisa, format_taka
from contracts.transactions.lending_endings_errors import (
    NotBadLongEnough,
    NotProvided,
    NotWriteOffDay,
    OverTheClaim,
)
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.classes import ClassRules
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.paying import credited
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.domain.lending.standing import oldest_unpaid_on
from transactions.domain.savings.closing import Signed

BAD_YEARS = 2
"""How many years it is bad at least before it may be written off: the least that the circular on write-offs
asks for, so no setting of ours may shorten it; whoever wants to wait longer proposes it later."""
PAUSE_DAYS = 10
"""How long a branch may rest around a half-year's end: the longest holidays are shorter."""
_HALF_YEARS = ((6, 30), (12, 31))


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffTerms:
    """What writing a loan off books, and since when it is bad.

    Attributes:
        bad_since: The day on which it became bad; None while it is not.
        allowed_from: From when it has been bad for long enough.
        outstanding: The principal that is written off, in paisa.
        claim: What she goes on owing, in paisa: the principal, and the charge that is earned.
    """

    on: date
    bad_since: date | None
    allowed_from: date | None
    outstanding: Paisa
    claim: Paisa


def bad_since(schedule: Schedule, principal_paid: Paisa, on: date, rules: ClassRules) -> date | None:
    """Return since when a loan is bad; None while it is not.

    Args:
        schedule: The one in force.
        principal_paid: What is paid of its principal, in paisa.
        on: The day on which it is asked.
        rules: The classes in force on that day: they say when a loan is bad.
    """
    oldest = oldest_unpaid_on(schedule, principal_paid, on)
    since = oldest + timedelta(days=rules.bad_after_days) if oldest else None
    return since if since is not None and since < on else None


def write_off_terms(schedule: Schedule, paid: Amounts, on: date, rules: ClassRules) -> WriteOffTerms:
    """Return what writing a running loan off on a day books, by the classes in force on it."""
    since = bad_since(schedule, paid.principal, on, rules)
    outstanding = Paisa(schedule.whole.principal - paid.principal)
    earned = max(NOTHING, schedule.earned(on) - paid.charge)
    return WriteOffTerms(
        on=on,
        bad_since=since,
        allowed_from=_years_later(since, BAD_YEARS) if since else None,
        outstanding=outstanding,
        claim=Paisa(outstanding + earned),
    )


def half_year_end(on: date) -> date:
    """Return the newest 30 June or 31 December that is not after a day."""
    ends = (date(year, month, day) for year in (on.year, on.year - 1) for month, day in _HALF_YEARS)
    return max(end for end in ends if end <= on)


def require_write_off_day(day: OpenDay, *, first_since: date | None) -> date:
    """Let loans be written off for a half-year's end: on that day, or on the next one that opens after it.

    Args:
        day: The branch's open day.
        first_since: The branch's first business day after the half-year's end.

    Returns:
        The half-year's end, which is the value date.

    Raises:
        NotWriteOffDay: with when it will be possible.
    """
    end = half_year_end(day.on)
    if day.on not in {end, first_since} or (day.on - end).days > PAUSE_DAYS:
        raise NotWriteOffDay(on=day.on.isoformat())
    return end


def require_write_off(terms: WriteOffTerms, *, provided: Paisa) -> None:
    """Let a loan be written off that has been bad for two years and is provided for in full.

    Raises:
        NotBadLongEnough: with since when it is bad.
        NotProvided: the provision holds less than is written off.
    """
    if terms.allowed_from is None or terms.allowed_from > terms.on:
        raise NotBadLongEnough(
            bad_since=terms.bad_since.isoformat() if terms.bad_since else None, years=BAD_YEARS
        )
    if provided < terms.outstanding:
        raise NotProvided(provided=format_taka(provided), outstanding=format_taka(terms.outstanding))


def entry_of_write_off(
    terms: WriteOffTerms, loan: Loan, day: OpenDay, signed: Signed, *, value_on: date
) -> Entry:
    """Return the entry that takes the loan out of the portfolio, against its provision."""
    provision = OfficeAccount(Ledgers.LOAN_LOSS_PROVISION, loan.office_id)
    return Entry(
        id=signed.id,
        office_id=loan.office_id,
        kind=EntryKind.WRITE_OFF,
        business_on=day.on,
        value_on=value_on,
        maker_id=signed.maker_id,
        checker_id=signed.checker_id,
        reason=signed.reason,
        postings=(
            Posting(provision.id, Side.DEBIT, terms.outstanding),
            *credited(loan, Amounts(terms.outstanding), signed.id),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a member goes on owing of a loan that was written off, in paisa."""

    claimed: Paisa
    recovered: Paisa

    @property
    def left(self) -> Paisa:
        """What is not recovered yet."""
        return Paisa(max(0, self.claimed - self.recovered))


def require_within_claim(claim: Claim, amount: Paisa) -> None:
    """Let a recovery be paid up to the claim, its paisa rounded up to a whole taka (rule M11).

    Raises:
        OverTheClaim: with what is left of it.
    """
    if amount > -(-claim.left // PAISA_PER_TAKA) * PAISA_PER_TAKA:
        raise OverTheClaim(left=format_taka(claim.left))


def recovery_account(office_id: str, loan_id: str) -> OfficeAccount:
    """Return where recoveries of one loan are income."""
    return OfficeAccount(Ledgers.RECOVERED_LOANS, office_id, loan_id)


def _years_later(on: date, years: int) -> date:
    """Return the same day some years later; 29 February falls on 1 March."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return date(on.year + years, 3, 1)
