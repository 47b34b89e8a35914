"""From a loaded command of a savings account's life to the values of the domain."""

from collections.abc import Mapping
from typing import Any

from transactions.domain.corrections import CorrectionRequest
from transactions.domain.savings.closing import ClosingRequest, ClosingTerms
from transactions.domain.savings.withdrawals import WithdrawalRequest


def withdrawal_of(command: Mapping[str, Any], maker_id: str) -> WithdrawalRequest:
    """Return the withdrawal that is asked for."""
    return WithdrawalRequest(**command, maker_id=maker_id)


def correction_of(command: Mapping[str, Any], maker_id: str) -> CorrectionRequest:
    """Return the correction that is asked for."""
    asked = dict(command)
    return CorrectionRequest(**asked.pop("wrong"), **asked, maker_id=maker_id)


def closing_of(command: Mapping[str, Any], maker_id: str) -> ClosingRequest:
    """Return the closing that is asked for."""
    return ClosingRequest(**command, maker_id=maker_id)


def terms_answer(account_id: str, terms: ClosingTerms) -> dict[str, Any]:
    """Return what closing pays, line by line."""
    names = ("on", "how", "balance", "interest", "charge", "rounding", "payout")
    return {"account_id": account_id, **{name: getattr(terms, name) for name in names}}
