"""Rescheduling a running loan: new days and amounts for what is unpaid, no charge added (L1)."""

from http import HTTPStatus
from typing import Any

from contracts.accounts.reschedules import LIST_RESCHEDULES, PROPOSE_RESCHEDULE
from gateway.api.resource import Resource
from gateway.asking import ask

reschedules = Resource(
    "reschedules",
    "Rescheduling a running loan: new days and amounts for what is unpaid, no charge added (L1).",
)


@reschedules.get("/offices/<uuid:office_id>/reschedules", LIST_RESCHEDULES)
def list_reschedules(command: dict[str, Any]) -> dict[str, Any]:
    """List what was proposed under an office between two days, the newest first."""
    return ask(LIST_RESCHEDULES, command)


@reschedules.put("/reschedules/<uuid:id>", PROPOSE_RESCHEDULE, status=HTTPStatus.ACCEPTED)
def propose_reschedule(command: dict[str, Any]) -> dict[str, Any]:
    """Propose new instalments with her mark; the area decides, then the books go by them."""
    return ask(PROPOSE_RESCHEDULE, command)
