"""Loans as staff see them: lists, and the file with the agreement that she puts her mark to (rule L2)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.domain.lending.agreements import Agreed, PlannedPayout
from accounts.domain.lending.eligibility import plan_of
from accounts.domain.lending.law import risk_fund_of
from accounts.domain.lending.loans import UNDECIDED, LendingLimits, lapses_on
from accounts.domain.lending.products import LoanProduct
from accounts.domain.numbers import ending, masked
from accounts.domain.scope import Scope
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from contracts.accounts.loan_words import PayoutProof
from contracts.money import Paisa

STEPS = (
    ("proposed", "maker_id", "proposed_at"),
    ("recommended", "recommender_id", "recommended_at"),
    ("approved", "approver_id", "approved_at"),
    ("paid", "payer_id", "paid_at"),
)


def list_loans(
    register: Register, asked: dict[str, Any], *, scope: Scope, limits: LendingLimits
) -> dict[str, Any]:
    """Return a page of the scope's loans, the newest proposal first."""
    items = [_listed(row, limits) for row in register.loan_files.list_page(scope, asked)]
    return {"items": items, "next": items[-1]["id"] if len(items) == asked["limit"] else None}


def get_loan(
    register: Register,
    loan_id: str,
    on: date | None,
    *,
    scope: Scope,
    numbers: PrivateNumbers,
    limits: LendingLimits,
) -> dict[str, Any]:
    """Return all that staff see of a loan; before the payout its schedule is an estimate.

    Args:
        register: The register.
        loan_id: Which loan.
        on: For which day an estimate is made; None is the planned day.
        scope: What the reader may see.
        numbers: Opens what is shown masked.
        limits: By which a proposal lapses.

    Raises:
        NotFound: there is none in scope.
    """
    row = register.loan_files.show(scope, loan_id)
    product = register.agreements.version(row["product_code"], row["product_version"])
    account = row["bank_account"]
    return _listed(row, limits) | {
        "product_name_bn": product.name_bn,
        "product_name_en": product.name_en,
        "bank_account_last4": None
        if account is None
        else ending(numbers.show_of_loan("bank_account", loan_id, account)),
        "people": [_person(loan_id, person, numbers) for person in register.loans.people_of(loan_id)],
        **{step: _deed(row, step, by, at) for step, by, at in STEPS},
        "reason": row["reason"] or register.approvals.reason_of(loan_id),
        "payout": _payout(row),
        "agreement": _agreement(register, row, product, on),
    }


def list_call_backs(
    register: Register, asked: Mapping[str, Any], *, scope: Scope, today: date
) -> dict[str, Any]:
    """Return a page of the payouts that the area has not asked about yet, the most urgent first."""
    rows = register.loan_files.waiting_calls(scope, after=asked["after"], limit=asked["limit"])
    items = [_call(row, today) for row in rows]
    return {"items": items, "next": items[-1]["loan_id"] if len(items) == asked["limit"] else None}


def get_call_back(register: Register, loan_id: str, *, scope: Scope, today: date) -> dict[str, Any]:
    """Return one payout that was drawn.

    Raises:
        NotFound: there is none in scope.
    """
    return _call(register.loan_files.hold_call(scope, loan_id), today)


def _listed(row: Mapping[str, Any], limits: LendingLimits) -> dict[str, Any]:
    waits = row["state"] in UNDECIDED
    return dict(row) | {"lapses_on": lapses_on(row["proposed_on"], limits) if waits else None}


def _deed(row: Mapping[str, Any], step: str, by: str, at: str) -> dict[str, Any] | None:
    if row[by] is None:
        return None
    names = {name: row[f"{step}_{name}"] for name in ("name_bn", "name_en")}
    return {"by": row[by], "at": row[at], **names}


