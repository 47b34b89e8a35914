"""The beginning of an office's book (P13), and the end of its years (M15): two people each time."""

from uuid import UUID, uuid5

from contracts.money import format_taka
from contracts.transactions.book_errors import (
    FromAbove,
    LaterYearClosed,
    MonthEndMissing,
    OfficeHasDays,
    YearClosed,
)
from contracts.transactions.cut_over_errors import CutOverRuns
from contracts.transactions.ledger_errors import PartitionMissing
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.book.manual import require_line
from transactions.domain.book.years import (
    FiscalYear,
    Opening,
    Result,
    Signed,
    accounts_of_closing,
    entry_of_opening,
    entry_of_year,
    facts_of_result,
    opening_of_facts,
    require_over,
    result_of,
)
from transactions.domain.closings import Closing
from transactions.domain.days import BranchDay, DayStatus, OpenDay
from transactions.domain.people import Office
from transactions.domain.requests import fingerprint, require_same
from transactions.operations.days import CLOSE_DAY
from transactions.repository import Books
from transactions.repository.scope import Scope

_CLOSINGS = UUID("0e7f4a7c-6a0f-5b47-9d36-5b3a1d2c9e44")


def propose_opening(books: Books, opening: Opening) -> ApprovalState:
    """Ask for an office's opening balances to be booked on the day on which it is cut over (rule P13).

    Raises:
        NotFound: the office is not in the caller's scope.
        FromAbove: the caller is not above the office.
        OfficeHasDays, CutOverRuns, OpeningTooLate, PartitionMissing: as `_require_first`.
        LedgerUnknown, LedgerSumsUp, LedgerControlled, BankAccountUnknown, InvalidPayload: as `require_line`
            and `entry_of_opening`.
        IdConflict: the id was used for another request.
    """
    known = books.approvals.find(opening.id)
    if known is not None:
        require_same(known.fingerprint, opening.fingerprint)
        return known.state
    office = books.people.office(opening.office_id, Scope.of(books.work.actor))
    _require_above(books, office)
    _require_first(books, opening)
    chart, banks = books.chart.on(opening.on), books.chart.banks(office.id)
    for line in opening.lines:
        require_line(line, chart, banks)
    entry_of_opening(opening, chart, opening.maker_id)
    approval = Approval(
        id=opening.id,
        kind=ApprovalKind.OPENING.value,
        office_id=office.id,
        subject_id=office.id,
        fingerprint=opening.fingerprint,
        maker_id=opening.maker_id,
        made_at=opening.made_at,
        facts={"subject_bn": office.name_bn, "subject_en": office.name_en, **opening.facts(chart, banks)},
    )
    if not books.approvals.propose(approval):
        faster = books.approvals.find(opening.id)
        if faster is None:
            raise OfficeHasDays(on=opening.on.isoformat())
        require_same(faster.fingerprint, opening.fingerprint)
    books.work.audit("propose_opening", "office", office.id, {"on": opening.on.isoformat()})
    return ApprovalState.WAITING


def decide_opening(books: Books, approval: Approval, *, approve: bool) -> None:
    """Book opening balances on a day of their own, and let it be closed: nobody else ever posts on it.

    Raises:
        FromAbove: the caller is not above the office.
        OfficeHasDays, CutOverRuns, OpeningTooLate, PartitionMissing: as `_require_first`.
    """
    if not approve:
        return
    office = books.people.office(approval.office_id, Scope.everything())
    _require_above(books, office)
    opening = opening_of_facts(approval.id, office.id, approval.maker_id, approval.made_at, approval.facts)
    _require_first(books, opening)
    actor, chart = books.work.actor, books.chart.on(opening.on)
    books.days.open(office.id, opening.on, actor.person_id)
    books.ledger.ensure(line.account(office.id, chart) for line in opening.balanced_lines)
    books.ledger.post([entry_of_opening(opening, chart, actor.person_id)])
    books.years.check_now()
    closing_id = str(uuid5(_CLOSINGS, opening.id))
    closing = Closing(id=closing_id, office_id=office.id, on=opening.on, asked_by=actor.person_id)
    books.days.start_closing(BranchDay(office.id, opening.on, DayStatus.OPEN), actor.person_id)
    books.closing.ask(closing)
    books.work.plan(CLOSE_DAY, closing.id, {"office_id": office.id, "on": opening.on.isoformat()})
    books.work.audit("post_opening", "entry", opening.id, {"office_id": office.id})


def _require_above(books: Books, office: Office) -> None:
    """Let opening balances come from above the office; the head office has nothing above it (rule P13)."""
    actor = books.work.actor
    if office.parent_id is not None and actor.office_id == office.id:
        raise FromAbove


