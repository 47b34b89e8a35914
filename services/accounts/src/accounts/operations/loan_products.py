"""What must hold of a version of a loan product before it waits, and again before it is added."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from accounts.domain.lending.law import product_breaches
from accounts.domain.lending.products import LoanProduct, product_in_force
from accounts.domain.lending.proposals import check_terms, samples
from accounts.domain.products import ProductProposal
from accounts.repository import Register
from contracts.accounts.loan_products import LoanProductTermsShown
from contracts.accounts.product_errors import ProductBreaksLaw, ProductNotOffered
from contracts.calls import load

_TWO_DECIMALS = Decimal("0.01")


def checked(register: Register, proposal: ProductProposal) -> LoanProduct:
    """Return the version that a proposal would make.

    Raises:
        InvalidPayload, ProductNotOffered, ProductBreaksLaw: as named.
        ScheduleImpossible: a plan makes no schedule of the least or of the most.
    """
    versions = register.products.loan_versions(proposal.code)
    number = len(versions) + 1
    if proposal.terms is None:
        return _ended(versions, proposal, number)
    said = load(LoanProductTermsShown, proposal.terms)
    check_terms(said)
    product = LoanProduct.of(proposal.code, number, proposal.effective_on, said, offered=True)
    list(samples(product))
    _check_law(register, product)
    return product


def add(register: Register, product: LoanProduct, proposal_id: str) -> None:
    """Write the version that two people agreed on."""
    register.products.add_loan(product, proposal_id=proposal_id)


def facts(register: Register, product: LoanProduct) -> Mapping[str, Any]:
    """Return what the checker sees first of a version: what each plan costs a year where no holiday falls."""
    dearest: dict[str, Decimal] = {}
    law = register.laws.on(product.effective_on)
    for code, schedule in samples(product):
        rate = law.yearly_rate(schedule, product)
        dearest[code] = max(rate, dearest.get(code, rate))
    return {
        "rate_percent": ", ".join(
            f"{code}: {rate.quantize(_TWO_DECIMALS, ROUND_HALF_UP):f}" for code, rate in dearest.items()
        )
    }


def _check_law(register: Register, product: LoanProduct) -> None:
    """Refuse what no day would make lawful; what a loan costs a year depends on its days, and is shown."""
    for breach in product_breaches(product, register.laws.on(product.effective_on)):
        limit = f"{breach.limit.normalize():f}"
        raise ProductBreaksLaw(breach=str(breach.kind), figure=breach.exact, limit=limit)


def _ended(versions: tuple[LoanProduct, ...], proposal: ProductProposal, number: int) -> LoanProduct:
    try:
        last = product_in_force(versions, proposal.effective_on)
    except LookupError:
        on = proposal.effective_on.isoformat()
        raise ProductNotOffered(product_code=proposal.code, on=on) from None
    return last.ended(number, proposal.effective_on)
