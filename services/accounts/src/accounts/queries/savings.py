"""Savings accounts as they were agreed."""

from typing import Any

from accounts.repository import Register
from contracts.accounts.approval_words import ApprovalKind


def show_agreed(register: Register, account_id: str) -> dict[str, Any]:
    """Return how an account stands that was just asked for."""
    account = register.savings.get_planned(account_id)
    waiting = register.approvals.find_waiting(ApprovalKind.SAVINGS_OPENING, account_id)
    return {
        "account_id": account.id,
        "code": account.code,
        "status": account.status,
        "approval_id": waiting.id if waiting else None,
        "product_version": account.product.version,
        "maturity_value": account.maturity_value,
    }
