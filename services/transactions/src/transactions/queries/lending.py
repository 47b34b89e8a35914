"""Reading loans: how they stand on a day, from the schedule in force and what their accounts say is paid."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from contracts.errors import InvalidPayload, NotFound
from contracts.money import NOTHING
from contracts.transactions.lending_words import LoansShown, LoanStatus
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.domain.lending.standing import LoanStanding, PaidRow, paid_rows, standing_of
from transactions.domain.nominees import frozen_at
from transactions.repository import Books
from transactions.repository.scope import Scope

PAGE = 100
_ENDED = (
    "outstanding",
    "remaining_charge",
    "due",
    "advance",
    "overdue",
    "overdue_principal",
    "payoff",
    "rebate",
)


def loan_standings(books: Books, loan_ids: Collection[str]) -> dict[str, Any]:
    """Return how some loans stand at the end of their branches' business day; past her death, of that day."""
    return {"items": _items(books, tuple(books.loans.find(loan_ids).values()))}


def read_loan(books: Books, loan_id: str, on: date | None) -> dict[str, Any]:
    """Return a loan with its schedule at the end of a day, by the value dates of what was paid.

    Raises:
        LoanNotFound: there is none, or not for this caller.
        InvalidPayload: the day is before the payout, or has not come yet.
    """
    loan = books.loans.get(loan_id, Scope.of(books.work.actor))
    today = _today(books, loan.office_id)
    day = on or max(today, loan.disbursed_on)
    if not loan.disbursed_on <= day <= max(today, loan.disbursed_on):
        raise InvalidPayload.of(on="INVALID")
    loan = _as_of(loan, day)
    schedule, paid = books.loans.schedule(loan), books.loans.paid_by([loan], day)[loan.id]
    until = frozen_at(books.nominees.deceased_on(loan.member_id), day)
    standing = standing_of(schedule, paid, until)
    (item,) = _listed(books, [loan], {loan.id: standing}, {loan.id: paid})
    return {**item, **_card(loan, schedule, standing, paid, goes_on=until == day)}


def list_loans(books: Books, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return all loans of a member, or a page of an office's running ones.

    Raises:
        NotFound: the member or the office is not in the caller's scope.
        InvalidPayload: neither is named, or both.
    """
    scope = Scope.of(books.work.actor)
    if (asked["member_id"] is None) == (asked["office_id"] is None):
        raise InvalidPayload.of(office_id="REQUIRED")
    if asked["member_id"] is not None:
        books.people.member(asked["member_id"], scope)
        return {"items": _items(books, books.loans.of_member(asked["member_id"], scope)), "next": None}
    books.people.office(asked["office_id"], scope)
    found = books.loans.running_of_office(asked["office_id"], asked["after"], PAGE + 1, scope)
    page = found[:PAGE]
    items = [
        item
        for item in _items(books, page)
        if asked["which"] != LoansShown.OVERDUE or item["overdue"] > NOTHING
    ]
    return {"items": items, "next": page[-1].id if len(found) > PAGE else None}


def own_loan(books: Books, loan_id: str, on: date | None) -> dict[str, Any]:
    """Return a loan of the member who asks.

    Raises:
        NotFound: it is not a member.
        LoanNotFound, InvalidPayload: as `read_loan`.
    """
    if books.work.actor.kind != "member":
        raise NotFound
    return read_loan(books, loan_id, on)


def _items(books: Books, loans: Sequence[Loan]) -> list[dict[str, Any]]:
    schedules, paid = books.loans.schedules(loans), books.loans.paid(loans)
    days = {office_id: _today(books, office_id) for office_id in {loan.office_id for loan in loans}}
    died = books.people.deaths_of({loan.member_id for loan in loans})
    standings = {
        loan.id: standing_of(
            schedules[loan.id], paid[loan.id], frozen_at(died.get(loan.member_id), days[loan.office_id])
        )
        for loan in loans
    }
    return _listed(books, loans, standings, paid)


def _listed(
    books: Books,
    loans: Sequence[Loan],
    standings: Mapping[str, LoanStanding],
    paid: Mapping[str, Amounts],
) -> list[dict[str, Any]]:
    accounts = books.ledger.find_accounts({loan.account_id for loan in loans})
    members = books.people.members_of({loan.member_id for loan in loans})
    items = []
    for loan in loans:
        account, member = accounts[loan.account_id], members.get(loan.member_id)
        items.append(
            {
                **_standing(loan, standings[loan.id]),
                **{name: getattr(loan, name) for name in _TOLD},
                "loan_id": loan.id,
                "paid_principal": paid[loan.id].principal,
                "paid_charge": paid[loan.id].charge,
                "has_pending": bool(account.pending_in or account.pending_out),
                "member_code": member.code if member else None,
                "member_bn": member.name_bn if member else "",
                "member_en": member.name_en if member else "",
                "product_name_bn": account.product_name_bn,
                "product_name_en": account.product_name_en,
            }
        )
    return items


_TOLD = (
    "account_id",
    "member_id",
    "office_id",
    "code",
    "status",
    "schedule_version",
    "principal",
    "charge",
    "disbursed_on",
    "matures_on",
)


def _standing(loan: Loan, standing: LoanStanding) -> dict[str, Any]:
    """Return how a loan stands as it is shown; of an ended one nothing is due or outstanding."""
    shown = asdict(standing)
    if not loan.is_running:
        shown |= dict.fromkeys(_ENDED, NOTHING) | {"oldest_unpaid_on": None, "days": 0}
    return shown


def _card(
    loan: Loan, schedule: Schedule, standing: LoanStanding, paid: Amounts, *, goes_on: bool
) -> dict[str, Any]:
    """Return what only the card shows; nothing follows for who has died (rule L5)."""
    rows = paid_rows(schedule, paid.total, standing.on)
    coming = [row for row in rows if row.instalment.due_on >= standing.on and row.paid < _total(row)]
    following = coming[0] if coming and loan.is_running and goes_on else None
    return {
        "ended_on": loan.ended_on,
        "cycle": loan.terms["cycle"],
        "fund": loan.fund,
        "next_due_on": following.instalment.due_on if following else None,
        "next_amount": _total(following) - following.paid if following else NOTHING,
        "rows": [
            {
                "number": row.instalment.number,
                "due_on": row.instalment.due_on,
                "principal": row.instalment.amounts.principal,
                "service_charge": row.instalment.amounts.charge,
                "total": _total(row),
                "paid": row.paid,
                "state": row.state,
            }
            for row in rows
        ],
    }


def _total(row: PaidRow) -> int:
    return row.instalment.amounts.total


def _as_of(loan: Loan, on: date) -> Loan:
    """Return a loan as it was on a day: one that ended later was running still."""
    if loan.ended_on is None or loan.ended_on <= on:
        return loan
    return replace(loan, status=LoanStatus.RUNNING, ended_on=None)


def _today(books: Books, office_id: str) -> date:
    day = books.days.newest(office_id)
    return day.on if day else books.work.today
