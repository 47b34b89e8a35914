"""What must hold of a version of a savings product before it waits, and again before it is added."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.domain.products import ProductProposal
from accounts.domain.savings.products import SavingsProduct, savings_in_force
from accounts.domain.savings.proposals import check_savings, percent
from accounts.repository import Register
from contracts.accounts.product_errors import AnotherIsCompulsory, ProductCodeTaken, ProductNotOffered
from contracts.accounts.savings_products import SavingsTermsShown
from contracts.calls import load


def checked(register: Register, proposal: ProductProposal) -> SavingsProduct:
    """Return the version that a proposal would make.

    Raises:
        InvalidPayload, CompulsoryRateTooLow, ProductCodeTaken, AnotherIsCompulsory, ProductNotOffered: as
            named.
    """
    versions = register.products.savings_versions(proposal.code)
    product = _drafted(proposal, versions)
    if product.offered:
        check_savings(product, least_bps=_least(register, product))
    if any(version.family is not product.family for version in versions):
        raise ProductCodeTaken(field="code")
    _check_compulsory(register, product)
    return product


def add(register: Register, product: SavingsProduct, proposal_id: str) -> None:
    """Write the version that two people agreed on."""
    register.products.add_savings(
        product, proposal_id=proposal_id, legal_minimum_bps=_least(register, product)
    )


def facts(product: SavingsProduct) -> Mapping[str, Any]:
    """Return what the checker sees first of a version."""
    rates = sorted({rate.rate_bps for rate in product.rates})
    return {"rate_percent": ", ".join(percent(rate) for rate in rates)}


def compulsory_on(register: Register, on: date) -> SavingsProduct | None:
    """Return the compulsory product of a day; None where none is offered."""
    versions = register.products.list_savings()
    offered = (
        savings_in_force([version for version in versions if version.code == code], on)
        for code in sorted({version.code for version in versions})
    )
    return next((product for product in offered if product is not None and product.compulsory), None)


def _drafted(proposal: ProductProposal, versions: tuple[SavingsProduct, ...]) -> SavingsProduct:
    number = len(versions) + 1
    if proposal.terms is not None:
        said = load(SavingsTermsShown, proposal.terms)
        return SavingsProduct.of(proposal.code, number, proposal.effective_on, said, offered=True)
    last = savings_in_force(versions, proposal.effective_on)
    if last is None:
        raise ProductNotOffered(product_code=proposal.code, on=proposal.effective_on.isoformat())
    return last.ended(number, proposal.effective_on)


def _least(register: Register, product: SavingsProduct) -> int:
    return register.laws.on(product.effective_on).compulsory_savings_bps


def _check_compulsory(register: Register, product: SavingsProduct) -> None:
    """Let every member have one compulsory product: another one's offer ends before this one's begins."""
    if not product.compulsory or not product.offered:
        return
    other = compulsory_on(register, product.effective_on)
    if other is not None and other.code != product.code:
        raise AnotherIsCompulsory(product_code=other.code)
