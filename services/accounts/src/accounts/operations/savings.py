"""Opening savings accounts: agreed here, opened in the ledger by a recorded step (architecture §6.4)."""

from datetime import date
from typing import Any

from accounts.domain.approvals import Approval, Stage
from accounts.domain.codes import savings_code
from accounts.domain.members import Status
from accounts.domain.savings.accounts import (
    NOTHING_CHOSEN,
    PlannedAccount,
    SavingsWish,
    check_wanted,
    maturity_value,
)
from accounts.domain.savings.products import SavingsProduct, savings_in_force
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.operations.savings_products import compulsory_on
from accounts.repository import Register
from accounts.repository.rows import Row
from accounts.repository.savings import NewAccount
from contracts.accounts import SAVINGS_OPENED
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.product_errors import AlreadyOneOfThis, NoActiveMember, ProductNotOffered
from contracts.accounts.product_words import SavingsState
from contracts.errors import IdConflict, NotFound, PersonExcluded
from contracts.money import format_taka

OPEN_SAVINGS = "open_savings"
MOVE_APPLICANT_MONEY = "move_applicant_money"
FIRST = 1


def plan_compulsory_savings(register: Register, member_id: str, member_code: str, *, today: date) -> None:
    """Agree on a new member's compulsory savings under the terms in force, and plan the step that opens it.

    Raises:
        ProductNotOffered: no product is compulsory on this day.
    """
    product = compulsory_on(register, today)
    if product is None:
        raise ProductNotOffered(product_code=None, on=today.isoformat())
    account = NewAccount(
        id=register.work.new_id(),
        member_id=member_id,
        code=savings_code(product.code, member_code, FIRST),
        serial=FIRST,
        product=product,
        wanted=NOTHING_CHOSEN,
        maturity_value=None,
        status=SavingsState.OPENING,
    )
    register.savings.add(account)
    _plan(register, account.id)


def open_savings(register: Register, wish: SavingsWish, *, scope: Scope, today: date) -> None:
    """Agree on an account of any product, under its version in force; repeated, do nothing.

    It waits for the manager where the product says so, else the step that opens it in the book is planned.

    Raises:
        NotFound: the member is not in scope, or there is no such product.
        IdConflict: the id belongs to another wish.
        PersonExcluded: she is the actor or declared kin (rule M8).
        NoActiveMember, ProductNotOffered, AlreadyOneOfThis, TermNotOffered, AmountNotOffered: as named.
    """
    member = register.members.hold(scope, wish.member_id)
    known = register.savings.find_fingerprint(wish.id)
    if known is not None:
        if known != wish.fingerprint:
            raise IdConflict
        return
    if wish.member_id in register.work.actor.excluded_members:
        raise PersonExcluded
    _require_active(member)
    product = _product_on(register, wish.product_code, today)
    _check_only_one(register, product, wish.member_id)
    check_wanted(product, wish.wanted)
    account = _agreed(register, wish, product, member["code"])
    register.savings.add(account)
    if product.needs_approval:
        register.approvals.propose(_approval(register, account, member))
    else:
        _plan(register, account.id)
    register.work.audit("agree_savings", "savings_account", account.id, {"code": account.code})


