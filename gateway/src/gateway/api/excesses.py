"""What was counted too much: given back to whose it is, or income after its days (M7)."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.excesses import LIST_EXCESSES, PROPOSE_EXCESS_INCOME, PROPOSE_EXCESS_RETURN
from gateway.api.resource import Resource
from gateway.asking import ask

excesses = Resource(
    "excesses", "What was counted too much: given back to whose it is, or income after its days (M7)."
)


@excesses.get("/offices/<uuid:office_id>/excesses", LIST_EXCESSES)
def list_excesses(command: dict[str, Any]) -> dict[str, Any]:
    """List the excesses of an office and all below it, the oldest first, or those that are settled."""
    return ask(LIST_EXCESSES, command)


@excesses.put(
    "/excesses/<uuid:excess_id>/returns/<uuid:id>", PROPOSE_EXCESS_RETURN, status=HTTPStatus.ACCEPTED
)
def propose_excess_return(command: dict[str, Any]) -> dict[str, Any]:
    """Ask to give so much of it to a member; once agreed to, it is unallocated money of hers."""
    return ask(PROPOSE_EXCESS_RETURN, command)


@excesses.put(
    "/excesses/<uuid:excess_id>/incomes/<uuid:id>", PROPOSE_EXCESS_INCOME, status=HTTPStatus.ACCEPTED
)
def propose_excess_income(command: dict[str, Any]) -> dict[str, Any]:
    """Ask the area to let what is left become income, after its days and once the passbooks were seen."""
    return ask(PROPOSE_EXCESS_INCOME, command)
