"""Devices of the staff: from where somebody signs in, and where that ends. Rules P6, P9."""

from marshmallow import fields

from contracts.calls import Method
from contracts.errors import Kind, ServiceError
from contracts.fields import InstantField, TextField, UuidField
from contracts.schemas import Answer, Command, page_of


class DeviceOff(ServiceError):
    """This device was switched off for this person: lost, given away, or he has left."""

    kind = Kind.FORBIDDEN


class ListDevices(Command):
    """Ask from which devices a person of the staff has signed in, the newest first."""

    staff_id = UuidField(required=True)


class Device(Answer):
    """A device of somebody; its name and last use stand as long as a session of it is remembered."""

    device_id = UuidField(required=True)
    name = fields.String(required=True, allow_none=True)
    first_at = InstantField(required=True)
    last_seen_at = InstantField(required=True, allow_none=True)
    is_open = fields.Boolean(required=True)
    off_at = InstantField(required=True, allow_none=True)
    off_reason = fields.String(required=True, allow_none=True)


class SwitchDevice(Command):
    """Switch a device off for a person, or on again; unsent rows on it stay there (P9: lock is not wipe)."""

    staff_id = UuidField(required=True)
    device_id = UuidField(required=True)
    on = fields.Boolean(required=True, truthy={True}, falsy={False})
    reason = TextField(300, shortest=3, required=True)


Devices = page_of(Device, "Devices")

LIST_DEVICES = Method(
    service="identity", name="list_devices", command=ListDevices, answer=Devices, permission="device:read"
)
SWITCH_DEVICE = Method(
    service="identity",
    name="switch_device",
    command=SwitchDevice,
    answer=Devices,
    permission="device:switch",
    changes=True,
)
METHODS = (LIST_DEVICES, SWITCH_DEVICE)
