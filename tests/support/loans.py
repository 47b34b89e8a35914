"""Loans in tests of the book: paid out, re-dated, repaid and looked at as accounts and a branch would."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from contracts.money import Paisa, format_taka
from contracts.transactions.lending import (
    LOAN_STANDINGS,
    PAY_OUT_LOAN,
    POST_REPAYMENT,
    READ_LOAN,
    REPLACE_SCHEDULE,
)
from tests.support.agreed import Agreed, declining
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.purse import deposit

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch

SNAPSHOT = {
    "version": 1,
    "product_code": "JAG",
    "product_version": 1,
    "product_name_bn": "জাগরণ",
    "product_name_en": "Jagoron",
    "category": "jagoron",
    "fund": "own",
    "sex": "female",
    "cycle": 1,
}


def rows_of(agreed: Agreed) -> list[dict[str, str]]:
    """Return a schedule's rows as they cross the wire."""
    return [
        {
            "due_on": on.isoformat(),
            "principal": format_taka(Paisa(principal)),
            "service_charge": format_taka(Paisa(charge)),
        }
        for on, principal, charge in agreed.rows
    ]


def payout(branch: Branch, name: str = "Rahima", agreed: Agreed | None = None, **more: Any) -> dict[str, Any]:
    """Return the command that pays a loan out on the Monday on which tests begin."""
    agreed = agreed or declining(MONDAY)
    terms = {**SNAPSHOT, "split": agreed.split, **more.pop("terms", {})}
    evidence = {"mark": "thumb", "witness_id": branch.officer.person_id, **more.pop("evidence", {})}
    loan_id = more.pop("id", None) or new_id()
    return {
        "id": loan_id,
        "member_id": id_of(name),
        "office_id": branch.id,
        "code": f"JAG.{branch.code}.{name}.{loan_id[:8]}",
        "on": MONDAY.isoformat(),
        "principal": format_taka(Paisa(agreed.principal)),
        "how": "cash",
        "evidence": evidence,
        "approved_by": branch.manager.person_id,
        "terms": terms,
        "rows": rows_of(agreed),
        **more,
    }


def pay_out(branch: Branch, command: dict[str, Any], actor: Actor | None = None) -> dict[str, Any]:
    """Pay a loan out as accounts asks for it, on behalf of the accountant."""
    return branch.ask(PAY_OUT_LOAN, actor or branch.accountant, **command)


def lend(branch: Branch, name: str = "Rahima", agreed: Agreed | None = None, **more: Any) -> str:
    """Pay a loan out to a member and return its id; the vault holds enough for it."""
    fill_vault(branch)
    command = payout(branch, name, agreed, **more)
    pay_out(branch, command)
    return str(command["id"])


def fill_vault(branch: Branch, amount: str = "20000.00") -> None:
    """Put cash into the vault: somebody else saves it."""
    deposit(branch, id_of("savings of Fatema"), amount)


def standing(branch: Branch, loan_id: str) -> dict[str, Any]:
    (item,) = branch.ask(LOAN_STANDINGS, None, loan_ids=[loan_id])["items"]
    return dict(item)


def re_date(branch: Branch, loan_id: str, agreed: Agreed, **more: Any) -> dict[str, Any]:
    command = {
        "loan_id": loan_id,
        "version": 2,
        "reason": "holiday",
        "begins_on": MONDAY.isoformat(),
        "rows": rows_of(agreed),
        **more,
    }
    return branch.ask(REPLACE_SCHEDULE, branch.accountant, **command)


def repay(branch: Branch, loan_id: str, amount: str, **more: Any) -> dict[str, Any]:
    """Bring cash to the counter for a loan, a second later."""
    branch.harness.watch.advance(timedelta(seconds=1))
    command = {"entry_id": new_id(), "loan_id": loan_id, "amount": amount, "paid_by": "self", **more}
    return branch.ask(POST_REPAYMENT, branch.accountant, **command)


def card(branch: Branch, loan_id: str, **more: Any) -> dict[str, Any]:
    return branch.ask(READ_LOAN, branch.manager, loan_id=loan_id, **more)


def taka(paisa: int) -> str:
    return format_taka(Paisa(paisa))
