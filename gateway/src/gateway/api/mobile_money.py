"""Mobile money: a provider's statement taken, what waits of it, and a day compared with it (M14)."""

from typing import Any

from contracts.transactions.mobile_money import (
    IMPORT_STATEMENT,
    LIST_STATEMENT_LINES,
    MATCH_STATEMENT_LINE,
    RECONCILE_MOBILE_MONEY,
)
from gateway.api.resource import Resource
from gateway.asking import ask

mobile_money = Resource(
    "mobile_money",
    "Mobile money: a provider's statement, what waits of it, and a day compared with it (M14).",
)


@mobile_money.put("/offices/<uuid:office_id>/mobile-money-statements/<uuid:id>", IMPORT_STATEMENT)
def import_statement(command: dict[str, Any]) -> dict[str, Any]:
    """Take a provider's statement: every line once, whoever brings it and however often."""
    return ask(IMPORT_STATEMENT, command)


@mobile_money.get("/offices/<uuid:office_id>/mobile-money-lines", LIST_STATEMENT_LINES)
def list_statement_lines(command: dict[str, Any]) -> dict[str, Any]:
    """List lines of a branch's statements; `state` suspense are those that wait for an account."""
    return ask(LIST_STATEMENT_LINES, command)


@mobile_money.post("/mobile-money-lines/<uuid:id>/match", MATCH_STATEMENT_LINE)
def match_statement_line(command: dict[str, Any]) -> dict[str, Any]:
    """Put a waiting line onto an account of the branch."""
    return ask(MATCH_STATEMENT_LINE, command)


@mobile_money.get("/offices/<uuid:office_id>/mobile-money-days/<on>", RECONCILE_MOBILE_MONEY)
def reconcile_mobile_money(command: dict[str, Any]) -> dict[str, Any]:
    """Compare what the book and the statements say of one day."""
    return ask(RECONCILE_MOBILE_MONEY, command)
