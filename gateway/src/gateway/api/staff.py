"""Staff: proposing people, and switching their access."""

from http import HTTPStatus
from typing import Any

from contracts.identity import (
    HOLD_ACCESS,
    LIST_COLLEAGUES,
    LIST_STAFF,
    PROPOSE_CREDENTIAL_RESET,
    PROPOSE_STAFF,
    SWITCH_ACCESS,
)
from contracts.identity.devices import LIST_DEVICES, SWITCH_DEVICE
from gateway.api.resource import Resource
from gateway.asking import ask

staff = Resource("staff", "Staff: proposing people, and switching their access.")


@staff.get("/staff", LIST_STAFF)
def list_staff(command: dict[str, Any]) -> dict[str, Any]:
    """List the staff of the offices that one sees."""
    return ask(LIST_STAFF, command)


@staff.get("/staff/colleagues", LIST_COLLEAGUES)
def list_colleagues(command: dict[str, Any]) -> dict[str, Any]:
    """List who works at one's own office today, such as to name a witness."""
    return ask(LIST_COLLEAGUES, command)


@staff.put("/staff/<uuid:id>", PROPOSE_STAFF, status=HTTPStatus.ACCEPTED)
def propose_staff(command: dict[str, Any]) -> dict[str, Any]:
    """Propose a person as staff; a second administrator approves (P7)."""
    return ask(PROPOSE_STAFF, command)


@staff.put(
    "/staff/<uuid:staff_id>/credential-resets/<uuid:id>",
    PROPOSE_CREDENTIAL_RESET,
    status=HTTPStatus.ACCEPTED,
)
def propose_credential_reset(command: dict[str, Any]) -> dict[str, Any]:
    """Propose a new one-time password for a person; a second administrator approves (P7)."""
    return ask(PROPOSE_CREDENTIAL_RESET, command)


@staff.post("/staff/<uuid:staff_id>/access", SWITCH_ACCESS)
def switch_access(command: dict[str, Any]) -> dict[str, Any]:
    """Switch a person's access on or off."""
    return ask(SWITCH_ACCESS, command)


@staff.post("/staff/<uuid:staff_id>/hold", HOLD_ACCESS)
def hold_access(command: dict[str, Any]) -> dict[str, Any]:
    """Hold a field officer's access for a day, until the administrator decides."""
    return ask(HOLD_ACCESS, command)


@staff.get("/staff/<uuid:staff_id>/devices", LIST_DEVICES)
def list_devices(command: dict[str, Any]) -> dict[str, Any]:
    """List from which devices a person has signed in."""
    return ask(LIST_DEVICES, command)


@staff.post("/staff/<uuid:staff_id>/devices/<uuid:device_id>", SWITCH_DEVICE)
def switch_device(command: dict[str, Any]) -> dict[str, Any]:
    """Switch a device off for a person, or on again."""
    return ask(SWITCH_DEVICE, command)
