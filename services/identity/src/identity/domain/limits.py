"""Limits by amount: dated, never edited, and never raised for the day that is running (P7). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.limits import LIMITED
from contracts.money import Paisa
from contracts.permissions import permits


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Up to which amount a role may allow something, from a day on."""

    role: str
    permission: str
    amount: Paisa
    effective_on: date


def can_bind(role: str, permission: str) -> bool:
    """Tell whether a role allows something that is limited by amount at all."""
    return permission in LIMITED and permits(role, permission)


def first_day(limit: Limit, in_force: Paisa | None, today: date) -> date:
    """Return from when on a limit may count: less from today on, more from tomorrow on.

    Args:
        limit: What is proposed.
        in_force: What binds the role today; None is no limit, above every amount.
        today: The calendar day.
    """
    is_lowered = in_force is None or limit.amount < in_force
    return today if is_lowered else today + timedelta(days=1)
