"""How an office's book begins (P13), how its years end (M15), and what offices send each other (L6)."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.remittances import LIST_OTHER_OFFICES, LIST_REMITTANCES, SEND_MONEY, TAKE_MONEY
from contracts.transactions.years import (
    GET_YEAR_CLOSING,
    LIST_YEAR_CLOSINGS,
    PROPOSE_OPENING,
    PROPOSE_YEAR_CLOSING,
)
from gateway.api.resource import Resource
from gateway.asking import ask

book_years = Resource(
    "book_years",
    "How an office's book begins (P13), how its years end (M15), and what offices send each other (L6).",
)


@book_years.put("/opening-balances/<uuid:id>", PROPOSE_OPENING, status=HTTPStatus.ACCEPTED)
def propose_opening(command: dict[str, Any]) -> dict[str, Any]:
    """Propose an office's opening balances, before its first business day; two people above it (P13)."""
    return ask(PROPOSE_OPENING, command)


@book_years.put("/year-closings/<uuid:id>", PROPOSE_YEAR_CLOSING, status=HTTPStatus.ACCEPTED)
def propose_year_closing(command: dict[str, Any]) -> dict[str, Any]:
    """Propose that a year's income and expense are brought to the fund, of one office or all below (M15)."""
    return ask(PROPOSE_YEAR_CLOSING, command)


@book_years.get("/offices/<uuid:office_id>/year-closing", GET_YEAR_CLOSING)
def get_year_closing(command: dict[str, Any]) -> dict[str, Any]:
    """Read what a closed year earned and spent, ledger by ledger."""
    return ask(GET_YEAR_CLOSING, command)


@book_years.get("/offices/<uuid:office_id>/year-closings", LIST_YEAR_CLOSINGS)
def list_year_closings(command: dict[str, Any]) -> dict[str, Any]:
    """List who has closed a year and who has not, in an office and all below it."""
    return ask(LIST_YEAR_CLOSINGS, command)


@book_years.put("/remittances/<uuid:id>", SEND_MONEY, status=HTTPStatus.ACCEPTED)
def send_money(command: dict[str, Any]) -> dict[str, Any]:
    """Send money to another office, from the vault or a bank; another person agrees (L6)."""
    return ask(SEND_MONEY, command)


@book_years.put("/remittance-takings/<uuid:id>", TAKE_MONEY, status=HTTPStatus.ACCEPTED)
def take_money(command: dict[str, Any]) -> dict[str, Any]:
    """Take in what was sent, on the own open day; another person agrees (L6)."""
    return ask(TAKE_MONEY, command)


@book_years.get("/offices/<uuid:office_id>/remittances", LIST_REMITTANCES)
def list_remittances(command: dict[str, Any]) -> dict[str, Any]:
    """List what is on its way between offices, and since when (L6)."""
    return ask(LIST_REMITTANCES, command)


@book_years.get("/offices/<uuid:office_id>/other-offices", LIST_OTHER_OFFICES)
def list_other_offices(command: dict[str, Any]) -> dict[str, Any]:
    """List the other offices by code and name, to choose to whom one sends."""
    return ask(LIST_OTHER_OFFICES, command)
