"""Passbooks: what is pending and what is in the book."""

from typing import Any

from contracts.transactions.ledger import (
    READ_LINES,
    READ_OWN_LINES,
    READ_OWN_PASSBOOK,
    READ_PASSBOOK,
)
from gateway.api.resource import Resource
from gateway.asking import ask

passbooks = Resource("passbooks", "Passbooks: what is pending and what is in the book.")


@passbooks.get("/me/passbook", READ_OWN_PASSBOOK)
def read_own_passbook(command: dict[str, Any]) -> dict[str, Any]:
    """Read one's own passbook."""
    return ask(READ_OWN_PASSBOOK, command)


@passbooks.get("/me/accounts/<uuid:account_id>/lines", READ_OWN_LINES)
def read_own_lines(command: dict[str, Any]) -> dict[str, Any]:
    """Read older lines of one of one's own accounts."""
    return ask(READ_OWN_LINES, command)


@passbooks.get("/members/<uuid:member_id>/passbook", READ_PASSBOOK)
def read_passbook(command: dict[str, Any]) -> dict[str, Any]:
    """Read a member's passbook."""
    return ask(READ_PASSBOOK, command)


@passbooks.get("/accounts/<uuid:account_id>/lines", READ_LINES)
def read_lines(command: dict[str, Any]) -> dict[str, Any]:
    """Read older lines of an account."""
    return ask(READ_LINES, command)
