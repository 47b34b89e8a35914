"""Setting what a branch or a field officer is to reach in a month."""

from contracts.errors import IdConflict
from contracts.transactions.month_words import MonthState
from transactions.domain.month_ends import closed, month_end_id
from transactions.domain.requests import require_same
from transactions.domain.targets import Targets, require_officer, require_place
from transactions.repository import Books
from transactions.repository.scope import Scope


def set_targets(books: Books, wanted: Targets) -> None:
    """Set targets; they count instead of older ones of the same branch or officer and month.

    Raises:
        NotFound: the office or the officer is not in the caller's scope.
        TargetOutOfPlace: a branch's are set above it, an officer's in his branch.
        TargetForNobody: he is no active field officer of the branch.
        MonthClosed: what the month was measured by stays.
        IdConflict: the id was used for another request.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(wanted.office_id, scope)
    require_place(books.work.actor, office, wanted.officer_id)
    known = books.targets.fingerprint_of(wanted.id)
    if known is not None:
        require_same(known, wanted.fingerprint)
        return
    if wanted.officer_id is not None:
        require_officer(books.people.staff(wanted.officer_id, scope), office)
    month = books.months.lock(month_end_id(office.id, wanted.month))
    if month is not None and month.state is MonthState.CLOSED:
        raise closed(wanted.month)
    if not books.targets.add(wanted):
        raise IdConflict
    facts = {
        "month": wanted.month.isoformat(),
        "officer_id": wanted.officer_id,
        "members": wanted.members,
        "savings": wanted.savings,
        "disbursement": wanted.disbursement,
        "recovery": wanted.recovery,
    }
    books.work.audit("set_targets", "office", office.id, facts)
