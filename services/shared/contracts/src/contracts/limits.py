"""Limits by amount: up to where a person may allow what waits for him. Pure."""

from contracts.actor import Actor
from contracts.errors import OverLimit
from contracts.money import Paisa, format_taka

LIMITED = {
    "withdrawal:approve": ("সঞ্চয় উত্তোলন অনুমোদন", "Agreeing to a withdrawal"),
    "withdrawal:approve_area": ("এলাকার উত্তোলন অনুমোদন", "Agreeing to a withdrawal for the area"),
    "closing:approve": ("সঞ্চয় হিসাব বন্ধ অনুমোদন", "Agreeing to the closing of an account"),
    "correction:approve": ("আগের দিনের সংশোধন অনুমোদন", "Agreeing to a correction of an earlier day"),
    "correction:approve_area": ("আগের মাসের সংশোধন অনুমোদন", "Agreeing to a correction across months"),
    "loan:approve": ("ঋণ অনুমোদন", "Approving a loan"),
    "loan:approve_change": ("চলমান ঋণের পরিবর্তন অনুমোদন", "Approving the change of a running loan"),
    "settlement:approve": ("ঋণ নিষ্পত্তি অনুমোদন", "Approving the settlement of a loan"),
    "voucher:approve": ("ভাউচার অনুমোদন", "Approving a voucher"),
    "override:approve": ("ব্যতিক্রম অনুমোদন", "Approving an override"),
}
"""What may be limited by amount, with its name in Bangla and in English."""


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
