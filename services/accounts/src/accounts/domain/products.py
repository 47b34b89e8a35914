"""Savings products: versions of terms, each in force from a date on. Pure.

A version is never changed; an account keeps a snapshot of the one it was opened under (mechanics B1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.money import NOTHING, Paisa

LEGAL_MINIMUM_BPS = 600
"""Compulsory savings earn at least 6 % a year (domain §3, MRA 2010)."""


@dataclass(frozen=True, slots=True)
class SavingsTerms:
    """One version of a savings product.

    Attributes:
        product_code: The readable code, part of every account's code: `GS`.
        version: Counted from 1 within the product.
        effective_on: The first day on which accounts are opened under it.
        name_bn: What members read, in Bangla.
        name_en: What members read, in English.
        floor: The balance below which nothing is withdrawn, in paisa.
        least_deposit: The usual deposit at a meeting, in paisa; more is welcome.
        annual_rate_bps: Interest a year, in basis points.
        fund: From whose money it is run, for reports.
    """

    product_code: str
    version: int
    effective_on: date
    name_bn: str
    name_en: str
    floor: Paisa
    least_deposit: Paisa
    annual_rate_bps: int
    fund: str

    def __post_init__(self) -> None:
        """Refuse terms that the law, or arithmetic, forbids."""
        if self.annual_rate_bps < LEGAL_MINIMUM_BPS:
            raise ValueError(f"general savings earn at least {LEGAL_MINIMUM_BPS} basis points a year")
        if self.floor < NOTHING or self.least_deposit <= NOTHING:
            raise ValueError("a floor is not negative, and a deposit is something")


def terms_in_force(versions: Sequence[SavingsTerms], on: date) -> SavingsTerms:
    """Return the version under which an account is opened on a day.

    Raises:
        LookupError: the product is not offered yet.
    """
    begun = [terms for terms in versions if terms.effective_on <= on]
    if not begun:
        raise LookupError("no version of the product is in force")
    return max(begun, key=lambda terms: (terms.effective_on, terms.version))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAccount:
    """A savings account with all that the ledger needs to open it.

    Attributes:
        office_id: The branch in whose book it will be.
        status: `opening` until the ledger has it, then `open`.
        terms: The version that it is opened under.
        sex: The member's, because reports tell savings apart by it.
    """

    id: str
    member_id: str
    office_id: str
    code: str
    status: str
    terms: SavingsTerms
    sex: str
