"""The passbook register: which paper book a member holds, and what became of those before."""

from typing import Any

from contracts.accounts.passbooks import (
    ISSUE_PASSBOOK,
    LIST_PASSBOOKS,
    REPORT_PASSBOOK_LOST,
    SURRENDER_PASSBOOK,
)
from gateway.api.resource import Resource
from gateway.asking import ask

paper_books = Resource(
    "paper_books", "The passbook register: which paper book a member holds, and what became of those before."
)


@paper_books.get("/members/<uuid:member_id>/paper-books", LIST_PASSBOOKS)
def list_passbooks(command: dict[str, Any]) -> dict[str, Any]:
    """List the paper books that a member ever had."""
    return ask(LIST_PASSBOOKS, command)


@paper_books.put("/members/<uuid:member_id>/paper-books/<uuid:id>", ISSUE_PASSBOOK)
def issue_passbook(command: dict[str, Any]) -> dict[str, Any]:
    """Give a member a book; one before it ends with a reason."""
    return ask(ISSUE_PASSBOOK, command)


@paper_books.post("/paper-books/<uuid:id>/loss", REPORT_PASSBOOK_LOST)
def report_passbook_lost(command: dict[str, Any]) -> dict[str, Any]:
    """Write down that a book is lost."""
    return ask(REPORT_PASSBOOK_LOST, command)


@paper_books.post("/paper-books/<uuid:id>/surrender", SURRENDER_PASSBOOK)
def surrender_passbook(command: dict[str, Any]) -> dict[str, Any]:
    """Write down that a member gave her book back."""
    return ask(SURRENDER_PASSBOOK, command)
