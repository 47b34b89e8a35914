"""A branch's old books as accounts hands them over: two savers, one of them with a loan (rule P13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contracts.transactions.cut_over import BEGIN_CUT_OVER, HAND_OVER_BALANCES, POST_CUT_OVER
from tests.support.branch import id_of
from transactions.batch.duties import TransactionsBatch

if TYPE_CHECKING:
    from tests.support.branch import Branch

ON = "2026-11-21"
CUT_OVER = id_of("the cut-over")
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


def savings(name: str, balance: str) -> dict[str, Any]:
    return {
        "id": id_of(f"savings of {name}"),
        "member_id": id_of(name),
        "samity_id": id_of("Jhumka"),
        "code": f"GS.B001.{name}.1",
        "ledger": "general_savings",
        "opened_on": "2024-01-01",
        "terms": TERMS,
        "deposited": balance,
        "withdrawn": "0.00",
        "interest": "0.00",
        "balance": balance,
        "last_receipt": "A-17",
    }


def loan(name: str) -> dict[str, Any]:
    """10,000 and 1,000 of charge in four instalments of 2,750: one is paid, the second is overdue."""
    return {
        "id": id_of(f"loan of {name}"),
        "member_id": id_of(name),
        "samity_id": id_of("Jhumka"),
        "code": f"JAG.B001.{name}.1",
        "disbursed_on": "2026-10-01",
        "principal": "10000.00",
        "principal_paid": "2500.00",
        "charge_paid": "250.00",
        "last_receipt": "A-18",
        "terms": {
            "version": 1,
            "product_code": "JAG",
            "product_version": 1,
            "product_name_bn": "জাগরণ",
            "product_name_en": "Jagoron",
            "category": "jagoron",
            "fund": "own",
            "sex": "female",
            "cycle": 1,
            "split": "proportional",
        },
        "rows": [
            {"due_on": on, "principal": "2500.00", "service_charge": "250.00"}
            for on in ("2026-10-20", "2026-11-17", "2026-11-24", "2026-12-01")
        ],
    }


def begin(here: Branch, **more: Any) -> str:
    said = {
        "id": CUT_OVER,
        "office_id": here.id,
        "on": ON,
        "accounts": 3,
        "savings": "1500.00",
        "loans": "7500.00",
        "reference": "old books, page 12",
        "maker_id": id_of("who prepared"),
        "checker_id": id_of("who agreed"),
        **more,
    }
    return str(here.ask(BEGIN_CUT_OVER, None, **said)["state"])


def hand_over(here: Branch, number: int = 1, **more: Any) -> None:
    said = {"savings": [savings("Rahima", "1000.00"), savings("Salma", "500.00")], "loans": [loan("Rahima")]}
    here.ask(HAND_OVER_BALANCES, None, id=CUT_OVER, number=number, **said | more)


def post(here: Branch) -> None:
    here.ask(POST_CUT_OVER, None, id=CUT_OVER)
    here.harness.take_steps("post_balances", by=TransactionsBatch)
    here.harness.take_steps("close_day", by=TransactionsBatch)
