"""Samities: groups of members that meet on a weekday with a field officer."""

import re
from datetime import time
from typing import Any

from marshmallow import fields

from contracts.accounts.pages import PageCommand
from contracts.calls import Method
from contracts.digits import to_latin
from contracts.fields import (
    CodeField,
    CountField,
    DateField,
    NameField,
    TextField,
    UuidField,
    WireField,
    refusal,
)
from contracts.schemas import Answer, Command

KINDS = ("female", "male", "mixed")
_SERIAL = re.compile(r"(?!0000)[0-9]{4}", re.ASCII)
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


class SerialField(WireField[int]):
    """The four digits at the end of a samity's code, `0007`; the number 7 inside."""

    def write(self, value: int) -> str:
        """Write its canonical form."""
        return f"{value:04d}"

    def read(self, value: Any) -> int:
        """Read it, or refuse it by a code."""
        text = to_latin(value) if isinstance(value, str) else ""
        if not _SERIAL.fullmatch(text):
            raise refusal("NOT_A_SERIAL")
        return int(text)


class ClockField(WireField[time]):
    """A time of day to the minute, `09:30`, where the branch is."""

    def write(self, value: time) -> str:
        """Write its canonical form."""
        return value.isoformat("minutes")

    def read(self, value: Any) -> time:
        """Read it, or refuse it by a code."""
        text = to_latin(value) if isinstance(value, str) else ""
        if not _CLOCK.fullmatch(text):
            raise refusal("NOT_A_TIME")
        return time.fromisoformat(text)


class OpenSamity(Command):
    """A new samity; `code` is the four-digit serial of its code, or null for the next one."""

    id = UuidField(required=True)
    branch_id = UuidField(required=True)
    code = SerialField(load_default=None, allow_none=True)
    name_bn = NameField(100, required=True)
    name_en = NameField(100, required=True)
    kind = CodeField(*KINDS, required=True)
    village = NameField(100, required=True)
    meeting_weekday = CountField(minimum=1, maximum=7, required=True)
    meeting_time = ClockField(load_default=None, allow_none=True)
    officer_id = UuidField(required=True)
    opened_on = DateField(required=True)
    max_members = CountField(minimum=1, maximum=200, load_default=30)


class AssignSamityOfficer(Command):
    """From a day on, another officer keeps the samity (the history stays)."""

    id = UuidField(required=True)
    samity_id = UuidField(required=True)
    officer_id = UuidField(required=True)
    from_on = DateField(required=True)


class MoveSamityMeeting(Command):
    """From a day on, the samity meets on another weekday (the history stays)."""

    id = UuidField(required=True)
    samity_id = UuidField(required=True)
    meeting_weekday = CountField(minimum=1, maximum=7, required=True)
    from_on = DateField(required=True)


class Samity(Answer):
    """A samity as lists show it; weekday 1 is Saturday; `members` counts the active ones."""

    id = UuidField(required=True)
    code = fields.String(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    kind = fields.String(required=True)
    village = fields.String(required=True)
    branch_id = UuidField(required=True)
    meeting_weekday = CountField(required=True)
    meeting_time = ClockField(required=True, allow_none=True)
    officer_id = UuidField(required=True)
    officer_name_bn = fields.String(required=True, allow_none=True)
    officer_name_en = fields.String(required=True, allow_none=True)
    opened_on = DateField(required=True)
    max_members = CountField(required=True)
    members = CountField(required=True)
    active = fields.Boolean(required=True)


class ListSamities(PageCommand):
    """The samities in the actor's scope, by code."""

    branch_id = UuidField(load_default=None, allow_none=True)
    officer_id = UuidField(load_default=None, allow_none=True)


class Samities(Answer):
    """A page of samities."""

    items = fields.List(fields.Nested(Samity), required=True)
    next = UuidField(required=True, allow_none=True)


class ListOtherSamities(Command):
    """To which samities a member of the scope may move, by their code or a part of the name."""

    member_id = UuidField(required=True)
    query = TextField(60, shortest=2, required=True)


class OtherSamity(Answer):
    """A samity that may be another branch's: no more of it than what it is called, and where."""

    id = UuidField(required=True)
    code = fields.String(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    branch_name_bn = fields.String(required=True)
    branch_name_en = fields.String(required=True)


class OtherSamities(Answer):
    """The first of them by code; where there are more, `more` says so: one types more letters."""

    items = fields.List(fields.Nested(OtherSamity), required=True)
    more = fields.Boolean(required=True)


OPEN_SAMITY = Method(
    service="accounts",
    name="open_samity",
    command=OpenSamity,
    answer=Samity,
    permission="samity:open",
    changes=True,
)
LIST_SAMITIES = Method(
    service="accounts", name="list_samities", command=ListSamities, answer=Samities, permission="samity:read"
)
LIST_OTHER_SAMITIES = Method(
    service="accounts",
    name="list_other_samities",
    command=ListOtherSamities,
    answer=OtherSamities,
    permission="member:propose_change",
)
ASSIGN_SAMITY_OFFICER = Method(
    service="accounts",
    name="assign_samity_officer",
    command=AssignSamityOfficer,
    answer=Samity,
    permission="samity:open",
    changes=True,
)
MOVE_SAMITY_MEETING = Method(
    service="accounts",
    name="move_samity_meeting",
    command=MoveSamityMeeting,
    answer=Samity,
    permission="samity:open",
    changes=True,
)

METHODS = (OPEN_SAMITY, LIST_SAMITIES, LIST_OTHER_SAMITIES, ASSIGN_SAMITY_OFFICER, MOVE_SAMITY_MEETING)
