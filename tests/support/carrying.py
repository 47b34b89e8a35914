"""Withdrawals paid at a samity: allowed, agreed to, counted out and taken, as people would do it (M9)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from contracts.actor import Actor
from contracts.permissions import Role
from contracts.transactions.floats import (
    ACCEPT_FLOAT,
    ISSUE_FLOAT,
    PROPOSE_FIELD_PAYMENTS,
    RETURN_FLOAT,
)
from contracts.transactions.ledger import POST_DEPOSIT, READ_PASSBOOK
from contracts.transactions.savings import LIST_WITHDRAWALS, PAY_WITHDRAWAL, PROPOSE_WITHDRAWAL
from tests.support.field import new_id

if TYPE_CHECKING:
    from tests.integration.transactions.collection.conftest import Meeting
    from tests.support.field import Branch, Phone, Saver


def administrator() -> Actor:
    return Actor(
        person_id=new_id(),
        kind="staff",
        role=Role.ADMINISTRATOR.value,
        office_id=new_id(),
        office_path="/HO/",
        session_id=new_id(),
    )


def allow(branch: Branch, *, allowed: bool = True, **changes: Any) -> None:
    """Two administrators let a branch pay in the field, or not any more."""
    asked = {
        "id": new_id(),
        "office_id": branch.office_id,
        "effective_on": branch.on.isoformat(),
        "allowed": allowed,
        "reason": "the road to the branch is long",
        **changes,
    }
    branch.ask(PROPOSE_FIELD_PAYMENTS, asked, administrator())
    branch.decide(asked["id"], administrator())


def save(branch: Branch, saver: Saver, taka: int) -> None:
    """She brings money to the counter: it is in the vault, and hers to take."""
    asked = {"entry_id": new_id(), "account_id": saver.account_id, "amount": f"{taka}.00", "paid_by": "self"}
    branch.ask(POST_DEPOSIT, asked, branch.accountant)


def wish(branch: Branch, saver: Saver, taka: int, **changes: Any) -> str:
    """She asks her officer for money at the next meeting."""
    branch.harness.watch.advance(timedelta(seconds=1))
    asked = {"id": new_id(), "account_id": saver.account_id, "amount": f"{taka}.00", "in_field": True}
    branch.ask(PROPOSE_WITHDRAWAL, {**asked, **changes}, branch.officer)
    return str(asked["id"])


def agreed(branch: Branch, saver: Saver, taka: int, **changes: Any) -> str:
    """The manager agrees to it; from now on the money is held."""
    withdrawal_id = wish(branch, saver, taka, **changes)
    branch.decide(withdrawal_id)
    return withdrawal_id


def count_out(branch: Branch, sheet: str, *withdrawals: str, by: Actor | None = None, **more: Any) -> str:
    """The accountant sets the cash apart."""
    asked = {"id": new_id(), "sheet_id": sheet, "withdrawal_ids": list(withdrawals), **more}
    branch.ask(ISSUE_FLOAT, asked, by or branch.accountant)
    return str(asked["id"])


def take(phone: Phone, float_id: str) -> dict[str, Any]:
    """The officer takes it, on the phone that holds the sheet."""
    return phone.ask(ACCEPT_FLOAT, {"id": float_id})


def carry(branch: Branch, phone: Phone, sheet: str, *withdrawals: str) -> str:
    """Count a float out and take it."""
    float_id = count_out(branch, sheet, *withdrawals)
    take(phone, float_id)
    return float_id


def bring_back(branch: Branch, float_id: str, by: Actor | None = None) -> dict[str, Any]:
    asked = {"id": float_id, "reason": "the samity did not meet"}
    return branch.ask(RETURN_FLOAT, asked, by or branch.accountant)


def account_of(meeting: Meeting, saver: Saver) -> tuple[str, str, str]:
    """What her book shows: balance, on its way in, held."""
    book = meeting.branch.ask(READ_PASSBOOK, {"member_id": saver.id}, meeting.branch.manager)
    account = book["accounts"][0]
    return account["balance"], account["pending_in"], account["pending_out"]


def lines_of(meeting: Meeting, saver: Saver) -> list[tuple[str, str, str]]:
    book = meeting.branch.ask(READ_PASSBOOK, {"member_id": saver.id}, meeting.branch.manager)
    return [(line["status"], line["direction"], line["amount"]) for line in book["lines"]]


def submit(meeting: Meeting, *rows: dict[str, Any]) -> dict[str, Any]:
    """A whole sheet: nothing was received, and some rows more."""
    nothing = [meeting.phone.nothing(saver) for saver in meeting.savers]
    return meeting.phone.submit(meeting.sheet, [*nothing, *rows])


def post(meeting: Meeting, taka: int) -> None:
    handover = meeting.phone.hand_over([meeting.sheet], taka)["id"]
    meeting.branch.authorise(handover, meeting.branch.count(handover, taka))


def waiting(meeting: Meeting) -> dict[str, str]:
    """What an office has not finished paying, by id."""
    asked = {"office_id": meeting.branch.office_id}
    items = meeting.branch.ask(LIST_WITHDRAWALS, asked, meeting.branch.manager)["items"]
    return {item["id"]: item["state"] for item in items}


def pay_at_counter(meeting: Meeting, withdrawal_id: str) -> dict[str, Any]:
    evidence = {"mark": "thumb", "witness_id": meeting.branch.officer.person_id}
    return meeting.branch.ask(
        PAY_WITHDRAWAL, {"id": withdrawal_id, "evidence": evidence}, meeting.branch.accountant
    )
