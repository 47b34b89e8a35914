"""Passbook checking: drawing, and typing what the paper says; what differs is a case of its own (P4, P5)."""

from collections.abc import Mapping
from datetime import date

from contracts.money import Paisa
from contracts.transactions.passbook_check_errors import PassbookWasChecked
from contracts.transactions.passbook_check_words import PassbookCheckState
from transactions.domain.days import first_of_month
from transactions.domain.passbook_checks import (
    check_of,
    compared,
    draw,
    record_fingerprint,
    require_checker,
    state_after,
)
from transactions.operations import complaints
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


def record_passbook_check(books: Books, check_id: str, typed: Mapping[str, Paisa], *, today: date) -> None:
    """Keep what a passbook of paper says; only then the book is shown beside it.

    A difference opens a case in the register of complaints (rule P4).

    Args:
        books: One open database transaction.
        check_id: Which drawn member's.
        typed: The balance of each account that it shows, in paisa, by account.
        today: The calendar's date, for a branch that has no day yet.

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
    if state is PassbookCheckState.DIFFERS:
        complaints.open_case_of_check(books, check, today=today)
    books.work.audit("record_passbook_check", "member", check.member_id, {"check": check_id, "state": state})
