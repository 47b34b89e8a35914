"""Products as head office would propose them, in the wire's form, to change and to send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from contracts.accounts import DECIDE_APPROVAL
from contracts.accounts.loan_products import PROPOSE_LOAN_PRODUCT
from contracts.accounts.savings_products import PROPOSE_SAVINGS_PRODUCT
from contracts.actor import Actor

if TYPE_CHECKING:
    from tests.support.accounts import Branch

SLABS = [{"from_month": 12, "rate_bps": 400}, {"from_month": 36, "rate_bps": 500}]


def rate(rate_bps: int, from_on: str = "2020-01-01", months: int | None = None) -> dict[str, Any]:
    return {"from_on": from_on, "rate_bps": rate_bps, "months": months}


def general(**changes: Any) -> dict[str, Any]:
    return {
        "name_bn": "সাধারণ সঞ্চয়",
        "name_en": "General savings",
        "family": "general_savings",
        "compulsory": True,
        "fund": "own",
        "floor": "0.00",
        "least_deposit": "20.00",
        "rates": [rate(600)],
    } | changes


def voluntary(**changes: Any) -> dict[str, Any]:
    names = {"name_bn": "স্বেচ্ছা সঞ্চয়", "name_en": "Voluntary savings", "family": "voluntary_savings"}
    return general(compulsory=False, **names) | changes


def monthly(**changes: Any) -> dict[str, Any]:
    """A DPS: 36 or 60 months at 7 and 7.5 percent, in steps of a hundred taka."""
    return {
        "name_bn": "মাসিক সঞ্চয়",
        "name_en": "Monthly savings",
        "family": "term_savings",
        "fund": "own",
        "least_deposit": "100.00",
        "most_deposit": "10000.00",
        "deposit_step": "100.00",
        "rates": [rate(700, months=36), rate(750, months=60)],
        "term_months": [36, 60],
        "late_penalty": "5.00",
        "missing_limit": 6,
        "closing_charge": "50.00",
        "formula": "annuity_due",
        "premature": SLABS,
    } | changes


def lump(**changes: Any) -> dict[str, Any]:
    """An FDR that doubles in 84 months and needs the manager, in steps of five thousand taka."""
    return {
        "name_bn": "দ্বিগুণ সঞ্চয়",
        "name_en": "Double benefit",
        "family": "lump_savings",
        "fund": "own",
        "least_deposit": "20000.00",
        "most_deposit": "1000000.00",
        "deposit_step": "5000.00",
        "needs_approval": True,
        "rates": [rate(1000)],
        "term_months": [84],
        "maturities": [{"amount": "1000.00", "months": 84, "value": "2000.00", "bonus": "0.00"}],
        "premature": SLABS,
    } | changes


def plan(code: str = "W46", **changes: Any) -> dict[str, Any]:
    return {"code": code, "frequency": "WEEKLY", "instalments": 46, "annual_rate_percent": "24"} | changes


def household(**changes: Any) -> dict[str, Any]:
    """A weekly loan on the days that really pass between two meetings."""
    return {
        "name_bn": "জাগরণ",
        "name_en": "Jagoron",
        "category": "jagoron",
        "fund": "own",
        "least": "5000.00",
        "most": "100000.00",
        "plans": [plan(interest_basis="DAILY")],
        "savings_share_bps": 500,
        "savings_share_later_bps": 1500,
    } | changes


def administrators() -> tuple[Actor, Actor]:
    """Two of them at head office."""
    return administrator(1), administrator(2)


def administrator(number: int) -> Actor:
    return Actor(
        person_id=f"00000000-0000-4000-8000-{number:012d}",
        kind="staff",
        role="administrator",
        office_id="00000000-0000-4000-8000-00000000000f",
        office_path="/HO/",
    )


def proposal(code: str, terms: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "code": code,
        "effective_on": "2026-11-23",
        "reason": "পরিচালনা পর্ষদের সিদ্ধান্ত",
        "terms": terms,
    } | changes


def lend(branch: Branch, code: str, terms: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Let two administrators put a loan product on the list."""
    maker, checker = administrators()
    waiting = branch.harness.ask(PROPOSE_LOAN_PRODUCT, proposal(code, terms, **changes), actor=maker)
    branch.harness.ask(DECIDE_APPROVAL, {"id": waiting["approval_id"], "approve": True}, actor=checker)
    return waiting


def offer(branch: Branch, code: str, terms: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Let two administrators put a savings product on the list."""
    maker, checker = administrators()
    waiting = branch.harness.ask(PROPOSE_SAVINGS_PRODUCT, proposal(code, terms, **changes), actor=maker)
    branch.harness.ask(DECIDE_APPROVAL, {"id": waiting["approval_id"], "approve": True}, actor=checker)
    return waiting
