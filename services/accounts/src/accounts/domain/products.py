"""What all products have in common: versions that begin on a day, and proposals of them (rule P7). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.accounts.product_errors import EffectiveDatePassed
from contracts.accounts.product_words import ProductKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductProposal:
    """A version that somebody proposes: whole terms, or the end of the offer.

    Attributes:
        terms: In the wire's form; None takes the product off the list.
        fingerprint: By which a repeated proposal is known.
    """

    id: str
    code: str
    kind: ProductKind
    effective_on: date
    reason: str
    terms: Mapping[str, Any] | None
    fingerprint: str


def check_effective(effective_on: date, *, today: date) -> None:
    """Refuse terms that would have begun in the past: what was agreed meanwhile was agreed under others.

    Raises:
        EffectiveDatePassed: with the first day on which they could begin.
    """
    if effective_on < today:
        raise EffectiveDatePassed(field="effective_on", first_on=today.isoformat())