def decide(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Plan the step that opens an account which waited, or turn it down.

    Raises:
        NoActiveMember: she died or left meanwhile (rule L5).
    """
    del desk
    if not approve:
        register.savings.decide(approval.subject_id, SavingsState.DECLINED)
        return Stage.DECLINED
    _require_active(register.savings.owner_of(approval.subject_id))
    register.savings.decide(approval.subject_id, SavingsState.OPENING)
    _plan(register, approval.subject_id)
    return Stage.OPENING


def ledger_command(account: PlannedAccount) -> dict[str, Any]:
    """Return what transactions is asked: the account with its snapshot of terms (mechanics B1)."""
    product, wanted = account.product, account.wanted
    same = (
        *("version", "floor", "fund", "withdraw_max_bps_with_loan", "withdraw_max_bps_without_loan"),
        *("counter_limit", "closing_charge", "dormant_after_months", "late_penalty", "missing_limit"),
        *("interest_method", "interest_minimum_balance", "interest_minimum_age_months"),
        *("interest_withdrawal_stops", "interest_dormant_eligible", "formula"),
    )
    rates = product.rates_for(wanted.months)
    terms = {name: getattr(product, name) for name in same} | {
        "product_code": product.code,
        "product_name_bn": product.name_bn,
        "product_name_en": product.name_en,
        "annual_rate_bps": product.rate_on(product.effective_on, wanted.months),
        "interest_rates": [{"from_on": rate.from_on, "bps": rate.rate_bps} for rate in rates],
        "interest_posting_months": list(product.interest_posting_months) or None,
        "sex": account.sex,
        "amount": wanted.amount,
        "months": wanted.months,
        "maturity_value": account.maturity_value,
        "premature": [
            {"from_month": slab.from_month, "rate_bps": slab.rate_bps} for slab in product.premature
        ]
        or None,
    }
    return {
        "id": account.id,
        "member_id": account.member_id,
        "office_id": account.office_id,
        "code": account.code,
        "ledger": str(product.family),
        "terms": terms,
    }


def record_opened(register: Register, account_id: str, *, business_on: date | None) -> None:
    """Write that the ledger has it, tell that once, and finish what waited for it; repeated, do nothing."""
    account = register.savings.get_planned(account_id)
    if account.status is not SavingsState.OPENING:
        return
    register.savings.mark_open(account_id, business_on)
    register.approvals.finish(ApprovalKind.SAVINGS_OPENING, account_id)
    if account.product.compulsory and register.approvals.finish(ApprovalKind.ADMISSION, account.member_id):
        payload = {"applicant_id": account.member_id, "account_id": account.id}
        register.work.plan(MOVE_APPLICANT_MONEY, account.member_id, payload)
    opened = {
        "account_id": account.id,
        "member_id": account.member_id,
        "code": account.code,
        "opened_on": business_on,
    }
    register.work.tell(SAVINGS_OPENED, opened)
    register.work.audit("open_savings", "savings_account", account_id, {"code": account.code})


def _require_active(member: Row) -> None:
    if member["status"] != Status.ACTIVE or member["deceased_on"] is not None:
        raise NoActiveMember(field="member_id")


def _plan(register: Register, account_id: str) -> None:
    register.work.plan(OPEN_SAVINGS, account_id, {"account_id": account_id})


def _product_on(register: Register, code: str, on: date) -> SavingsProduct:
    versions = register.products.savings_versions(code)
    if not versions:
        raise NotFound(field="product_code")
    product = savings_in_force(versions, on)
    if product is None:
        raise ProductNotOffered(product_code=code, on=on.isoformat())
    return product


def _check_only_one(register: Register, product: SavingsProduct, member_id: str) -> None:
    known = register.savings.find_living(member_id, product.code) if product.compulsory else None
    if known is not None:
        raise AlreadyOneOfThis(field="product_code", account_code=known)


def _agreed(register: Register, wish: SavingsWish, product: SavingsProduct, member_code: str) -> NewAccount:
    serial = register.savings.next_serial(wish.member_id, product.code)
    return NewAccount(
        id=wish.id,
        member_id=wish.member_id,
        code=savings_code(product.code, member_code, serial),
        serial=serial,
        product=product,
        wanted=wish.wanted,
        maturity_value=maturity_value(product, wish.wanted),
        status=SavingsState.WAITING if product.needs_approval else SavingsState.OPENING,
        fingerprint=wish.fingerprint,
    )


def _approval(register: Register, account: NewAccount, member: Row) -> Approval:
    amount, value = account.wanted.amount, account.maturity_value
    return Approval(
        id=register.work.new_id(),
        kind=ApprovalKind.SAVINGS_OPENING,
        subject_id=account.id,
        office_id=member["branch_id"],
        member_id=account.member_id,
        fingerprint=str(account.fingerprint),
        maker_id=register.work.actor.person_id,
        proposed_at=register.work.now,
        facts={
            "subject_bn": member["name_bn"],
            "subject_en": member["name_en"],
            "member_id": account.member_id,
            "member_code": member["code"],
            "account_code": account.code,
            "product_bn": account.product.name_bn,
            "product_en": account.product.name_en,
            "amount": None if amount is None else format_taka(amount),
            "months": account.wanted.months,
            "maturity_value": None if value is None else format_taka(value),
        },
    )
