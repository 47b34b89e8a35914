"""The book beside the deeds, as tests write it: ledgers, banks and vouchers, by two people each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from contracts.transactions.chart import PROPOSE_BANK_ACCOUNT, PROPOSE_LEDGER, READ_CHART
from contracts.transactions.ledger import DECIDE_APPROVAL
from contracts.transactions.manual import GET_MANUAL_VOUCHER, PROPOSE_VOUCHER, UNDO_VOUCHER
from tests.support.branch import id_of, new_id

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch

OPENING = (("1110", "debit", "10000.00"), ("3110", "credit", "10000.00"))
"""Head office puts money of its own into a vault."""


def administrator(branch: Branch, name: str = "administrator") -> Actor:
    """Return somebody of the head office who keeps the book's order and moves no money."""
    person = branch.person("administrator", name)
    return replace(person, office_id=id_of("HO"), office_path="/HO/")


def area_manager(branch: Branch) -> Actor:
    """Return the manager of the branch's area."""
    return replace(branch.person("area_manager"), office_id=id_of("A01"), office_path="/HO/A01/")


def add_ledger(branch: Branch, ledger: str = "5491", parent: str = "5400", **more: Any) -> str:
    """Let two administrators put a ledger into the chart."""
    proposed = propose_ledger(branch, ledger, parent, **more)
    branch.ask(DECIDE_APPROVAL, administrator(branch, "second"), id=proposed, approve=True)
    return ledger


def propose_ledger(branch: Branch, ledger: str = "5491", parent: str = "5400", **more: Any) -> str:
    said = {
        "id": new_id(),
        "ledger": ledger,
        "parent": parent,
        "name_bn": "পত্রিকা",
        "name_en": "Newspapers",
        "effective_on": "2026-11-23",
        "reason": "asked by the auditor",
        **more,
    }
    return str(branch.ask(PROPOSE_LEDGER, administrator(branch), **said)["id"])


def add_bank(branch: Branch, number: str = "0042-1177", **more: Any) -> str:
    """Let two administrators keep an account at a bank for the branch."""
    proposed = propose_bank(branch, number, **more)
    branch.ask(DECIDE_APPROVAL, administrator(branch, "second"), id=proposed, approve=True)
    return proposed


def propose_bank(branch: Branch, number: str = "0042-1177", **more: Any) -> str:
    said = {
        "id": new_id(),
        "office_id": branch.id,
        "bank_bn": "সোনালী ব্যাংক",
        "bank_en": "Sonali Bank",
        "branch": "Natore",
        "number": number,
        "reason": "opened by the executive director",
        **more,
    }
    return str(branch.ask(PROPOSE_BANK_ACCOUNT, administrator(branch), **said)["id"])


def line(ledger: str, side: str, amount: str, bank: str | None = None) -> dict[str, Any]:
    return {"ledger": ledger, "side": side, "amount": amount, "bank_account_id": bank}


def write(branch: Branch, kind: str, *lines: tuple[Any, ...], **more: Any) -> str:
    """Let the accountant write a voucher."""
    said = {
        "id": new_id(),
        "office_id": branch.id,
        "kind": kind,
        "lines": [line(*one) for one in lines],
        "narration": "as told on the bill",
        "reference": "bill 7",
        **more,
    }
    return str(branch.ask(PROPOSE_VOUCHER, branch.accountant, **said)["id"])


def book(branch: Branch, kind: str, *lines: tuple[Any, ...], **more: Any) -> str:
    """Let a voucher be written and agreed to."""
    voucher = write(branch, kind, *lines, **more)
    branch.approve(voucher)
    return voucher


def fund(branch: Branch) -> str:
    """Put ten thousand taka into the vault."""
    return book(branch, "receipt", *OPENING)


def undo(branch: Branch, voucher_id: str, **more: Any) -> str:
    """Let the accountant ask for a voucher's contrary."""
    said = {"id": new_id(), "voucher_id": voucher_id, "reason": "wrong ledger", **more}
    return str(branch.ask(UNDO_VOUCHER, branch.accountant, **said)["id"])


def voucher(branch: Branch, voucher_id: str) -> dict[str, Any]:
    return branch.ask(GET_MANUAL_VOUCHER, branch.manager, id=voucher_id)


def chart(branch: Branch) -> dict[str, dict[str, Any]]:
    """Return the chart by code, as an accountant reads it."""
    return {one["ledger"]: one for one in branch.ask(READ_CHART, branch.accountant)["ledgers"]}
