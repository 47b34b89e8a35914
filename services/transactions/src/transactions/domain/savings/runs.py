"""Runs of interest over a branch: put aside by the month, then credited, each account once (M15). Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID, uuid5

from contracts.money import NOTHING, Paisa
from contracts.transactions.interest_errors import InterestRunEnded, MonthNotOver, MonthNotSettled
from contracts.transactions.interest_words import InterestRunKind, InterestRunState
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay, first_of_month
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import fingerprint
from transactions.domain.savings.earning import Earner, is_posted_by_runs
from transactions.domain.savings.interest import A_DAY

_ENTRIES = UUID("d3a3c1d8-5d5d-5c1e-9a0b-3f9f1f6a2b57")


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestRun:
    """A run as it stands.

    Attributes:
        month: The first day of the month up to whose end interest is counted.
        after_account: The last account it has looked at, by id; None before the first.
        accounts: How many there were to look at when it was asked for.
        looked_at: How many it has looked at.
        moved: For how many of them something was booked.
        amount: What was put aside or credited, in paisa.
    """

    id: str
    office_id: str
    kind: InterestRunKind
    month: date
    state: InterestRunState
    asked_by: str
    asked_at: datetime
    after_account: str | None = None
    accounts: int = 0
    looked_at: int = 0
    moved: int = 0
    amount: Paisa = NOTHING
    finished_at: datetime | None = None

    @property
    def through(self) -> date:
        """The calendar month-end: the last day that counts, and the value date (rule M15)."""
        return first_of_month(self.month, 1) - A_DAY

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "interest_run", office=self.office_id, kind=self.kind.value, month=self.month.isoformat()
        )


@dataclass(frozen=True, slots=True)
class Share:
    """What a run books for one account, in paisa.

    Attributes:
        amount: What is put aside, or credited to her; less than nothing takes back what was put aside.
        provided: What of it comes from what was put aside before; nothing in a run that puts aside.
    """

    account_id: str
    product_code: str
    amount: Paisa
    provided: Paisa = NOTHING


def require_month_over(month: date, day: OpenDay) -> None:
    """Let interest of a month be counted when its last working day is closed (rule M15).

    Raises:
        MonthNotOver: the branch's open day is not behind the month.
    """
    if (day.on.year, day.on.month) <= (month.year, month.month):
        raise MonthNotOver(month=f"{month:%Y-%m}", on=day.on.isoformat())


def require_settled(unallocated: int) -> None:
    """Let interest be counted when every receipt of the month has its account (rules M5, M15).

    Raises:
        MonthNotSettled: with how many have none.
    """
    if unallocated:
        raise MonthNotSettled(unallocated=unallocated)


def require_running(run: InterestRun) -> None:
    """Let a run be cancelled that has not ended.

    Raises:
        InterestRunEnded: it is finished or cancelled.
    """
    if run.state is not InterestRunState.RUNNING:
        raise InterestRunEnded(state=run.state.value)


def accruals(run: InterestRun, earners: Iterable[Earner]) -> tuple[Share, ...]:
    """Return what a month adds to what is put aside for each account; nothing is left out."""
    shares = (Share(_id(each), _product(each), each.accrual(run.through)) for each in earners)
    return tuple(share for share in shares if share.amount)


def credited(run: InterestRun, earners: Iterable[Earner]) -> tuple[Share, ...]:
    """Return what each account that is credited in this month has earned, also where that is nothing."""
    return tuple(
        Share(_id(each), _product(each), each.earned(run.through), each.provided)
        for each in earners
        if _is_credited(run, each)
    )


def _is_credited(run: InterestRun, earner: Earner) -> bool:
    """Tell whether a run credits an account: one that was open by then, in a month of its terms."""
    terms = earner.agreement
    in_time = earner.opened_on <= run.through and run.month.month in terms.posting_months
    return in_time and is_posted_by_runs(terms)


def entries_of_accruals(run: InterestRun, shares: Sequence[Share], day: OpenDay) -> Iterator[Entry]:
    """Yield an entry a product: expense on the one side, what is put aside on the other."""
    for product, of_product in _by_product(shares):
        amount = sum(share.amount for share in of_product)
        postings = (
            *signed(OfficeAccount(Ledgers.INTEREST_EXPENSE, run.office_id).id, Side.DEBIT, amount),
            *signed(OfficeAccount(Ledgers.INTEREST_PROVISION, run.office_id).id, Side.CREDIT, amount),
        )
        if postings:
            yield _entry(run, EntryKind.INTEREST_PROVISION, product, postings, day)


def entries_of_credits(run: InterestRun, shares: Sequence[Share], day: OpenDay) -> Iterator[Entry]:
    """Yield an entry a product: each account's interest, from what was put aside and else from expense."""
    for product, of_product in _by_product(shares):
        interest = sum(share.amount for share in of_product)
        provided = sum(share.provided for share in of_product)
        postings = (
            *from_provision(run.office_id, interest, provided),
            *(
                Posting(share.account_id, Side.CREDIT, share.amount, row_id(run.id, share.account_id))
                for share in of_product
                if share.amount
            ),
        )
        if postings:
            yield _entry(run, EntryKind.INTEREST, product, postings, day)


def from_provision(office_id: str, interest: int, provided: int) -> tuple[Posting, ...]:
    """Return whence interest comes: what was put aside, and expense for the rest; both in paisa.

    Where more was put aside than is paid, the rest is taken back from expense.
    """
    return (
        *signed(OfficeAccount(Ledgers.INTEREST_PROVISION, office_id).id, Side.DEBIT, provided),
        *signed(OfficeAccount(Ledgers.INTEREST_EXPENSE, office_id).id, Side.DEBIT, interest - provided),
    )


def signed(account_id: str, side: Side, amount: int) -> tuple[Posting, ...]:
    """Return the posting of an amount that may be less than nothing: then it stands on the other side."""
    if not amount:
        return ()
    return (Posting(account_id, side if amount > 0 else side.other, Paisa(abs(amount))),)


def row_id(run_id: str, account_id: str) -> str:
    """Return the id of an account's row in a run."""
    return str(uuid5(_ENTRIES, f"{run_id}:{account_id}"))


def _by_product(shares: Iterable[Share]) -> Iterator[tuple[str, list[Share]]]:
    ordered = sorted(shares, key=attrgetter("product_code", "account_id"))
    grouped: Mapping[str, list[Share]] = {
        product: list(of_product) for product, of_product in groupby(ordered, attrgetter("product_code"))
    }
    return iter(grouped.items())


def _entry(
    run: InterestRun, kind: EntryKind, product: str, postings: tuple[Posting, ...], day: OpenDay
) -> Entry:
    part = f"{run.id}:{product}:{run.after_account or ''}"
    # What is credited stands in passbooks, where a product's code is no reason.
    return Entry(
        id=str(uuid5(_ENTRIES, part)),
        office_id=run.office_id,
        kind=kind,
        business_on=day.on,
        value_on=run.through,
        maker_id=run.asked_by,
        reason=f"{product} {run.month:%Y-%m}" if kind is EntryKind.INTEREST_PROVISION else None,
        postings=postings,
    )


def _id(earner: Earner) -> str:
    return earner.agreement.account_id


def _product(earner: Earner) -> str:
    return str(earner.agreement.terms.get("product_code") or "")
