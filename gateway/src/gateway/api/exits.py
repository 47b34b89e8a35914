"""Leaving for good: the checklist, the request, its undoing, the final statement (L7)."""

from http import HTTPStatus
from typing import Any

from contracts.accounts.exits import PROPOSE_EXIT, READ_EXIT_CHECKLIST, UNDO_EXIT
from contracts.transactions.standing import READ_FINAL_STATEMENT
from gateway.api.resource import Resource
from gateway.asking import ask

exits = Resource(
    "exits", "Leaving for good: the checklist, the request, its undoing, the final statement (L7)."
)


@exits.get("/members/<uuid:member_id>/exit", READ_EXIT_CHECKLIST)
def read_exit_checklist(command: dict[str, Any]) -> dict[str, Any]:
    """Read what stands between a member and leaving."""
    return ask(READ_EXIT_CHECKLIST, command)


@exits.put("/members/<uuid:member_id>/exits/<uuid:id>", PROPOSE_EXIT, status=HTTPStatus.ACCEPTED)
def propose_exit(command: dict[str, Any]) -> dict[str, Any]:
    """Propose that a member leaves for good; another person approves."""
    return ask(PROPOSE_EXIT, command)


@exits.put("/members/<uuid:member_id>/exit-undoings/<uuid:id>", UNDO_EXIT, status=HTTPStatus.ACCEPTED)
def undo_exit(command: dict[str, Any]) -> dict[str, Any]:
    """Propose that her leaving of today is undone; another person approves."""
    return ask(UNDO_EXIT, command)


@exits.get("/members/<uuid:member_id>/final-statement", READ_FINAL_STATEMENT)
def read_final_statement(command: dict[str, Any]) -> dict[str, Any]:
    """Read what each account of hers paid, for the printed final statement."""
    return ask(READ_FINAL_STATEMENT, command)
