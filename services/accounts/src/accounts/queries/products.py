"""What is on offer, and every version there ever was."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from accounts.domain.savings.products import SavingsProduct
from accounts.repository import Register
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.product_words import ProductKind
from contracts.errors import NotFound

_HEAD = ("code", "version", "effective_on", "offered", "name_bn", "name_en")
_NOBODY = {"maker_id": None, "checker_id": None, "decided_at": None}


def list_products(register: Register, *, kind: str | None, on: date) -> dict[str, Any]:
    """Return each product as it stands on a day; one that is still to come by its first version."""
    items = [] if kind == ProductKind.LOAN else list(_listed(register.products.list_savings(), on))
    return {"items": sorted(items, key=lambda item: item["code"])}


def get_product(register: Register, code: str) -> dict[str, Any]:
    """Return a product with every version, the newest first.

    Raises:
        NotFound: there is none of that code.
    """
    kind = register.products.kind_of(code)
    if kind is None:
        raise NotFound(field="code")
    people = register.products.savings_people(code)
    versions = [
        _head(product) | _NOBODY | people.get(product.version, {}) | {"savings": product}
        for product in reversed(register.products.savings_versions(code))
    ]
    return {"code": code, "kind": kind, "versions": versions}


def _listed(versions: Sequence[SavingsProduct], on: date) -> Any:
    for _, of_code in groupby(versions, key=attrgetter("code")):
        known = sorted(of_code, key=lambda product: (product.effective_on, product.version))
        begun = [product for product in known if product.effective_on <= on]
        product = begun[-1] if begun else known[0]
        yield _head(product) | {
            "kind": ProductKind.SAVINGS,
            "category": product.family,
            "compulsory": product.compulsory,
            "in_force": bool(begun) and product.offered,
        }


def _head(product: SavingsProduct) -> dict[str, Any]:
    return {name: getattr(product, name) for name in _HEAD}


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
