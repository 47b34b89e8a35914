"""Ledger accounts as they are shown and chosen; how they are posted to is the ledger's matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.money import Paisa
from transactions.domain.chart import Ledgers


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """A member's account to be opened, with the terms that were agreed (mechanics B1).

    Attributes:
        terms: The snapshot, plain JSON; its version counts the changes of the agreement. What it says must
            stay on the account is a rule of withdrawals: the account opens and closes at nothing.
    """

    id: str
    member_id: str
    office_id: str
    code: str
    ledger: str
    version: int
    terms: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAccount:
    """A member's account with its product's names and how it stands, in paisa.

    Attributes:
        balance: What is in the book.
        pending_in: Submitted, not yet in the book (rule M1).
        pending_out: Promised, not yet paid.
    """

    id: str
    member_id: str
    office_id: str
    code: str
    ledger: str
    product_name_bn: str
    product_name_en: str
    balance: Paisa
    pending_in: Paisa
    pending_out: Paisa
    closed: bool

    @property
    def is_loan(self) -> bool:
        """Whether its balance is what she owes: the principal of a loan."""
        return self.ledger == Ledgers.LOANS.code
