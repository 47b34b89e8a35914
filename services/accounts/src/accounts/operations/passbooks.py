"""The passbook register: a book is issued, replaced with a reason, lost, given back (domain §2)."""

from datetime import date

from accounts.domain.members import Status
from accounts.domain.passbooks import Issue, Passbook, check_one_open, is_ended
from accounts.domain.scope import Scope
from accounts.repository import Register
from contracts.accounts.errors import NotAMember, PassbookNumberTaken
from contracts.accounts.passbooks import SURRENDERED
from contracts.errors import IdConflict, PersonExcluded

AT_ADMISSION = "admission"
_HOLDS_A_BOOK = frozenset({Status.ACTIVE, Status.CLOSING})


def issue_first(register: Register, member_id: str, *, on: date) -> None:
    """Write down the book that the admission form names."""
    first = register.members.first_passbook(member_id)
    issue = Issue(
        id=register.work.new_id(),
        member_id=member_id,
        number=first["passbook_number"],
        lot=None,
        before=None,
        reason=AT_ADMISSION,
    )
    register.passbooks.add(issue, branch_id=first["branch_id"], on=on, fingerprint=AT_ADMISSION)


def issue_passbook(register: Register, issue: Issue, *, scope: Scope, fingerprint: str) -> Passbook:
    """Give a member a book, and end the one that she holds; repeated, answer the same.

    Raises:
        NotFound: she is not in scope.
        IdConflict: the id belongs to another book.
        PersonExcluded: it is the accountant himself or declared kin (rule M8).
        NotAMember, PassbookOpen, PassbookNumberTaken, InvalidPayload: as named.
    """
    member = register.members.hold(scope, issue.member_id)
    known = register.passbooks.find(issue.id)
    if known is not None:
        if known.fingerprint != fingerprint:
            raise IdConflict
        return known
    _require_stranger(register, issue.member_id)
    if member["status"] not in _HOLDS_A_BOOK:
        raise NotAMember(status=member["status"])
    if register.passbooks.is_number_taken(member["branch_id"], issue.number, issue.lot):
        raise PassbookNumberTaken(field="number", number=issue.number)
    held = register.passbooks.hold_open(issue.member_id)
    check_one_open(held, issue)
    today = register.work.today
    if held is not None and issue.before is not None:
        register.passbooks.end(held.id, how=issue.before, reason=issue.reason, on=today)
    register.passbooks.add(issue, branch_id=member["branch_id"], on=today, fingerprint=fingerprint)
    register.members.carry_passbook(issue.member_id, issue.number)
    facts = {"member_id": issue.member_id, "before": issue.before}
    register.work.audit("issue_passbook", "passbook", issue.id, facts)
    return register.passbooks.hold(scope, issue.id)


def end_passbook(register: Register, book_id: str, *, how: str, reason: str, scope: Scope) -> Passbook:
    """Write that a book is lost or given back; repeated, answer the same.

    Raises:
        PassbookNotFound: there is none in scope.
        PersonExcluded: it is the accountant's own or declared kin's (rule M8).
        PassbookEnded: it ended otherwise.
    """
    book = register.passbooks.hold(scope, book_id)
    if is_ended(book, how=how, reason=reason):
        return book
    _require_stranger(register, book.member_id)
    register.passbooks.end(book_id, how=how, reason=reason, on=register.work.today)
    deed = "surrender_passbook" if how == SURRENDERED else "report_passbook_lost"
    register.work.audit(deed, "passbook", book_id, {"member_id": book.member_id})
    return register.passbooks.hold(scope, book_id)


def _require_stranger(register: Register, member_id: str) -> None:
    if member_id in register.work.actor.excluded_members:
        raise PersonExcluded
