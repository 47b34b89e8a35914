"""How much cash a vault should hold: dated data that two people set (rules M7, P7). Pure."""

from dataclasses import dataclass
from datetime import date

from contracts.money import Paisa
from contracts.transactions.ledger_errors import CashLimitOutdated
from transactions.domain.office_settings import OfficeSetting
from transactions.domain.requests import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class CashLimit(OfficeSetting):
    """A limit that is asked for, in paisa."""

    amount: Paisa

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "cash_limit",
            office=self.office_id,
            on=self.effective_on.isoformat(),
            amount=self.amount,
            reason=self.reason,
            by=self.maker_id,
        )


def require_to_come(on: date, today: date) -> None:
    """Let a limit begin today or later.

    Raises:
        CashLimitOutdated: the day is past.
    """
    if on < today:
        raise CashLimitOutdated(on=on.isoformat(), today=today.isoformat())
