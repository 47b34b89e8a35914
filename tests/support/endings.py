"""The ends of loans in tests: loans that have come some way, and what a branch would ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from contracts.money import Paisa
from contracts.transactions.lending_endings import (
    PROPOSE_DEATH_REFUND,
    PROPOSE_SAVINGS_TO_LOAN,
    PROPOSE_SETTLEMENT,
    PROPOSE_WAIVER,
    PROPOSE_WRITE_OFF,
)
from contracts.transactions.lending_words import ScheduleReason
from contracts.transactions.savings import PROPOSE_CORRECTION
from tests.support.branch import MONDAY, new_id
from tests.support.loans import lend
from tests.support.purse import area_manager, decide
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.lending.redating import NewSchedule
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.models.lending import loans
from transactions.repository.scope import Scope

if TYPE_CHECKING:
    from tests.support.agreed import Agreed
    from tests.support.branch import Branch

REASONS = {"reason": "she wishes it so", "evidence": "her thumb on the form"}


def so_that_falls_due(agreed: Agreed, number: int, on: date = MONDAY) -> Agreed:
    """Return a loan that has run for so long that an instalment falls due on a day."""
    return replace(agreed, rows=_moved(agreed, on - agreed.rows[number - 1][0]))


def _moved(agreed: Agreed, by: timedelta) -> tuple[tuple[date, int, int], ...]:
    return tuple((due + by, principal, charge) for due, principal, charge in agreed.rows)


def lend_earlier(branch: Branch, agreed: Agreed, name: str = "Rahima", **more: Any) -> str:
    """Pay a loan out today, and let it have run as was agreed: its schedule in force has earlier dates."""
    today = date.fromisoformat(branch.day()["on"])
    as_of_today = replace(agreed, rows=_moved(agreed, today + timedelta(days=15) - agreed.rows[0][0]))
    loan_id = lend(branch, name, as_of_today, on=today.isoformat(), **more)
    with branch.harness.service().books() as books:
        loan = books.loans.get(loan_id, Scope.everything())
        begins_on = agreed.rows[0][0] - timedelta(days=15)
        rows = [(on, Amounts(Paisa(principal), Paisa(charge))) for on, principal, charge in agreed.rows]
        new = NewSchedule(
            loan_id=loan_id,
            version=2,
            reason=ScheduleReason.TRANSFER,
            schedule=Schedule.of_rows(begins_on, loan.split, rows),
        )
        books.loans.replace_schedule(new, begins_on, None)
        books.work.session.execute(update(loans).where(loans.c.id == loan_id).values(disbursed_on=begins_on))
    return loan_id


def pay(branch: Branch, loan_id: str, principal: int, charge: int, **more: Any) -> str:
    """Book money in paisa on a loan as a collection does, and return the entry's id.

    Written straight into the ledger: how it is told apart is what the tests themselves say.
    """
    entry_id = more.pop("id", None) or new_id()
    with branch.harness.service().books() as books:
        loan = books.loans.get(loan_id, Scope.everything())
        day = books.days.hold_open(branch.id)
        vault = OfficeAccount(Ledgers.VAULT, branch.id)
        parts = ((loan.account_id, principal), (loan.charge_account.id, charge))
        entry = Entry(
            id=entry_id,
            office_id=branch.id,
            kind=EntryKind.REPAYMENT,
            business_on=day.on,
            value_on=more.pop("value_on", day.on),
            maker_id=branch.accountant.person_id,
            postings=(
                Posting(vault.id, Side.DEBIT, Paisa(principal + charge)),
                *(Posting(account, Side.CREDIT, Paisa(part), entry_id) for account, part in parts if part),
            ),
        )
        books.ledger.post([entry])
    return entry_id


def settle(branch: Branch, loan_id: str, **more: Any) -> dict[str, Any]:
    """Ask for a loan to be settled."""
    asked = {"id": new_id(), "loan_id": loan_id, **REASONS, **more}
    return branch.ask(PROPOSE_SETTLEMENT, branch.accountant, **asked)


def from_savings(
    branch: Branch, loan_id: str, account_id: str, amount: str | None, **more: Any
) -> dict[str, Any]:
    """Ask for savings to pay a loan."""
    asked = {"id": new_id(), "loan_id": loan_id, "account_id": account_id, "mark": "thumb", **REASONS}
    return branch.ask(PROPOSE_SAVINGS_TO_LOAN, branch.accountant, **{**asked, "amount": amount, **more})


def waive(branch: Branch, loan_id: str, **more: Any) -> dict[str, Any]:
    """Ask, as the manager, for a dead member's loan to be waived."""
    asked = {
        "id": new_id(),
        "loan_id": loan_id,
        "died_on": MONDAY.isoformat(),
        "kind": "with_charge",
        "certificate": "UP-2026/117",
        "reason": "she died",
    }
    return branch.ask(PROPOSE_WAIVER, branch.manager, **{**asked, **more})


def refund(branch: Branch, loan_id: str, **more: Any) -> dict[str, Any]:
    """Ask for what was paid after a death to be paid back to her husband."""
    asked = {"id": new_id(), "loan_id": loan_id, "died_on": MONDAY.isoformat(), "paid_to": "Karim", **REASONS}
    return branch.ask(PROPOSE_DEATH_REFUND, branch.accountant, **{**asked, **more})


def write_off(branch: Branch, loan_id: str, **more: Any) -> dict[str, Any]:
    """Ask, as the manager, for a loan to be written off."""
    asked = {"id": new_id(), "loan_id": loan_id, "resolution": "Board 14/2026", "reason": "bad since long"}
    return branch.ask(PROPOSE_WRITE_OFF, branch.manager, **{**asked, **more})


def correct(branch: Branch, entry_id: str, **more: Any) -> None:
    """Ask for a row of an earlier day to be put right, and let the area agree."""
    said = {"from": {"entry_id": entry_id}, "reason": "wrong member", "evidence": "register, page 4"}
    asked = branch.ask(PROPOSE_CORRECTION, branch.accountant, id=new_id(), **said, **more)
    decide(branch, area_manager(branch), str(asked["id"]))
