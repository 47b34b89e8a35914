"""What is said of products and of savings, into what the domain speaks, with the fingerprints."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.products import ProductProposal
from accounts.domain.savings.accounts import SavingsWish, Wanted
from contracts import wire
from contracts.accounts.loan_products import LoanProductTerms, ProposeLoanProduct
from contracts.accounts.product_words import ProductKind
from contracts.accounts.products import WithdrawProduct
from contracts.accounts.savings import OpenSavings
from contracts.accounts.savings_products import ProposeSavingsProduct, SavingsTerms
from contracts.calls import dump


def savings_proposal(command: Mapping[str, Any]) -> ProductProposal:
    """Return the version of a savings product that somebody proposes."""
    return ProductProposal(
        id=command["id"],
        code=command["code"],
        kind=ProductKind.SAVINGS,
        effective_on=command["effective_on"],
        reason=command["reason"],
        terms=dump(SavingsTerms, command["terms"]),
        fingerprint=wire.digest(dump(ProposeSavingsProduct, command)),
    )


def loan_proposal(command: Mapping[str, Any]) -> ProductProposal:
    """Return the version of a loan product that somebody proposes."""
    return ProductProposal(
        id=command["id"],
        code=command["code"],
        kind=ProductKind.LOAN,
        effective_on=command["effective_on"],
        reason=command["reason"],
        terms=dump(LoanProductTerms, command["terms"]),
        fingerprint=wire.digest(dump(ProposeLoanProduct, command)),
    )


def product_withdrawal(command: Mapping[str, Any], kind: ProductKind) -> ProductProposal:
    """Return the end of a product's offer, as somebody proposes it."""
    return ProductProposal(
        id=command["id"],
        code=command["code"],
        kind=kind,
        effective_on=command["effective_on"],
        reason=command["reason"],
        terms=None,
        fingerprint=wire.digest(dump(WithdrawProduct, command)),
    )


def savings_wish(command: Mapping[str, Any]) -> SavingsWish:
    """Return which savings account somebody asks for."""
    return SavingsWish(
        id=command["id"],
        member_id=command["member_id"],
        product_code=command["product_code"],
        wanted=Wanted(amount=command["amount"], months=command["months"]),
        fingerprint=wire.digest(dump(OpenSavings, command)),
    )