def _require_first(books: Books, opening: Opening) -> None:
    """Let an office begin that has no business day yet.

    Raises:
        OfficeHasDays: it has begun.
        CutOverRuns: its members' balances are being brought over (rule P13).
        OpeningTooLate: as `require_over`.
        PartitionMissing: the books have no room for the month.
    """
    if books.cut_overs.runs(opening.office_id):
        raise CutOverRuns
    newest = books.days.newest(opening.office_id)
    if newest is not None:
        raise OfficeHasDays(on=newest.on.isoformat())
    require_over(opening.on, books.work.today)
    if not books.partitions.has_room(opening.on):
        raise PartitionMissing(month=f"{opening.on:%Y-%m}")


def propose_year_closing(books: Books, request_id: str, office_id: str, year_name: str) -> ApprovalState:
    """Ask for a year's income and expense to be brought to the fund.

    Raises:
        NotFound: the office is not in the caller's scope.
        InvalidPayload: there is no such year.
        DayNotOpen, DayIsClosing: as the ledger.
        YearNotOver, YearClosed, LaterYearClosed, MonthEndMissing: as `_require_its_turn`.
        IdConflict: the id was used for another request.
    """
    actor = books.work.actor
    year = FiscalYear.of(year_name)
    asked = fingerprint("close_year", office_id=office_id, year=year.name, maker_id=actor.person_id)
    known = books.approvals.find(request_id)
    if known is not None:
        require_same(known.fingerprint, asked)
        return known.state
    office = books.people.office(office_id, Scope.of(actor))
    day = books.days.hold_open(office.id)
    _require_its_turn(books, year, day)
    approval = Approval(
        id=request_id,
        kind=ApprovalKind.YEAR_CLOSING.value,
        office_id=office.id,
        subject_id=_subject_of(office.id, year),
        fingerprint=asked,
        maker_id=actor.person_id,
        made_at=books.work.now,
        facts={
            "subject_bn": office.name_bn,
            "subject_en": office.name_en,
            **facts_of_result(_result(books, year, day), year),
        },
    )
    if not books.approvals.propose(approval):
        faster = books.approvals.find(request_id)
        if faster is None:
            raise YearClosed(year=year.name)
        require_same(faster.fingerprint, asked)
    books.work.audit("propose_year_closing", "office", office.id, {"year": year.name})
    return ApprovalState.WAITING


def decide_year_closing(books: Books, approval: Approval, *, approve: bool) -> None:
    """Post the one entry that brings a year to the fund, valued on 30 June; what is booked stands as it was.

    Raises:
        DayNotOpen, DayIsClosing: as the ledger.
        YearNotOver, YearClosed, LaterYearClosed, MonthEndMissing: as `_require_its_turn`.
    """
    if not approve:
        return
    signed = Signed(id=approval.id, maker_id=approval.maker_id, checker_id=books.work.actor.person_id)
    close_year(books, approval.office_id, FiscalYear.of(approval.facts["year"]), signed)


def close_year(books: Books, office_id: str, year: FiscalYear, signed: Signed) -> None:
    """Bring a year to the fund, as two people have agreed.

    Raises:
        DayNotOpen, DayIsClosing: as the ledger.
        YearNotOver, YearClosed, LaterYearClosed, MonthEndMissing: as `_require_its_turn`.
    """
    day = books.days.hold_open(office_id)
    _require_its_turn(books, year, day)
    result = _result(books, year, day)
    if not books.years.add(year, day, signed, result.surplus):
        raise YearClosed(year=year.name)
    entry = entry_of_year(result, year, day, signed)
    if entry is not None:
        books.ledger.ensure(accounts_of_closing(result, day.office_id))
        books.ledger.post([entry])
    facts = {"year": year.name, "surplus": format_taka(result.surplus)}
    books.work.audit("close_year", "office", day.office_id, facts)


def _result(books: Books, year: FiscalYear, day: OpenDay) -> Result:
    return result_of(books.years.valued_until(day.office_id, year.ends_on), books.chart.whole())


def _require_its_turn(books: Books, year: FiscalYear, day: OpenDay) -> None:
    """Let a year be closed after June's month-end, once, and after those before it (rule M15).

    Raises:
        YearNotOver: the office still posts in it.
        YearClosed: it is closed.
        LaterYearClosed: a later one is.
        MonthEndMissing: its last month is not closed.
    """
    year.require_over(day)
    newest = books.years.newest(day.office_id)
    if newest == year.name:
        raise YearClosed(year=year.name)
    if newest is not None and newest > year.name:
        raise LaterYearClosed(year=newest)
    if not books.months.closed_of([(day.office_id, year.last_month)]):
        raise MonthEndMissing(month=f"{year.last_month:%Y-%m}")


def _subject_of(office_id: str, year: FiscalYear) -> str:
    """Return by what one request a year and office is known."""
    return str(uuid5(UUID(office_id), year.name))
