"""A branch's run over its loans at a month's end: what it books (rules L1, M15; mechanics D8). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from contracts.money import NOTHING, Paisa
from contracts.transactions.classes_errors import ClassesTooEarly, ClassRunEnded
from contracts.transactions.classes_words import ClassRunState
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import first_of_month
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import fingerprint

_RUNS = UUID("3f0c5a52-7c1b-5d0e-8f43-2b7a6f1f9c55")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRun:
    """One run of a branch and month, and how far it has come.

    Attributes:
        month: Its first day.
        rules_id: The rules of its month's end.
        frozen_from: The first day of the freeze that covers the month's end.
        total: How many loans there were when it was asked for.
        after_id: The last loan that it has classed; they are taken by id.
    """

    id: str
    office_id: str
    month: date
    rules_id: str
    frozen_from: date | None
    total: int
    asked_by: str
    asked_at: datetime
    fingerprint: str
    state: ClassRunState = ClassRunState.RUNNING
    done: int = 0
    after_id: str | None = None
    provision_needed: Paisa | None = None
    provision_booked: Paisa | None = None
    advance_booked: Paisa | None = None
    finished_at: datetime | None = None

    @property
    def value_on(self) -> date:
        """The calendar month-end: as of when loans are classed and entries are valued (rule M15)."""
        return month_end(self.month)

    @property
    def is_finished(self) -> bool:
        """Whether all is classed and booked."""
        return self.state is ClassRunState.FINISHED

    @property
    def eve_of_freeze(self) -> date | None:
        """The last day on which loans still aged into worse classes."""
        return self.frozen_from - timedelta(days=1) if self.frozen_from else None


@dataclass(frozen=True, slots=True)
class Held:
    """What an account held: by value date at the month's end, and now, in paisa."""

    then: Paisa = NOTHING
    now: Paisa = NOTHING


def month_end(month: date) -> date:
    """Return the last day of the calendar month of a date."""
    return first_of_month(month, 1) - timedelta(days=1)


def run_fingerprint(office_id: str, month: date, asked_by: str) -> str:
    """Return by what a repeated request is known."""
    return fingerprint("run_classes", office_id=office_id, month=month.isoformat(), asked_by=asked_by)


def require_come(on: date, open_on: date) -> None:
    """Let a day be looked at that has come.

    Raises:
        ClassesTooEarly: the branch's open day is before it.
    """
    if open_on < on:
        raise ClassesTooEarly(on=on.isoformat(), open_on=open_on.isoformat())


def require_running(run: ClassRun) -> None:
    """Let a run be cancelled that has not ended.

    Raises:
        ClassRunEnded: it is finished or cancelled.
    """
    if run.state is not ClassRunState.RUNNING:
        raise ClassRunEnded(state=run.state.value)


def provision_accounts(office_id: str) -> tuple[OfficeAccount, OfficeAccount]:
    """Return the expense and the provision of a branch for loan loss."""
    return (
        OfficeAccount(Ledgers.LOAN_LOSS_EXPENSE, office_id),
        OfficeAccount(Ledgers.LOAN_LOSS_PROVISION, office_id),
    )


def advance_accounts(office_id: str, product_code: str) -> tuple[OfficeAccount, OfficeAccount]:
    """Return a branch's income of service charge, and what of a product is paid before it is due."""
    return (
        OfficeAccount(Ledgers.SERVICE_CHARGE, office_id),
        OfficeAccount(Ledgers.CHARGE_IN_ADVANCE, office_id, str(uuid5(_RUNS, f"product:{product_code}"))),
    )


def change_of(needed: int, held: Held) -> Paisa:
    """Return what is to be put aside so that a liability is as needed; less than nothing is given back.

    What was used since the month's end was needed then: no more is given back than is there now.
    """
    return Paisa(max(needed - held.then, -held.now))


def entry_of(
    run: ClassRun,
    business_on: date,
    kind: EntryKind,
    accounts: tuple[OfficeAccount, OfficeAccount],
    change: Paisa,
) -> Entry | None:
    """Return the entry that moves a change between income or expense and a liability; None for nothing.

    Its id follows from what it is for, so that a month is never booked twice.

    Args:
        run: Whose it is; it is valued at the month's end.
        business_on: The branch's open day.
        kind: What it books.
        accounts: What is debited and what is credited when something is put aside.
        change: What is put aside, or, less than nothing, given back.
    """
    if not change:
        return None
    amount, (debited, credited) = Paisa(abs(change)), accounts if change > 0 else accounts[::-1]
    return Entry(
        id=str(uuid5(_RUNS, f"{run.office_id}:{run.month.isoformat()}:{kind}:{accounts[1].id}")),
        office_id=run.office_id,
        kind=kind,
        business_on=business_on,
        value_on=run.value_on,
        postings=(Posting(debited.id, Side.DEBIT, amount), Posting(credited.id, Side.CREDIT, amount)),
        maker_id=run.asked_by,
    )


def advance_entries(
    run: ClassRun, business_on: date, needed: Mapping[str, Paisa], held: Mapping[str, Held]
) -> tuple[Entry, ...]:
    """Return the entries that bring the charge in advance of each product to what it is (mechanics D8).

    Args:
        run: Whose they are.
        business_on: The branch's open day.
        needed: Charge that was paid and not due by the month's end, by product.
        held: What the liability of each product held, for at least those of `needed`.
    """
    found = (
        entry_of(
            run,
            business_on,
            EntryKind.CHARGE_ADVANCE,
            advance_accounts(run.office_id, product),
            change_of(needed.get(product, NOTHING), held[product]),
        )
        for product in sorted(held)
    )
    return tuple(entry for entry in found if entry is not None)
