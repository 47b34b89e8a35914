"""Limits by amount: up to where a person may allow what waits for him. Pure."""

from contracts.actor import Actor
from contracts.errors import OverLimit
from contracts.money import Paisa, format_taka


def require_within_limit(actor: Actor, amount: Paisa, permission: str) -> None:
    """Let a person allow an amount up to his limit.

    Args:
        actor: Who decides.
        amount: What is at stake, in paisa.
        permission: By which he decides.

    Raises:
        OverLimit: it is for somebody above him.
    """
    limit = actor.limit_of(permission)
    if limit is not None and amount > limit:
        raise OverLimit(limit=format_taka(Paisa(limit)), amount=format_taka(amount))
