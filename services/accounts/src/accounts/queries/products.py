"""What is on offer, and every version there ever was."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from accounts.domain.lending.products import LoanProduct
from accounts.domain.savings.products import SavingsProduct
from accounts.repository import Register
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.product_words import ProductKind
from contracts.errors import NotFound

Version = SavingsProduct | LoanProduct

_HEAD = ("code", "version", "effective_on", "offered", "name_bn", "name_en")
_NOBODY = {"maker_id": None, "checker_id": None, "decided_at": None}


def list_products(register: Register, *, kind: str | None, on: date) -> dict[str, Any]:
    """Return each product as it stands on a day; one that is still to come by its first version."""
    savings = () if kind == ProductKind.LOAN else register.products.list_savings()
    loans = () if kind == ProductKind.SAVINGS else register.products.list_loans()
    items = [*_listed(savings, on), *_listed(loans, on)]
    return {"items": sorted(items, key=lambda item: item["code"])}


def get_product(register: Register, code: str) -> dict[str, Any]:
    """Return a product with every version, the newest first.

    Raises:
        NotFound: there is none of that code.
    """
    kind = register.products.kind_of(code)
    if kind is None:
        raise NotFound(field="code")
    known: Sequence[Version] = (
        register.products.loan_versions(code)
        if kind is ProductKind.LOAN
        else register.products.savings_versions(code)
    )
    if not known:
        raise NotFound(field="code")
    people = register.products.people_of(code, kind)
    versions = [_whole(product) | _NOBODY | people.get(product.version, {}) for product in reversed(known)]
    return {"code": code, "kind": kind, "versions": versions}


def show_proposal(register: Register, proposal_id: str) -> dict[str, Any]:
    """Return how a proposal stands."""
    proposal = register.products.find_proposal(proposal_id)
    assert proposal is not None
    approval = register.approvals.latest_of(ApprovalKind.PRODUCT, proposal_id)
    return {
        "id": proposal_id,
        "approval_id": approval["id"],
        "code": proposal.code,
        "state": approval["state"],
    }


def _listed(versions: Sequence[Version], on: date) -> Iterator[dict[str, Any]]:
    for _, of_code in groupby(versions, key=attrgetter("code")):
        known = sorted(of_code, key=lambda product: (product.effective_on, product.version))
        begun = [product for product in known if product.effective_on <= on]
        product = begun[-1] if begun else known[0]
        yield _head(product) | {"in_force": bool(begun) and product.offered} | _sort(product)


def _head(product: Version) -> dict[str, Any]:
    return {name: getattr(product, name) for name in _HEAD}


def _sort(product: Version) -> dict[str, Any]:
    if isinstance(product, LoanProduct):
        return {"kind": ProductKind.LOAN, "category": product.category, "compulsory": False}
    return {"kind": ProductKind.SAVINGS, "category": product.family, "compulsory": product.compulsory}


def _whole(product: Version) -> dict[str, Any]:
    is_loan = isinstance(product, LoanProduct)
    return _head(product) | {"savings": None if is_loan else product, "loan": product if is_loan else None}
