"""Opening savings accounts: agreed here, opened in the ledger by a recorded step (architecture §6.4)."""

from datetime import date
from typing import Any

from accounts.domain.codes import savings_code
from accounts.domain.products import PlannedAccount, terms_in_force
from accounts.repository import Register
from contracts.accounts import SAVINGS_OPENED
from contracts.accounts.approval_words import ApprovalKind

GENERAL_SAVINGS = "GS"
OPEN_SAVINGS = "open_savings"
FIRST = 1


def plan_general_savings(register: Register, member_id: str, member_code: str, *, today: date) -> None:
    """Agree on a member's general savings under the terms in force, and plan the step that opens it."""
    terms = terms_in_force(register.savings.versions(GENERAL_SAVINGS), today)
    account_id = register.work.new_id()
    code = savings_code(terms.product_code, member_code, FIRST)
    register.savings.plan(account_id, member_id, code, terms, FIRST)
    register.work.plan(OPEN_SAVINGS, account_id, {"account_id": account_id})


def ledger_command(account: PlannedAccount) -> dict[str, Any]:
    """Return what transactions is asked: the account with its snapshot of terms (mechanics B1)."""
    terms = account.terms
    return {
        "id": account.id,
        "member_id": account.member_id,
        "office_id": account.office_id,
        "code": account.code,
        "ledger": "general_savings",
        "terms": {
            "version": terms.version,
            "product_code": terms.product_code,
            "product_name_bn": terms.name_bn,
            "product_name_en": terms.name_en,
            "floor": terms.floor,
            "annual_rate_bps": terms.annual_rate_bps,
            "sex": account.sex,
            "fund": terms.fund,
        },
    }


def record_opened(register: Register, account_id: str, *, business_on: date | None) -> None:
    """Write that the ledger has the account, tell it once, and finish the admission; repeated, do nothing."""
    account = register.savings.get_planned(account_id)
    if account.status != "opening":
        return
    register.savings.mark_open(account_id, business_on)
    register.approvals.finish(ApprovalKind.ADMISSION, account.member_id)
    opened = {
        "account_id": account.id,
        "member_id": account.member_id,
        "code": account.code,
        "opened_on": business_on,
    }
    register.work.tell(SAVINGS_OPENED, opened)
    register.work.audit("open_savings", "savings_account", account_id, {"code": account.code})
