"""Holidays: declared by one, agreed to by another, in force for sheets and schedules (L3)."""

from http import HTTPStatus
from typing import Any

from contracts.accounts.holidays import DECLARE_HOLIDAY, LIST_HOLIDAYS
from gateway.api.resource import Resource
from gateway.asking import ask

holidays = Resource(
    "holidays", "Holidays: declared by one, agreed to by another, in force for sheets and schedules (L3)."
)


@holidays.get("/offices/<uuid:office_id>/holidays", LIST_HOLIDAYS)
def list_holidays(command: dict[str, Any]) -> dict[str, Any]:
    """List the holidays that hold for an office between two days."""
    return ask(LIST_HOLIDAYS, command)


@holidays.put("/holidays/<uuid:id>", DECLARE_HOLIDAY, status=HTTPStatus.ACCEPTED)
def declare_holiday(command: dict[str, Any]) -> dict[str, Any]:
    """Propose a holiday; another person agrees, the area where running loans would move."""
    return ask(DECLARE_HOLIDAY, command)
