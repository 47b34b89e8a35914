"""Bringing a branch's balances over: taken as waiting rows, posted at once, confirmed by samities (P13)."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid5

from contracts.errors import IdConflict, PersonExcluded
from contracts.transactions.cut_over import CUT_OVER_POSTED
from contracts.transactions.cut_over_errors import (
    CutOverRuns,
    NothingToConfirm,
    OwnSamityList,
)
from contracts.transactions.ledger_errors import PartitionMissing
from transactions.domain.book.years import require_over
from transactions.domain.closings import Closing
from transactions.domain.cut_over import (
    Chunk,
    Confirmation,
    CutOver,
    CutOverState,
    HandedOver,
    entries_of_chunk,
    office_accounts_of,
    require_beginning,
    require_waiting,
    require_whole,
    suspense_of,
    to_confirm,
)
from transactions.domain.days import BranchDay, DayStatus
from transactions.domain.requests import require_same
from transactions.operations.days import CLOSE_DAY
from transactions.repository import Books
from transactions.repository.scope import Scope

POST_BALANCES = "post_balances"
"""The step that the batch process takes."""
Reader = Callable[[CutOver, Mapping[str, Any]], Chunk]
"""Reads a chunk that is kept in its wire form."""
_CLOSINGS = UUID("3f0b6f34-7a86-5c55-8b62-0a5d9a0e4c11")


def begin(books: Books, cut_over: CutOver) -> CutOverState:
    """Let nobody work in a branch until its members' balances are in its book; repeated, do nothing.

    Where head office has written opening balances, members' balances are a supplement to their day, and the
    day that was opened after it waits until then (rule M16).

    Raises:
        BranchHasWorked, CutOverOnAnotherDay: as `require_beginning`.
        OpeningTooLate: the day is to come.
        PartitionMissing: the books have no room for its month.
        CutOverRuns: another cut-over of the branch runs, or was done.
        IdConflict: the id was used for another one.
    """
    known = books.cut_overs.find(cut_over.id)
    if known is not None:
        return _same(known, cut_over)
    office = books.people.office(cut_over.office_id, Scope.everything())
    if books.cut_overs.runs(office.id):
        raise CutOverRuns
    require_over(cut_over.on, books.work.today)
    if not books.partitions.has_room(cut_over.on):
        raise PartitionMissing(month=f"{cut_over.on:%Y-%m}")
    _hold_first_day(books, cut_over)
    if not books.cut_overs.begin(cut_over):
        raise CutOverRuns
    books.work.audit("begin_cut_over", "office", office.id, {"on": cut_over.on.isoformat()})
    return cut_over.state


def _hold_first_day(books: Books, cut_over: CutOver) -> None:
    """Let the day wait that was opened after opening balances, so that nobody posts on it meanwhile."""
    newest = books.days.newest(cut_over.office_id)
    first = books.days.lock(cut_over.office_id, newest.on) if newest else None
    if first is None:
        return
    opened_on = books.days.last_closed(cut_over.office_id)
    worked = books.cut_overs.has_worked(cut_over.office_id)
    require_beginning(cut_over.on, first, opened_on, worked=worked)
    books.days.wait(first)


def hand_over(
    books: Books, cut_over_id: str, number: int, body: Mapping[str, Any], *, read: Reader
) -> CutOverState:
    """Take a chunk of balances, in no book yet; the same again changes nothing.

    Args:
        books: One open database transaction.
        cut_over_id: Whose.
        number: By which the chunk is known.
        body: The chunk in its wire form.
        read: Reads it.

    Raises:
        CutOverNotFound: there is none.
        InvalidPayload: a schedule's rows are none.
        CutOverIsPosted: it is posted already, or was let go.
        IdConflict: the number was used for another chunk.
    """
    cut_over = books.cut_overs.get(cut_over_id)
    require_waiting(cut_over)
    read(cut_over, body)
    books.cut_overs.add_chunk(cut_over, number, body)
    return cut_over.state


def let_go(books: Books, cut_over_id: str) -> CutOverState:
    """Let the branch be as it was; what was handed over is in no book. Repeated, do nothing.

    Raises:
        CutOverIsPosted: it is posted, or being posted.
    """
    cut_over = books.cut_overs.find(cut_over_id)
    if cut_over is None or cut_over.state is CutOverState.LET_GO:
        return CutOverState.LET_GO
    require_waiting(cut_over)
    books.cut_overs.reach(cut_over, CutOverState.LET_GO)
    books.days.resume(cut_over.office_id)
    books.work.audit("let_cut_over_go", "office", cut_over.office_id)
    return CutOverState.LET_GO


def post(books: Books, cut_over_id: str, *, read: Reader) -> CutOverState:
    """Take on the posting of what was handed over; the batch process does it. Repeated, do nothing.

    Raises:
        CutOverNotFound: there is none.
        CutOverIsPosted: it was let go.
        CutOverNotWhole: what was handed over is not what was agreed to.
    """
    cut_over = books.cut_overs.get(cut_over_id)
    if cut_over.state in {CutOverState.POSTING, CutOverState.POSTED}:
        return cut_over.state
    require_waiting(cut_over)
    handed = HandedOver()
    for body in books.cut_overs.chunks(cut_over):
        handed += read(cut_over, body)
    require_whole(cut_over, handed)
    books.cut_overs.reach(cut_over, CutOverState.POSTING)
    books.work.plan(POST_BALANCES, cut_over.id, {"cut_over_id": cut_over.id})
    return CutOverState.POSTING


def post_balances(books: Books, cut_over_id: str, *, read: Reader) -> None:
    """Post all balances of a branch in this one transaction, on a closed day; repeated, do nothing.

    It is the day of its opening balances, as a supplement, or one of their own; the ordinary closing ends it.
    """
    cut_over = books.cut_overs.get(cut_over_id)
    if cut_over.state is not CutOverState.POSTING:
        return
    before = books.closing.find(cut_over.office_id, cut_over.on)
    if before is None:
        books.days.open(cut_over.office_id, cut_over.on, cut_over.checker_id)
    else:
        books.days.reopen(cut_over.office_id, cut_over.on)
    books.ledger.ensure([suspense_of(cut_over.office_id)])
    for body in books.cut_overs.chunks(cut_over):
        _post_chunk(books, cut_over, read(cut_over, body))
    books.years.check_now()
    books.cut_overs.reach(cut_over, CutOverState.POSTED)
    closing_id = str(uuid5(_CLOSINGS, cut_over.id))
    closing = Closing(
        id=closing_id,
        office_id=cut_over.office_id,
        on=cut_over.on,
        asked_by=cut_over.checker_id,
        number=before.number + 1 if before else 1,
    )
    day = BranchDay(cut_over.office_id, cut_over.on, DayStatus.OPEN)
    books.days.start_closing(day, cut_over.checker_id)
    books.closing.ask(closing)
    books.work.plan(CLOSE_DAY, closing.id, {"office_id": day.office_id, "on": day.on.isoformat()})
    books.work.audit("post_cut_over", "office", cut_over.office_id, {"accounts": cut_over.accounts})
    names = ("id", "office_id", "on", "accounts")
    books.work.tell(CUT_OVER_POSTED, {name: getattr(cut_over, name) for name in names})


def _post_chunk(books: Books, cut_over: CutOver, chunk: Chunk) -> None:
    for one in chunk.savings:
        books.ledger.open_account(one.account, one.opened_on)
    for brought in chunk.loans:
        books.ledger.open_account(brought.account, brought.loan.disbursed_on)
        books.loans.add(brought.loan, brought.schedule)
    books.ledger.ensure(office_accounts_of(cut_over.office_id, chunk))
    entries = entries_of_chunk(cut_over, chunk)
    if entries:
        books.ledger.post(entries)
    books.cut_overs.add_savings(cut_over, chunk.savings)
    books.cut_overs.add_loans(cut_over, chunk.loans)


def confirm_samity_list(books: Books, one: Confirmation) -> tuple[int, int]:
    """Write that a samity has heard its list and agrees, but for whom it names; repeated, answer the same.

    Returns:
        How many members the list confirmed, and how many of the samity are still unconfirmed.

    Raises:
        NotFound: the samity is not in the caller's scope.
        OwnSamityList: the caller keeps the samity.
        PersonExcluded: the caller, or declared kin, is on the list (rule M8).
        OpeningTooLate: it would be read out on a day to come.
        NothingToConfirm: nobody of it waits.
        IdConflict: the id was used for another list.
    """
    actor, asked = books.work.actor, one.fingerprint
    books.cut_overs.require_samity(one.samity_id, Scope.of(actor))
    known = books.cut_overs.known_confirmation(one.id)
    waiting = books.cut_overs.waiting_of_samity(one.samity_id)
    if known is not None:
        require_same(known, asked)
        return books.cut_overs.count_of(one.id), len(waiting)
    if books.cut_overs.officer_of(one.samity_id) == actor.person_id:
        raise OwnSamityList
    require_over(one.read_out_on, books.work.today)
    confirmed = to_confirm(waiting, one.disputed)
    if set(confirmed) & set(actor.excluded_members):
        raise PersonExcluded
    if not confirmed or not one.disputed <= set(waiting):
        raise NothingToConfirm
    books.cut_overs.confirm(one, confirmed, asked)
    facts = {"confirmed": len(confirmed), "disputed": len(one.disputed)}
    books.work.audit("confirm_samity_list", "samity", one.samity_id, facts)
    return len(confirmed), len(waiting) - len(confirmed)


def _same(known: CutOver, asked: CutOver) -> CutOverState:
    names = ("office_id", "on", "accounts", "savings", "loans", "reference", "maker_id", "checker_id")
    if any(getattr(known, name) != getattr(asked, name) for name in names):
        raise IdConflict
    return known.state
