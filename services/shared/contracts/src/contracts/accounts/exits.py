"""Leaving for good: a checklist, two people, a final statement (rule L7)."""

from marshmallow import fields

from contracts.accounts.exit_words import ExitCheck, ExitState
from contracts.accounts.members import MARKS
from contracts.calls import Event, Method
from contracts.fields import CodeField, CountField, DateField, NameField, TextField, UuidField
from contracts.schemas import Answer, Command, EventData


class ExitItem(Answer):
    """One line of the checklist: whether it is so, else what stands in the way."""

    code = CodeField(*ExitCheck, required=True)
    clear = fields.Boolean(required=True)
    facts = fields.Dict(keys=fields.String(), required=True)


class ExitShown(Answer):
    """How the leaving of a member stands."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    state = CodeField(*ExitState, required=True)
    reason = fields.String(required=True)
    mark = fields.String(required=True)
    witness = fields.String(required=True)
    blacklist = fields.Boolean(required=True)
    checklist = fields.List(fields.Nested(ExitItem), required=True)
    closed_on = DateField(required=True, allow_none=True)


class ExitChecklist(Answer):
    """What stands in the way now, and the latest request to leave; null where there was none."""

    member_id = UuidField(required=True)
    may_leave = fields.Boolean(required=True)
    items = fields.List(fields.Nested(ExitItem), required=True)
    latest = fields.Nested(ExitShown, required=True, allow_none=True)


class ReadExitChecklist(Command):
    """Whose checklist."""

    member_id = UuidField(required=True)


class ProposeExit(Command):
    """She leaves for good: her mark, who saw it, and why. `blacklist` bars her from joining again."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)
    mark = CodeField(*MARKS, required=True)
    witness = NameField(100, required=True)
    blacklist = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class UndoExit(Command):
    """She stays after all: only on the business day on which she left, by two people."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)


class ExitUndoing(Answer):
    """It waits for its second person."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    state = CodeField(*ExitState, required=True)


class MembershipEnded(EventData):
    """She left for good, or her leaving was undone the same day (rules L7, P2)."""

    member_id = UuidField(required=True)
    on = DateField(required=True)
    undone = fields.Boolean(required=True)
    version = CountField(required=True)


READ_EXIT_CHECKLIST = Method(
    service="accounts",
    name="read_exit_checklist",
    command=ReadExitChecklist,
    answer=ExitChecklist,
    permission="member:read",
)
PROPOSE_EXIT = Method(
    service="accounts",
    name="propose_exit",
    command=ProposeExit,
    answer=ExitShown,
    permission="member:propose_change",
    changes=True,
)
UNDO_EXIT = Method(
    service="accounts",
    name="undo_exit",
    command=UndoExit,
    answer=ExitUndoing,
    permission="member:propose_change",
    changes=True,
)

MEMBERSHIP_ENDED = Event(
    service="accounts",
    name="membership_ended",
    data=MembershipEnded,
    consumers=("notifications.tell_membership_ended",),
)

METHODS = (READ_EXIT_CHECKLIST, PROPOSE_EXIT, UNDO_EXIT)
EVENTS = (MEMBERSHIP_ENDED,)
