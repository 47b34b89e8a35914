"""The products of the demo: one administrator proposes each, the other approves. Rule P7."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from demo.client import Person

CATALOGUE = Path(__file__).with_name("products.json")
ADDRESSES = {"savings": "savings-products", "loans": "loan-products"}
REASON = "নতুন প্রতিষ্ঠানের প্রথম প্রোডাক্ট"


def set_products(
    proposer: Person, approver: Person, *, today: date, id_of: Callable[[str, str], str]
) -> None:
    """Put every product of the catalogue on the list that is not on it yet, from this day on."""
    known = {product["code"] for product in proposer.get("/products")["items"]}
    for kind, products in catalogue().items():
        for product in products:
            if product["code"] not in known:
                proposal_id = id_of("product", f"{product['code']} {today.isoformat()}")
                body = {**product, "effective_on": today.isoformat(), "reason": REASON}
                waiting = proposer.put(f"/{ADDRESSES[kind]}/{proposal_id}", body)
                verdict = {"approve": True}
                approver.post(f"/approvals/accounts/{waiting['approval_id']}/decision", verdict)


def catalogue() -> dict[str, list[dict[str, Any]]]:
    """Every product by kind, each with its code and its terms in the words of the API."""
    read: dict[str, list[dict[str, Any]]] = json.loads(CATALOGUE.read_text())
    return read
