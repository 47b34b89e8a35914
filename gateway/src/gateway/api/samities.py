"""Samities: the groups that meet, their officer and their day."""

from typing import Any

from contracts.accounts import (
    ASSIGN_SAMITY_OFFICER,
    LIST_SAMITIES,
    MOVE_SAMITY_MEETING,
    OPEN_SAMITY,
)
from contracts.accounts.samities import LIST_OTHER_SAMITIES
from gateway.api.resource import Resource
from gateway.asking import ask

samities = Resource("samities", "Samities: the groups that meet, their officer and their day.")


@samities.get("/samities", LIST_SAMITIES)
def list_samities(command: dict[str, Any]) -> dict[str, Any]:
    """List the samities that one sees; a field officer sees his own."""
    return ask(LIST_SAMITIES, command)


@samities.get("/members/<uuid:member_id>/other-samities", LIST_OTHER_SAMITIES)
def list_other_samities(command: dict[str, Any]) -> dict[str, Any]:
    """List to which samities of the institution a member may move, by code and name only."""
    return ask(LIST_OTHER_SAMITIES, command)


@samities.put("/samities/<uuid:id>", OPEN_SAMITY)
def open_samity(command: dict[str, Any]) -> dict[str, Any]:
    """Open a samity at a branch."""
    return ask(OPEN_SAMITY, command)


@samities.put("/samities/<uuid:samity_id>/officers/<uuid:id>", ASSIGN_SAMITY_OFFICER)
def assign_samity_officer(command: dict[str, Any]) -> dict[str, Any]:
    """Give a samity to another officer from a date on."""
    return ask(ASSIGN_SAMITY_OFFICER, command)


@samities.put("/samities/<uuid:samity_id>/meeting-days/<uuid:id>", MOVE_SAMITY_MEETING)
def move_samity_meeting(command: dict[str, Any]) -> dict[str, Any]:
    """Move a samity's meeting to another weekday from a date on."""
    return ask(MOVE_SAMITY_MEETING, command)
