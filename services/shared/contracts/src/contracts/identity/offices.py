"""The tree of offices: its commands, answers and event."""

from marshmallow import fields, validate

from contracts.calls import Event, Method
from contracts.errors import Kind, ServiceError
from contracts.fields import CodeField, CountField, DateField, NameField, TextField, UuidField
from contracts.schemas import Answer, Command, EventData, page_of

LEVELS = ("head_office", "zone", "area", "branch")
"""From the root to the leaves; an office hangs below one of a higher level."""


class OfficeCodeTaken(ServiceError):
    """Another office has this code; codes are never used again."""

    kind = Kind.CONFLICT


class LevelNotBelow(ServiceError):
    """An office of this level does not stand below one of the parent's."""


class OpenOffice(Command):
    """Open an office below another one; only the head office has no parent."""

    id = UuidField(required=True)
    code = fields.String(
        required=True, validate=validate.Regexp(r"\A[A-Z0-9][A-Z0-9-]{0,11}\Z", error="NOT_AN_OFFICE_CODE")
    )
    level = CodeField(*LEVELS, required=True)
    parent_id = UuidField(required=True)
    name_bn = NameField(100, required=True)
    name_en = NameField(100, required=True)
    opened_on = DateField(required=True)


class Office(Answer):
    """An office; `path` holds the codes from the root, as in `/HO/A01/B001/`."""

    id = UuidField(required=True)
    code = fields.String(required=True)
    level = CodeField(*LEVELS, required=True)
    parent_id = UuidField(required=True, allow_none=True)
    path = fields.String(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    opened_on = DateField(required=True)


class ListOffices(Command):
    """Ask for the offices of the actor's subtree, in the order of their paths."""

    after = TextField(200, load_default=None, allow_none=True)


Offices = page_of(Office, "Offices")


class OfficeState(EventData):
    """The full state of an office; the newer version wins."""

    id = UuidField(required=True)
    code = fields.String(required=True)
    level = fields.String(required=True)
    parent_id = UuidField(required=True, allow_none=True)
    path = fields.String(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    version = CountField(required=True)


class ExportOffices(Command):
    """Ask for a stretch of the feed, after an office id (B2: every projection has a feed)."""

    after = UuidField(load_default=None, allow_none=True)
    limit = CountField(load_default=500, minimum=1, maximum=500)


class OfficeFeed(Answer):
    """A stretch of the feed; `next` is null at its end."""

    items = fields.List(fields.Nested(OfficeState), required=True)
    next = UuidField(required=True, allow_none=True)


OPEN_OFFICE = Method(
    service="identity",
    name="open_office",
    command=OpenOffice,
    answer=Office,
    permission="office:open",
    changes=True,
)
LIST_OFFICES = Method(
    service="identity", name="list_offices", command=ListOffices, answer=Offices, permission="office:read"
)
EXPORT_OFFICES = Method(
    service="identity",
    name="export_offices",
    command=ExportOffices,
    answer=OfficeFeed,
    callers=frozenset({"accounts", "transactions", "notifications"}),
)
METHODS = (OPEN_OFFICE, LIST_OFFICES, EXPORT_OFFICES)

OFFICE_CHANGED = Event(
    service="identity",
    name="office_changed",
    version=1,
    data=OfficeState,
    consumers=("accounts.project_office", "transactions.project_office", "notifications.project_office"),
)
EVENTS = (OFFICE_CHANGED,)
