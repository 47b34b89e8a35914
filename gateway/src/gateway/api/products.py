"""Products: what is offered on which terms, proposed by one administrator, approved by another."""

from http import HTTPStatus
from typing import Any

from contracts.accounts.laws import LIST_LAWS, PROPOSE_LAW
from contracts.accounts.loan_products import PROPOSE_LOAN_PRODUCT
from contracts.accounts.products import GET_PRODUCT, LIST_PRODUCTS, WITHDRAW_PRODUCT
from contracts.accounts.savings import OPEN_SAVINGS
from contracts.accounts.savings_products import PROPOSE_SAVINGS_PRODUCT
from gateway.api.resource import Resource
from gateway.asking import ask

products = Resource(
    "products", "Products: what is offered on which terms, set by two administrators, never changed (P7)."
)


@products.get("/products", LIST_PRODUCTS)
def list_products(command: dict[str, Any]) -> dict[str, Any]:
    """List the products as they stand on a day."""
    return ask(LIST_PRODUCTS, command)


@products.get("/products/<code>", GET_PRODUCT)
def get_product(command: dict[str, Any]) -> dict[str, Any]:
    """Read every version of a product, the newest first."""
    return ask(GET_PRODUCT, command)


@products.put("/savings-products/<uuid:id>", PROPOSE_SAVINGS_PRODUCT, status=HTTPStatus.ACCEPTED)
def propose_savings_product(command: dict[str, Any]) -> dict[str, Any]:
    """Propose a version of a savings product; a second administrator approves."""
    return ask(PROPOSE_SAVINGS_PRODUCT, command)


@products.put("/loan-products/<uuid:id>", PROPOSE_LOAN_PRODUCT, status=HTTPStatus.ACCEPTED)
def propose_loan_product(command: dict[str, Any]) -> dict[str, Any]:
    """Propose a version of a loan product; a second administrator approves."""
    return ask(PROPOSE_LOAN_PRODUCT, command)


@products.put("/product-withdrawals/<uuid:id>", WITHDRAW_PRODUCT, status=HTTPStatus.ACCEPTED)
def withdraw_product(command: dict[str, Any]) -> dict[str, Any]:
    """Propose that a product is offered no more from a day on; what was agreed goes on."""
    return ask(WITHDRAW_PRODUCT, command)


@products.get("/laws", LIST_LAWS)
def list_laws(command: dict[str, Any]) -> dict[str, Any]:
    """Read the law on loans and savings: what holds, held, and is proposed (L2)."""
    return ask(LIST_LAWS, command)


@products.put("/laws/<uuid:id>", PROPOSE_LAW, status=HTTPStatus.ACCEPTED)
def propose_law(command: dict[str, Any]) -> dict[str, Any]:
    """Propose another law from a day on; a second administrator approves."""
    return ask(PROPOSE_LAW, command)


@products.put("/savings/<uuid:id>", OPEN_SAVINGS, status=HTTPStatus.ACCEPTED)
def open_savings(command: dict[str, Any]) -> dict[str, Any]:
    """Agree on a savings account with a member; some products wait for the manager."""
    return ask(OPEN_SAVINGS, command)
