"""Counting by surprise in mid-day: what is found stays beside what should be there, posting nothing (P12)."""

from collections.abc import Mapping

from contracts.money import NOTHING, Paisa
from transactions.domain.cash import total_of_slip, whole_slip
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.requests import require_same
from transactions.domain.surprise_counts import (
    SurpriseCount,
    fingerprint_of_surprise,
    needs_seeing,
    require_holder,
)
from transactions.repository import Books
from transactions.repository.scope import Scope


def record_surprise_count(
    books: Books,
    count_id: str,
    *,
    office_id: str,
    officer_id: str | None,
    denominations: Mapping[str, int],
    remark: str | None,
) -> SurpriseCount:
    """Save what was found on the open day, beside what the book and the sheets say at that moment.

    Raises:
        NotFound: the office or the officer is not in the caller's scope.
        InvalidPayload, MakerIsChecker: as `require_holder`.
        DayNotOpen: the office has no open day.
        IdConflict: the id was used for another count.
    """
    scope, counted_by = Scope.of(books.work.actor), books.work.actor.person_id
    office = books.people.office(office_id, scope)
    if officer_id is not None:
        require_holder(books.people.staff(officer_id, scope), office, counted_by)
    slip = whole_slip(denominations)
    day = books.days.hold_open(office.id)
    in_field = NOTHING
    if officer_id is not None:
        in_field = books.collection.rows.in_field(office.id, day.on, officer_id)
    count = SurpriseCount(
        id=count_id,
        office_id=office.id,
        on=day.on,
        officer_id=officer_id,
        denominations=slip,
        total=total_of_slip(slip),
        booked=Paisa(books.ledger.balance(_account(office.id, officer_id))),
        in_field=in_field,
        remark=remark,
        counted_by=counted_by,
        counted_at=books.work.now,
        fingerprint=fingerprint_of_surprise(office.id, officer_id, slip, remark, counted_by),
    )
    if books.surprises.record(count):
        facts = {"officer_id": officer_id, "total": count.total, "difference": count.difference}
        books.work.audit("record_surprise_count", "surprise_count", count_id, facts)
        return count
    known = books.surprises.get(count_id, scope)
    require_same(known.fingerprint, count.fingerprint)
    return known


def _account(office_id: str, officer_id: str | None) -> OfficeAccount:
    if officer_id is None:
        return OfficeAccount(Ledgers.VAULT, office_id)
    return OfficeAccount(Ledgers.OFFICER_CASH, office_id, officer_id)


def see_surprise_count(books: Books, count_id: str, reply: str | None) -> SurpriseCount:
    """Let who keeps the cash say that he saw the same notes, and why they are what they are.

    Raises:
        NotFound: there is no such count, or not for this caller.
        MakerIsChecker, NotTheHolder, CountedAlready: as `needs_seeing`.
    """
    scope, actor = Scope.of(books.work.actor), books.work.actor
    count = books.surprises.get(count_id, scope)
    if not needs_seeing(count, actor.person_id, actor.role):
        return count
    books.surprises.see(count_id, actor.person_id, reply)
    count = books.surprises.get(count_id, scope)
    needs_seeing(count, actor.person_id, actor.role)
    books.work.audit("see_surprise_count", "surprise_count", count_id, {"difference": count.difference})
    return count
