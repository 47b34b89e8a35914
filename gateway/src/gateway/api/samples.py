"""Samples that the system draws for an auditor, and what the drawn members had on a day."""

from typing import Any

from contracts.transactions.audit_samples import DRAW_SAMPLE, GET_SAMPLE, LIST_SAMPLES, PRINT_CONFIRMATIONS
from gateway.api.resource import Resource
from gateway.asking import ask

samples = Resource("samples", "Entries or members of an office and period, drawn for an auditor.")


@samples.put("/offices/<uuid:office_id>/samples/<uuid:id>", DRAW_SAMPLE)
def draw_sample(command: dict[str, Any]) -> dict[str, Any]:
    """Let the system draw; sent again, the same sample is answered."""
    return ask(DRAW_SAMPLE, command)


@samples.get("/samples/<uuid:id>", GET_SAMPLE)
def get_sample(command: dict[str, Any]) -> dict[str, Any]:
    """Read what was drawn, with the seed from which it can be drawn again."""
    return ask(GET_SAMPLE, command)


@samples.get("/offices/<uuid:office_id>/samples", LIST_SAMPLES)
def list_samples(command: dict[str, Any]) -> dict[str, Any]:
    """List an office's samples, the newest first."""
    return ask(LIST_SAMPLES, command)


@samples.post("/samples/<uuid:id>/confirmations", PRINT_CONFIRMATIONS)
def print_confirmations(command: dict[str, Any]) -> dict[str, Any]:
    """Read what the drawn members had at the end of a day, for letters to them; it is noted down."""
    return ask(PRINT_CONFIRMATIONS, command)