def _person(loan_id: str, row: Mapping[str, Any], numbers: PrivateNumbers) -> dict[str, Any]:
    column = f"person.{row['number']}.nid"
    named = {} if row["name"] is None else {"name_bn": row["name"], "name_en": row["name"]}
    nid = None if row["nid"] is None else masked(numbers.show_of_loan(column, loan_id, row["nid"]))
    return dict(row) | named | {"nid_masked": nid}


def _payout(row: Mapping[str, Any]) -> dict[str, Any] | None:
    said = row["payout"]
    if said is None:
        return None
    by_call = None if said["called_back_by"] is None else PayoutProof.CALL_BACK
    return (
        {"proved_by": by_call}
        | dict(said)
        | {
            "on": date.fromisoformat(said["on"]),
            "receipt_number": row["receipt_number"],
        }
    )


def _agreement(
    register: Register, row: Mapping[str, Any], product: LoanProduct, on: date | None
) -> dict[str, Any]:
    plan, paid_on = plan_of(product, row["plan_code"]), row["disbursed_on"]
    # The payout may be written between the reading of the row and of its schedule: the row decides.
    kept = None if paid_on is None else register.loans.schedule_in_force(row["id"])
    principal = Paisa(row["principal"])
    beside = {
        "annual_rate_percent": f"{plan.annual_rate_percent:f}",
        "form_fee": product.form_fee,
        "risk_fund": risk_fund_of(product, principal),
        "principal": principal,
    }
    if kept is not None:
        of_day = _law(register, paid_on, kept["apr_percent"]) | {"disbursed_on": paid_on}
        return beside | _kept(kept, principal) | of_day
    day = _day_of(row, on)
    payout = PlannedPayout(
        loan_id=row["id"],
        product=product,
        plan_code=plan.code,
        principal=principal,
        samity_id=row["samity_id"],
        branch_id=row["branch_id"],
        on=day,
    )
    agreed = register.agreements.on(payout)
    return beside | _estimated(agreed) | _law(register, day, agreed.apr_percent) | {"disbursed_on": day}


def _day_of(row: Mapping[str, Any], on: date | None) -> date:
    """Return for which day an estimate is made: the one of a payout under way, else as asked for."""
    if row["payout"] is not None:
        return date.fromisoformat(row["payout"]["on"])
    return on or row["planned_on"]


def _law(register: Register, day: date, apr_percent: Any) -> dict[str, Any]:
    cap = register.agreements.law(day).cap_percent
    return {"cap_percent": f"{cap.normalize():f}", "within_cap": apr_percent <= cap}


def _estimated(agreed: Agreed) -> dict[str, Any]:
    schedule = agreed.schedule
    return {
        "is_estimate": True,
        "version": 1,
        "service_charge": schedule.charge,
        "total": schedule.total,
        "apr_percent": agreed.shown_percent,
        "rows": [
            {
                "number": row.number,
                "due_on": row.due_on,
                "principal": row.principal,
                "service_charge": row.charge,
                "total": row.total,
                "balance": row.balance,
            }
            for row in schedule.rows
        ],
    }


def _kept(kept: Mapping[str, Any], principal: Paisa) -> dict[str, Any]:
    rows, balance = [], int(principal)
    for number, (due_on, part, charge) in enumerate(
        zip(kept["due_on"], kept["principal"], kept["charge"], strict=True), start=1
    ):
        balance -= part
        rows.append(
            {
                "number": number,
                "due_on": due_on,
                "principal": part,
                "service_charge": charge,
                "total": part + charge,
                "balance": balance,
            }
        )
    return {
        "is_estimate": False,
        "version": kept["version"],
        "service_charge": sum(kept["charge"]),
        "total": principal + sum(kept["charge"]),
        "apr_percent": f"{kept['apr_percent']:.2f}",
        "rows": rows,
    }


def _call(row: Mapping[str, Any], today: date) -> dict[str, Any]:
    return dict(row) | {
        "how": row["payout"]["how"],
        "is_overdue": row["outcome"] is None and row["due_on"] < today,
    }
