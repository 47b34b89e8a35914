"""Offices: head office, zones, areas and branches."""

from typing import Any

from contracts.identity import (
    LIST_OFFICES,
    OPEN_OFFICE,
)
from gateway.api.resource import Resource
from gateway.asking import ask

offices = Resource("offices", "Offices: head office, zones, areas and branches.")


@offices.get("/offices", LIST_OFFICES)
def list_offices(command: dict[str, Any]) -> dict[str, Any]:
    """List the offices that one sees, as a tree by their paths."""
    return ask(LIST_OFFICES, command)


@offices.put("/offices/<uuid:id>", OPEN_OFFICE)
def open_office(command: dict[str, Any]) -> dict[str, Any]:
    """Open an office below another one."""
    return ask(OPEN_OFFICE, command)
