"""The devices of a person of the staff: from where he signs in, switched off when lost or left. P6, P9."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for

from contracts.identity.devices import LIST_DEVICES, SWITCH_DEVICE
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.deeds import sent
from gateway.portal.forms import Form, text
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class DeviceForm(Form):
    """Why a device is switched."""

    reason = text("form.reason")


@requires("device:read")
def devices(staff_id: UUID) -> ResponseReturnValue:
    """From which devices a person has signed in."""
    found = ask(LIST_DEVICES, {"staff_id": str(staff_id)})["items"]
    return DeviceForm().page("devices.html", staff_id=staff_id, devices=found)


@requires("device:switch")
def devices_switch(staff_id: UUID, device_id: UUID, deed: str) -> ResponseReturnValue:
    """Switch a device off, or on again, with the reason."""
    form, back = DeviceForm(), url_for("portal.devices", staff_id=staff_id)

    def command(filled: DeviceForm) -> dict[str, Any]:
        named = {"staff_id": str(staff_id), "device_id": str(device_id)}
        return {**named, "on": deed == "on", "reason": filled.reason.data}

    done = sent(form, SWITCH_DEVICE, command, f"device.switched_{deed}", back)
    title, lead = t(f"device.title_{deed}"), t(f"device.lead_{deed}")
    return done or form.page("form.html", title=title, lead=lead, act=t("form.confirm"), back=back)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    one = "/staff/<uuid:staff_id>/devices"
    blueprint.add_url_rule(one, view_func=devices)
    blueprint.add_url_rule(
        f"{one}/<uuid:device_id>/<any(on, off):deed>", view_func=devices_switch, methods=["GET", "POST"]
    )
