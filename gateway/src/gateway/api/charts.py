"""The chart of accounts and the accounts at banks: what head office adds, two people each time (P7)."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.chart import (
    LIST_BANK_ACCOUNTS,
    LIST_MAPPINGS,
    PROPOSE_BANK_ACCOUNT,
    PROPOSE_LEDGER,
    PROPOSE_MAPPING,
    READ_CHART,
)
from gateway.api.resource import Resource
from gateway.asking import ask

charts = Resource(
    "charts", "The chart of accounts and accounts at banks: what head office adds, two people each time (P7)."
)


@charts.get("/chart", READ_CHART)
def read_chart(command: dict[str, Any]) -> dict[str, Any]:
    """Read the whole chart of accounts, by code."""
    return ask(READ_CHART, command)


@charts.put("/chart/ledgers/<uuid:id>", PROPOSE_LEDGER, status=HTTPStatus.ACCEPTED)
def propose_ledger(command: dict[str, Any]) -> dict[str, Any]:
    """Propose one more ledger from a day on; a second person puts it in force (P7)."""
    return ask(PROPOSE_LEDGER, command)


@charts.get("/chart/mappings", LIST_MAPPINGS)
def list_mappings(command: dict[str, Any]) -> dict[str, Any]:
    """List under which ledgers the accounts of products are opened, and since when."""
    return ask(LIST_MAPPINGS, command)


@charts.put("/chart/mappings/<uuid:id>", PROPOSE_MAPPING, status=HTTPStatus.ACCEPTED)
def propose_mapping(command: dict[str, Any]) -> dict[str, Any]:
    """Propose a ledger of its own for a product from a day on; a second person puts it in force (P7)."""
    return ask(PROPOSE_MAPPING, command)


@charts.get("/offices/<uuid:office_id>/bank-accounts", LIST_BANK_ACCOUNTS)
def list_bank_accounts(command: dict[str, Any]) -> dict[str, Any]:
    """List an office's accounts at banks, with what the book says that they hold."""
    return ask(LIST_BANK_ACCOUNTS, command)


@charts.put("/bank-accounts/<uuid:id>", PROPOSE_BANK_ACCOUNT, status=HTTPStatus.ACCEPTED)
def propose_bank_account(command: dict[str, Any]) -> dict[str, Any]:
    """Propose an account at a bank for an office; a second person agrees (P7)."""
    return ask(PROPOSE_BANK_ACCOUNT, command)
