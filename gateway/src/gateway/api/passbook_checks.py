"""Passbook checking: whose passbooks were drawn, what their paper says, what became of a difference."""

from typing import Any

from contracts.transactions.passbook_checks import (
    GET_PASSBOOK_CHECK,
    LIST_PASSBOOK_CHECKS,
    RECORD_PASSBOOK_CHECK,
)
from gateway.api.resource import Resource
from gateway.asking import ask

passbook_checks = Resource(
    "passbook checks", "Passbooks drawn to be looked at: the paper is typed before the book is shown."
)


@passbook_checks.get("/offices/<uuid:office_id>/passbook-checks", LIST_PASSBOOK_CHECKS)
def list_passbook_checks(command: dict[str, Any]) -> dict[str, Any]:
    """List whose passbooks a branch is to look at in a month."""
    return ask(LIST_PASSBOOK_CHECKS, command)


@passbook_checks.get("/passbook-checks/<uuid:id>", GET_PASSBOOK_CHECK)
def get_passbook_check(command: dict[str, Any]) -> dict[str, Any]:
    """Read a check; its balances stand there once the paper was typed."""
    return ask(GET_PASSBOOK_CHECK, command)


@passbook_checks.put("/passbook-checks/<uuid:id>/papers", RECORD_PASSBOOK_CHECK)
def record_passbook_check(command: dict[str, Any]) -> dict[str, Any]:
    """Type what a passbook says of each of its accounts, once."""
    return ask(RECORD_PASSBOOK_CHECK, command)
