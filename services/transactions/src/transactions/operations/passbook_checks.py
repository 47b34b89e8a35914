"""Passbook checking: drawing, typing what the paper says, settling what differs (rule P5)."""

from collections.abc import Mapping

from contracts.money import Paisa
from contracts.transactions.passbook_check_errors import PassbookWasChecked
from contracts.transactions.passbook_check_words import PassbookCheckState
from transactions.domain.days import first_of_month
from transactions.domain.passbook_checks import (
    Settlement,
    check_of,
    compared,
    draw,
    record_fingerprint,
    require_checker,
    require_settler,
    state_after,
)
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.scope import Scope


def draw_passbooks(books: Books, office_id: str, *, seed: str) -> None:
    """Draw whose passbooks a branch looks at in the month of its open day; a second time changes nothing.

    Args:
        books: One open database transaction.
        office_id: The branch.
        seed: What nobody could know before, as text.
    """
    day = books.days.find_open(office_id)
    if day is None or not books.passbook_checks.begin_draw(office_id, first_of_month(day.on), seed):
        return
    members = books.passbook_checks.drawable(office_id, day.on)
    drawn = draw(members, seed=seed, looked_at=books.passbook_checks.looked_at(office_id))
    books.passbook_checks.add([check_of(member, office_id, day.on) for member in drawn])
    facts = {"month": first_of_month(day.on).isoformat(), "drawn": len(drawn), "members": len(members)}
    books.work.audit("draw_passbooks", "office", office_id, facts)


def record_passbook_check(books: Books, check_id: str, typed: Mapping[str, Paisa]) -> None:
    """Keep what a passbook of paper says; only then the book is shown beside it.

    Args:
        books: One open database transaction.
        check_id: Which drawn member's.
        typed: The balance of each account that it shows, in paisa, by account.

    Raises:
        NotFound: there is no such check for this caller.
        PersonExcluded: he collects from her, or she is kin of his.
        PassbookIncomplete, PassbookInMotion: as the rule.
        PassbookWasChecked: it was typed before, differently or by somebody else.
    """
    actor = books.work.actor
    check = books.passbook_checks.lock(check_id, Scope.of(actor))
    asked = record_fingerprint(check_id, typed, actor.person_id)
    if check.fingerprint == asked:
        return
    if check.state is not PassbookCheckState.WAITING:
        raise PassbookWasChecked
    require_checker(check, actor.person_id, actor.excluded_members)
    papers = compared(
        [one for one in books.ledger.accounts_of_member(check.member_id) if not one.closed], typed
    )
    state = state_after(papers)
    books.passbook_checks.record(check, papers, state, actor.person_id, asked)
    books.work.audit("record_passbook_check", "member", check.member_id, {"check": check_id, "state": state})


def settle_passbook_difference(books: Books, check_id: str, settlement: Settlement) -> None:
    """Keep what was found about a difference.

    Raises:
        NotFound: there is no such check for this caller.
        PassbookAgrees: there is no difference that waits.
        CheckerSettles, PersonExcluded: as the rule.
        IdConflict: it was settled before, in another way.
    """
    actor = books.work.actor
    check = books.passbook_checks.lock(check_id, Scope.of(actor))
    if check.state is PassbookCheckState.SETTLED and check.settled_by == settlement.by:
        require_same(f"{check.outcome} {check.reason}", f"{settlement.outcome} {settlement.reason}")
        return
    require_settler(check, actor.person_id, actor.excluded_members)
    books.passbook_checks.settle(check_id, settlement)
    facts = {"check": check_id, "outcome": settlement.outcome, "reason": settlement.reason}
    books.work.audit("settle_passbook_difference", "member", check.member_id, facts)
