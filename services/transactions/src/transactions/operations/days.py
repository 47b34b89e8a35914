"""Opening an office's first day, and asking for the closing of the one that is open (mechanics D4, D6)."""

from datetime import date

from contracts.money import Paisa, format_taka
from contracts.transactions.cut_over_errors import CutOverRuns
from contracts.transactions.ledger_errors import DayIsClosing, DayNotOpen, DayNotWorking, PartitionMissing
from contracts.transactions.ledger_words import ApprovalKind, Moment
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.closings import Closing
from transactions.domain.days import (
    Counted,
    DayStatus,
    Missing,
    is_working,
    missing_of_vault,
    require_no_day,
    require_ready,
)
from transactions.operations.sheets import issue_sheets
from transactions.repository import Books
from transactions.repository.scope import Scope

CLOSE_DAY = "close_day"
"""The step that the batch process takes."""


def open_day(books: Books, office_id: str, on: date) -> None:
    """Open the first business day of an office; asked again for the same date, nothing changes.

    Raises:
        NotFound: the office is not in the caller's scope.
        DayAlreadyOpen: it has another day; the next one is opened by closing.
        DayNotWorking: the date is a Friday or a declared holiday.
        CutOverRuns: its members' balances are being brought over (rule P13).
        PartitionMissing: the books have no room for its month.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    newest = books.days.newest(office.id)
    if newest is not None and newest.on == on and newest.status is DayStatus.OPEN:
        return
    if books.cut_overs.runs(office.id):
        raise CutOverRuns
    require_no_day(newest)
    if not is_working(on, books.days.holidays(office.id, date.min)):
        raise DayNotWorking(on=on.isoformat())
    start_day(books, office.id, on, books.work.actor.person_id)
    books.work.audit("open_day", "office", office.id, {"on": on.isoformat()})


def start_day(books: Books, office_id: str, on: date, opened_by: str) -> None:
    """Let an office post on a day, with a vault and with the sheets of its samities.

    Raises:
        PartitionMissing: the books have no room for its month.
    """
    if not books.partitions.has_room(on):
        raise PartitionMissing(month=f"{on:%Y-%m}")
    books.days.open(office_id, on, opened_by)
    books.ledger.ensure([OfficeAccount(Ledgers.VAULT, office_id)])
    issue_sheets(books, office_id, on=on, today=books.work.today)


def close_day(books: Books, closing_id: str, office_id: str, on: date) -> Closing:
    """Take on the closing of the open day: nobody posts on it any more, the batch process does the rest.

    Raises:
        NotFound: the office is not in the caller's scope.
        DayNotOpen: the date is not the office's open day.
        DayNotReady: with everything that is missing.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    day = books.days.lock(office.id, on)
    if day is None:
        raise DayNotOpen(office_id=office_id)
    if day.status is not DayStatus.OPEN:
        known = books.closing.find(office.id, on)
        if known is None:
            raise DayIsClosing(on=on.isoformat())
        return known
    require_ready(missing(books, office.id, on))
    before = books.closing.find(office.id, on)
    closing = Closing(
        id=closing_id,
        office_id=office.id,
        on=on,
        asked_by=books.work.actor.person_id,
        number=before.number + 1 if before else 1,
    )
    books.days.start_closing(day, closing.asked_by)
    books.closing.ask(closing)
    books.work.plan(CLOSE_DAY, closing.id, {"office_id": office.id, "on": on.isoformat()})
    books.work.audit("close_day", "office", office.id, {"on": on.isoformat()})
    return closing


def missing(books: Books, office_id: str, on: date) -> tuple[Missing, ...]:
    """Return everything that stands between a day and its closing."""
    return (
        *books.collection.missing(office_id, on),
        *_officers_with_cash(books, office_id, on),
        *_reversals_waiting(books, office_id),
        *_vouchers_waiting(books, office_id),
        *_vault(books, office_id, on),
    )


def _officers_with_cash(books: Books, office_id: str, on: date) -> tuple[Missing, ...]:
    """Name officers who hold cash in the book that they have not declared to hold overnight (M3, M7)."""
    declared = books.collection.deferrals.cash_overnight(office_id, on)
    of_all = books.ledger.cash_of_officers(office_id)
    held = {officer: amount for officer, amount in of_all.items() if amount > declared.get(officer, 0)}
    names = books.people.names_of(held)
    return tuple(
        Missing(
            "OFFICER_CASH_NOT_ZERO",
            {
                "officer_id": officer_id,
                "officer_name_bn": names[officer_id].name_bn if officer_id in names else "",
                "officer_name_en": names[officer_id].name_en if officer_id in names else "",
                "amount": format_taka(Paisa(amount)),
            },
        )
        for officer_id, amount in held.items()
    )


def _reversals_waiting(books: Books, office_id: str) -> tuple[Missing, ...]:
    waiting = books.approvals.waiting_of_kind(office_id, ApprovalKind.REVERSAL)
    return tuple(Missing("REVERSAL_NOT_DECIDED", {"approval_id": approval.id}) for approval in waiting)


_BY_HAND = (
    ApprovalKind.VOUCHER,
    ApprovalKind.VOUCHER_UNDOING,
    ApprovalKind.REMITTANCE,
    ApprovalKind.REMITTANCE_TAKING,
)


def _vouchers_waiting(books: Books, office_id: str) -> tuple[Missing, ...]:
    return tuple(
        Missing("VOUCHER_NOT_DECIDED", {"approval_id": approval.id})
        for kind in _BY_HAND
        for approval in books.approvals.waiting_of_kind(office_id, kind)
    )


def _vault(books: Books, office_id: str, on: date) -> tuple[Missing, ...]:
    booked = Paisa(books.ledger.balance(OfficeAccount(Ledgers.VAULT, office_id)))
    opening, closing = (_counted(books, office_id, on, moment) for moment in Moment)
    return missing_of_vault(booked, opening, closing)


def _counted(books: Books, office_id: str, on: date, moment: Moment) -> Counted | None:
    count = books.counts.last(office_id, on, moment)
    return Counted(count.total, confirmed=count.confirmed_by is not None) if count else None
