"""Savings in tests: accounts on any terms, withdrawals and closings as a branch's staff would do them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from contracts.transactions.ledger import DECIDE_APPROVAL, OPEN_ACCOUNT, POST_DEPOSIT
from contracts.transactions.savings import (
    CANCEL_WITHDRAWAL,
    PAY_WITHDRAWAL,
    PROPOSE_CLOSING,
    PROPOSE_WITHDRAWAL,
)
from tests.support.branch import MONDAY, id_of, new_id
from transactions.batch.duties import TransactionsBatch
from transactions.domain.days import first_of_month
from transactions.models.days import holidays

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch

WORKING = {1, 2, 10, 11}
"""On which days of a month a branch works that has few working days; Fridays it does not."""
TERMS = {
    "version": 1,
    "product_code": "GS",
    "product_name_bn": "সাধারণ সঞ্চয়",
    "product_name_en": "General savings",
    "floor": "0.00",
    "annual_rate_bps": 600,
    "sex": "female",
    "fund": None,
}


def open_account(branch: Branch, name: str, family: str = "general_savings", **terms: Any) -> str:
    """Open an account of any family for a member; its id follows from family and name."""
    account_id = id_of(f"{family} of {name}")
    branch.ask(
        OPEN_ACCOUNT,
        None,
        id=account_id,
        member_id=id_of(name),
        office_id=branch.id,
        code=f"{family[:2].upper()}.{branch.code}.{name}.01",
        ledger=family,
        terms={**TERMS, **terms},
    )
    return account_id


def deposit(branch: Branch, account_id: str, amount: str, **more: Any) -> dict[str, Any]:
    return branch.ask(
        POST_DEPOSIT,
        branch.accountant,
        **{"entry_id": new_id(), "account_id": account_id, "amount": amount, "paid_by": "self", **more},
    )


def area_manager(branch: Branch, name: str = "area_manager") -> Actor:
    """Return somebody of the area above the branch."""
    person = branch.person("area_manager", name)
    return replace(person, office_id=id_of("A01"), office_path="/HO/A01/")


def limited(actor: Actor, permission: str, paisa: int) -> Actor:
    """Return the actor with a greatest amount for a permission."""
    return replace(actor, limits=((permission, paisa),))


def ask_for(branch: Branch, account_id: str, amount: str, **more: Any) -> dict[str, Any]:
    """Let the officer ask for a withdrawal."""
    request = {"id": new_id(), "account_id": account_id, "amount": amount, **more}
    return branch.ask(PROPOSE_WITHDRAWAL, branch.officer, **request)


def decide(branch: Branch, actor: Actor, approval_id: str, *, approve: bool = True) -> dict[str, Any]:
    reason = None if approve else "not so"
    return branch.ask(DECIDE_APPROVAL, actor, id=approval_id, approve=approve, reason=reason)


def pay(branch: Branch, withdrawal_id: str, actor: Actor | None = None, **more: Any) -> dict[str, Any]:
    """Let the accountant pay, a second later, before the officer's eyes."""
    branch.harness.watch.advance(timedelta(seconds=1))
    evidence = {"mark": "thumb", "witness_id": branch.officer.person_id, **more}
    return branch.ask(PAY_WITHDRAWAL, actor or branch.accountant, id=withdrawal_id, evidence=evidence)


def cancel(branch: Branch, withdrawal_id: str) -> dict[str, Any]:
    return branch.ask(CANCEL_WITHDRAWAL, branch.officer, id=withdrawal_id, reason="she changed her mind")


def close(branch: Branch, account_id: str, **more: Any) -> dict[str, Any]:
    """Ask for an account to be closed."""
    request = {"id": new_id(), "account_id": account_id, "evidence": "her thumb", "reason": "she moves away"}
    return branch.ask(PROPOSE_CLOSING, branch.accountant, **{**request, **more})


def withdraw(branch: Branch, account_id: str, amount: str) -> dict[str, Any]:
    """Take a withdrawal from wish to cash."""
    asked = ask_for(branch, account_id, amount)
    decide(branch, branch.manager, asked["approval_id"])
    return pay(branch, asked["id"])


def pass_days(branch: Branch, until: date) -> None:
    """Close day after day, the vault counted each evening, until the open one is not before a date."""
    while date.fromisoformat(branch.day()["on"]) < until:
        branch.count_vault("closing", {"1": int(branch.day()["vault"].removesuffix(".00"))})
        branch.close_day()


def rest_until(branch: Branch, until: date) -> None:
    """Close the open day; the next one is a date not three months away, all between them being holidays."""
    today = date.fromisoformat(branch.day()["on"])
    _rest_on(branch, [today + timedelta(days=number) for number in range(1, (until - today).days)])
    pass_days(branch, until)


def work_on_few_days(branch: Branch, until: date) -> None:
    """Let a branch have holidays but for a few days a month, and room for them: so a year passes quickly."""
    days = [MONDAY + timedelta(days=number) for number in range(1, (until - MONDAY).days + 40)]
    _rest_on(branch, [day for day in days if day.day not in WORKING])
    with branch.harness.service().books() as books:
        for month in range(0, (until - MONDAY).days // 30 + 1, 3):
            books.partitions.make_room(first_of_month(MONDAY, month))


def _rest_on(branch: Branch, days: list[date]) -> None:
    row = {"office_id": branch.id, "name_bn": "ছুটি", "name_en": "Holiday", "version": 1}
    with branch.harness.process.database.transaction() as session:
        session.execute(insert(holidays), [row | {"on": day, "id": new_id()} for day in days])


def batch_of(branch: Branch) -> TransactionsBatch:
    """Return the batch process's worker, whose timers a test may call."""
    harness = branch.harness
    return harness.instance_of(TransactionsBatch, harness.process.own_call())
