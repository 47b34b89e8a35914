"""Interest on savings: a branch's runs, put aside by the month, credited twice a year (M15)."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.interest import (
    CANCEL_INTEREST_RUN,
    GET_INTEREST_RUN,
    LIST_INTEREST_RUNS,
    RUN_INTEREST,
)
from gateway.api.resource import Resource
from gateway.asking import ask

interest = Resource(
    "interest",
    "Interest on savings: a branch's runs, put aside by the month, credited twice a year (M15).",
)


@interest.get("/interest-runs", LIST_INTEREST_RUNS)
def list_interest_runs(command: dict[str, Any]) -> dict[str, Any]:
    """List the runs of an office, the newest first, with how far each has come."""
    return ask(LIST_INTEREST_RUNS, command)


@interest.put("/interest-runs/<uuid:id>", RUN_INTEREST, status=HTTPStatus.ACCEPTED)
def run_interest(command: dict[str, Any]) -> dict[str, Any]:
    """Put a month's interest of a branch aside, or credit it; it is carried out account by account."""
    return ask(RUN_INTEREST, command)


@interest.get("/interest-runs/<uuid:id>", GET_INTEREST_RUN)
def get_interest_run(command: dict[str, Any]) -> dict[str, Any]:
    """Read how far a run has come."""
    return ask(GET_INTEREST_RUN, command)


@interest.post("/interest-runs/<uuid:id>/cancellation", CANCEL_INTEREST_RUN)
def cancel_interest_run(command: dict[str, Any]) -> dict[str, Any]:
    """Let a run go no further; what it booked stays, and another run of the month goes on from there."""
    return ask(CANCEL_INTEREST_RUN, command)
