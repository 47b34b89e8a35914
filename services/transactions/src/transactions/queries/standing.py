"""How a member stands with the book, before she leaves and when she has left (rule L7)."""

from typing import Any

from transactions.domain.chart import Ledgers
from transactions.domain.complaints import kept_from
from transactions.domain.lending.standing import standing_of
from transactions.domain.nominees import frozen_at
from transactions.repository import Books
from transactions.repository.scope import Scope


def member_standing(books: Books, member_id: str) -> dict[str, Any]:
    """Return all of a member's that is in the book or on its way there, and what nobody has answered.

    Her officer is not told of a complaint by the way (rule P4); he lets nobody leave.

    Raises:
        NotFound: accounts has not told of her.
    """
    member, actor = books.people.member(member_id, Scope.everything()), books.work.actor
    day = books.days.find_open(member.branch_id)
    accounts = books.ledger.accounts_of_member(member_id)
    unallocated = books.standing.unallocated(member_id)
    waiting = books.standing.waiting(member_id)
    on_its_way = any(account.pending_in or account.pending_out for account in accounts)
    return {
        "member_id": member_id,
        "business_on": day.on if day else None,
        "accounts": [
            {"account_id": account.id, **{name: getattr(account, name) for name in _SHOWN}}
            for account in accounts
            if account.ledger != Ledgers.LOANS.code
        ],
        "loans": _loans(books, member_id),
        "unallocated": unallocated,
        "waiting": waiting,
        "has_pending": on_its_way or bool(waiting),
        "complaints": books.complaints.count_open(member_id, kept_from(actor.person_id, actor.role)),
    }


def _loans(books: Books, member_id: str) -> list[dict[str, Any]]:
    loans = books.loans.of_member(member_id, Scope.everything())
    died_on = books.nominees.deceased_on(member_id)
    schedules, paid = books.loans.schedules(loans), books.loans.paid(loans)
    found = []
    for loan in loans:
        day = books.days.newest(loan.office_id)
        until = frozen_at(died_on, day.on if day else books.work.today)
        standing = standing_of(schedules[loan.id], paid[loan.id], until)
        running = loan.is_running
        found.append(
            {
                "loan_id": loan.id,
                "code": loan.code,
                "status": loan.status,
                "outstanding": standing.outstanding if running else 0,
                "remaining_charge": standing.remaining_charge if running else 0,
                "due": standing.due if running else 0,
            }
        )
    return found


def final_statement(books: Books, member_id: str) -> dict[str, Any]:
    """Return what each account of a member paid, how her loans ended, and what is still open.

    Raises:
        NotFound: there is no such member for this caller.
    """
    scope = Scope.of(books.work.actor)
    member = books.people.member(member_id, scope)
    office = books.people.office(member.branch_id, Scope.everything())
    accounts = books.ledger.accounts_of_member(member_id)
    loans = books.loans.of_member(member_id, scope)
    closings = books.standing.closings(member_id)
    names = ("code", "status", "principal", "ended_on")
    return {
        "member_id": member_id,
        "member_code": member.code,
        "member_name_bn": member.name_bn,
        "member_name_en": member.name_en,
        "office_name_bn": office.name_bn,
        "office_name_en": office.name_en,
        "accounts": closings,
        "loans": [
            {"loan_id": loan.id, **{name: getattr(loan, name) for name in names}}
            for loan in loans
            if not loan.is_running
        ],
        "paid_out": sum(closing["payout"] for closing in closings),
        "still_open": [
            account.code
            for account in accounts
            if account.ledger != Ledgers.LOANS.code and not account.closed
        ]
        + [loan.code for loan in loans if loan.is_running],
    }


_SHOWN = (
    "ledger",
    "code",
    "product_name_bn",
    "product_name_en",
    "balance",
    "pending_in",
    "pending_out",
    "closed",
)
