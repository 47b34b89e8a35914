"""Devices of the staff, switched off and on by an administrator. Rules P6, P9."""

from typing import Any

from contracts.errors import NotFound
from contracts.identity.sessions import SESSION_REVOKED
from contracts.identity.staff import OwnAccess
from identity.repository import Books, DeviceSwitch, Scope


def switch_device(books: Books, command: dict[str, Any]) -> str:
    """Switch a device off for a person: its sessions end, and it lets him in no more; or on again.

    What it holds unsent stays there (lock is not wipe, P9). Returns whose device it is.

    Raises:
        NotFound: no such person in scope, or he never signed in on it.
        OwnAccess: it is the actor's own.
    """
    work = books.work
    person = books.staff.get(command["staff_id"], Scope.of(work.actor), lock=True)
    if person.id == work.actor.person_id:
        raise OwnAccess
    device_id = command["device_id"]
    if not books.sessions.is_known_device(person.id, device_id):
        raise NotFound(kind="device")
    is_on = not books.sessions.is_device_off(person.id, device_id)
    if is_on is command["on"]:
        return person.id
    off = None if command["on"] else DeviceSwitch(work.now, work.actor.person_id, command["reason"])
    books.sessions.switch_device(person.id, device_id, off)
    if off is not None:
        ended = books.sessions.end_on_device(person.id, device_id, now=work.now)
        if ended:
            work.tell(SESSION_REVOKED, {"session_ids": list(ended), "person_id": person.id})
    facts = {"device_id": device_id, "on": command["on"], "reason": command["reason"]}
    work.audit("switch_device", "staff", person.id, facts)
    return person.id
