"""Branches that are brought over from their old books (P13): rows, check, request, totals, confirmations."""

from http import HTTPStatus
from typing import Any

from contracts.accounts.cut_overs import (
    ADD_CUT_OVER_ROWS,
    CHECK_CUT_OVER,
    GET_CUT_OVER,
    LIST_CUT_OVER_FAULTS,
    LIST_CUT_OVERS,
    OPEN_CUT_OVER,
    PROPOSE_CUT_OVER,
)
from contracts.transactions.cut_over import CONFIRM_SAMITY_LIST, LIST_UNCONFIRMED, READ_CUT_OVER_TOTALS
from gateway.api.resource import Resource
from gateway.asking import ask

cut_overs = Resource(
    "cut_overs",
    "Branches that are brought over from their old books (P13): rows, check, request, totals, confirmations.",
)


@cut_overs.put("/cut-overs/<uuid:id>", OPEN_CUT_OVER)
def open_cut_over(command: dict[str, Any]) -> dict[str, Any]:
    """Begin to bring a branch over, as of a day that is over."""
    return ask(OPEN_CUT_OVER, command)


@cut_overs.post("/cut-overs/<uuid:id>/rows", ADD_CUT_OVER_ROWS)
def add_cut_over_rows(command: dict[str, Any]) -> dict[str, Any]:
    """Bring rows of the old books, a hundred at a time; the same row again changes nothing."""
    return ask(ADD_CUT_OVER_ROWS, command)


@cut_overs.post("/cut-overs/<uuid:id>/check", CHECK_CUT_OVER, status=HTTPStatus.ACCEPTED)
def check_cut_over(command: dict[str, Any]) -> dict[str, Any]:
    """Let all rows be judged; nothing of the branch exists yet."""
    return ask(CHECK_CUT_OVER, command)


@cut_overs.post("/cut-overs/<uuid:id>/proposal", PROPOSE_CUT_OVER, status=HTTPStatus.ACCEPTED)
def propose_cut_over(command: dict[str, Any]) -> dict[str, Any]:
    """Let a second person decide whether the branch is brought over."""
    return ask(PROPOSE_CUT_OVER, command)


@cut_overs.get("/cut-overs/<uuid:id>", GET_CUT_OVER)
def get_cut_over(command: dict[str, Any]) -> dict[str, Any]:
    """Read where a cut-over stands, and what the file comes to beside the old general ledger."""
    return ask(GET_CUT_OVER, command)


@cut_overs.get("/cut-overs", LIST_CUT_OVERS)
def list_cut_overs(command: dict[str, Any]) -> dict[str, Any]:
    """List cut-overs, the newest first."""
    return ask(LIST_CUT_OVERS, command)


@cut_overs.get("/cut-overs/<uuid:id>/faults", LIST_CUT_OVER_FAULTS)
def list_cut_over_faults(command: dict[str, Any]) -> dict[str, Any]:
    """List every wrong cell by sheet, row and column."""
    return ask(LIST_CUT_OVER_FAULTS, command)


@cut_overs.get("/cut-overs/<uuid:id>/totals", READ_CUT_OVER_TOTALS)
def read_cut_over_totals(command: dict[str, Any]) -> dict[str, Any]:
    """Read what the book took in by product, and what is left in suspense."""
    return ask(READ_CUT_OVER_TOTALS, command)


@cut_overs.put("/samities/<uuid:samity_id>/list-confirmations/<uuid:id>", CONFIRM_SAMITY_LIST)
def confirm_samity_list(command: dict[str, Any]) -> dict[str, Any]:
    """Record that a samity has heard its list of balances and agrees, but for whom it names."""
    return ask(CONFIRM_SAMITY_LIST, command)


@cut_overs.get("/offices/<uuid:office_id>/unconfirmed-samities", LIST_UNCONFIRMED)
def list_unconfirmed(command: dict[str, Any]) -> dict[str, Any]:
    """List samities whose opening balances nobody has confirmed; overdue after thirty days."""
    return ask(LIST_UNCONFIRMED, command)
