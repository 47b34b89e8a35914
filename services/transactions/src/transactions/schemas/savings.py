"""From a loaded command of a savings account's life to the values of the domain."""

from collections.abc import Mapping
from typing import Any

from transactions.domain.corrections import CorrectionRequest
from transactions.domain.savings.withdrawals import WithdrawalRequest


def withdrawal_of(command: Mapping[str, Any], maker_id: str) -> WithdrawalRequest:
    """Return the withdrawal that is asked for."""
    return WithdrawalRequest(**command, maker_id=maker_id)


def correction_of(command: Mapping[str, Any], maker_id: str) -> CorrectionRequest:
    """Return the correction that is asked for."""
    asked = dict(command)
    return CorrectionRequest(**asked.pop("wrong"), **asked, maker_id=maker_id)
