"""Reading loans: how they stand on a day, from the schedule in force and what their accounts say is paid."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from contracts.money import NOTHING
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.standing import LoanStanding, standing_of
from transactions.repository import Books

_ENDED = ("outstanding", "due", "advance", "overdue", "payoff")
_SHOWN = (*_ENDED, "oldest_unpaid_on", "days")


def loan_standings(books: Books, loan_ids: Collection[str]) -> dict[str, Any]:
    """Return how some loans stand at the end of their branches' business day."""
    found = tuple(books.loans.find(loan_ids).values())
    schedules, paid = books.loans.schedules(found), books.loans.paid(found)
    accounts = books.ledger.find_accounts({loan.account_id for loan in found})
    items = []
    for loan in found:
        account = accounts[loan.account_id]
        day = books.days.newest(loan.office_id)
        on = day.on if day else books.work.today
        items.append(
            {
                **standing_answer(loan, standing_of(schedules[loan.id], paid[loan.id], on)),
                "paid_principal": paid[loan.id].principal,
                "paid_charge": paid[loan.id].charge,
                "has_pending": bool(account.pending_in or account.pending_out),
            }
        )
    return {"items": items}


def standing_answer(loan: Loan, standing: LoanStanding) -> dict[str, Any]:
    """Return how a loan stands as it is shown; of an ended one nothing is due or outstanding."""
    shown = {name: value for name, value in asdict(standing).items() if name in _SHOWN}
    if not loan.is_running:
        shown |= dict.fromkeys(_ENDED, NOTHING) | {"oldest_unpaid_on": None, "days": 0}
    return {
        "loan_id": loan.id,
        "member_id": loan.member_id,
        "office_id": loan.office_id,
        "status": loan.status,
        "on": standing.on,
        "schedule_version": loan.schedule_version,
        "principal": loan.principal,
        "charge": loan.charge,
        **shown,
    }
