"""What transactions promises about meetings that took place: asked before a holiday is declared (rule L3)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import DateField, UuidField
from contracts.schemas import Answer, Command
from contracts.transactions.ledger import SERVICE


class MeetingsAsked(Command):
    """The meetings of a day, or until another, in an office with all below it, or of one samity."""

    office_id = UuidField(required=True)
    samity_id = UuidField(load_default=None, allow_none=True)
    on = DateField(required=True)
    until_on = DateField(load_default=None, allow_none=True)


class MeetingsFound(Answer):
    """Which samities have said something for that day, and whether a branch has begun or passed it."""

    samity_ids = fields.List(UuidField(), required=True)
    day_begun = fields.Boolean(required=True)


FIND_MEETINGS = Method(
    service=SERVICE,
    name="find_meetings",
    command=MeetingsAsked,
    answer=MeetingsFound,
    callers=frozenset({"accounts"}),
)

METHODS: tuple[Method, ...] = (FIND_MEETINGS,)
