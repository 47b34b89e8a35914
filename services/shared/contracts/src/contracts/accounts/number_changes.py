"""Changing a member's telephone number: a code to the new one, a call back, a manager's word (P1, M9).

1. The accountant proposes; a code goes to the new number and a message to the old one.
2. She says the code, the accountant enters it.
3. Somebody else calls her back and writes that down.
4. The manager approves: the number is hers, and for seven days money leaves her account with caution only.
"""

from marshmallow import fields

from contracts.calls import Event, Method
from contracts.errors import Kind, ServiceError
from contracts.fields import CodeField, CountField, DateField, InstantField, SealedField, TextField, UuidField
from contracts.schemas import Answer, Command, EventData

STATES = ("asked", "confirmed", "approved", "declined", "lapsed")
CALLED = ("old", "new")


class NumberUnchanged(ServiceError):
    """This is her number already."""

    kind = Kind.CONFLICT


class NumberChangeRuns(ServiceError):
    """A change of her number waits for the manager already."""

    kind = Kind.CONFLICT


class NumberCodeWrong(ServiceError):
    """It is not the code that went to the new number; facts: `tries_left`."""

    kind = Kind.REFUSED


class NumberCodeOver(ServiceError):
    """The code is too old, or was tried too often: send another one."""

    kind = Kind.REFUSED


class NumberCodesSpent(ServiceError):
    """So many codes went out for this change already; facts: `most`. Propose it anew."""

    kind = Kind.TOO_MANY


class NumberChangeEnded(ServiceError):
    """The change is past this step; facts: `state`."""

    kind = Kind.CONFLICT


class CallBackMissing(ServiceError):
    """Nobody has called her back yet, so nobody may approve (P1)."""

    kind = Kind.REFUSED


class HerOfficer(ServiceError):
    """Her own field officer has no part in changing her number, whatever post he acts in (P1)."""

    kind = Kind.FORBIDDEN


class NumberChange(Answer):
    """Where a change stands; numbers are masked."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    state = CodeField(*STATES, required=True)
    mobile_masked = fields.String(required=True)
    warnings = fields.List(fields.String(), required=True)
    reason = fields.String(required=True)
    maker_id = UuidField(required=True)
    proposed_at = InstantField(required=True)
    sends = CountField(required=True)
    tries_left = CountField(required=True)
    code_ends_at = InstantField(required=True)
    called_by = UuidField(required=True, allow_none=True)
    called_at = InstantField(required=True, allow_none=True)
    called = CodeField(*CALLED, required=True, allow_none=True)


class NumberChanges(Answer):
    """All changes of a member's number, the newest first."""

    items = fields.List(fields.Nested(NumberChange), required=True)


class ProposeNumberChange(Command):
    """Propose another number for a member; a code goes to it at once."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    mobile = SealedField(to="accounts", required=True)
    reason = TextField(300, shortest=3, required=True)


class SendNumberCode(Command):
    """Send another code to the new number; the one before ends."""

    id = UuidField(required=True)


class ConfirmNumberChange(Command):
    """Enter the code that she has read from the new telephone; a wrong one counts as a try."""

    id = UuidField(required=True)
    code = SealedField(to="accounts", required=True)


class RecordNumberCallBack(Command):
    """Write down that one has called her back, on which number, and what she said."""

    id = UuidField(required=True)
    called = CodeField(*CALLED, required=True)
    note = TextField(300, shortest=3, required=True)


class ListNumberChanges(Command):
    """Whose changes."""

    member_id = UuidField(required=True)


class NumberChangeAsked(EventData):
    """A code for the new number, and a warning for the old one; `send` counts the codes of one change."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    on = DateField(required=True)
    send = CountField(required=True)
    mobile = SealedField(to="notifications", required=True)
    old_mobile = SealedField(to="notifications", required=True, allow_none=True)
    code = SealedField(to="notifications", required=True)


class NumberChanged(EventData):
    """Another number counts from now on; both are told (P2)."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    on = DateField(required=True)
    mobile = SealedField(to="notifications", required=True)
    old_mobile = SealedField(to="notifications", required=True, allow_none=True)


def _deed(name: str, command: type[Command], permission: str) -> Method:
    return Method(
        service="accounts",
        name=name,
        command=command,
        answer=NumberChange,
        permission=permission,
        changes=True,
    )


PROPOSE_NUMBER_CHANGE = _deed("propose_number_change", ProposeNumberChange, "member:propose_change")
SEND_NUMBER_CODE = _deed("send_number_code", SendNumberCode, "member:propose_change")
CONFIRM_NUMBER_CHANGE = _deed("confirm_number_change", ConfirmNumberChange, "member:propose_change")
RECORD_NUMBER_CALL_BACK = _deed("record_number_call_back", RecordNumberCallBack, "member:propose_change")
LIST_NUMBER_CHANGES = Method(
    service="accounts",
    name="list_number_changes",
    command=ListNumberChanges,
    answer=NumberChanges,
    permission="member:propose_change",
)
METHODS = (
    PROPOSE_NUMBER_CHANGE,
    SEND_NUMBER_CODE,
    CONFIRM_NUMBER_CHANGE,
    RECORD_NUMBER_CALL_BACK,
    LIST_NUMBER_CHANGES,
)

NUMBER_CHANGE_ASKED = Event(
    service="accounts",
    name="number_change_asked",
    data=NumberChangeAsked,
    consumers=("notifications.send_number_code",),
)
NUMBER_CHANGED = Event(
    service="accounts",
    name="number_changed",
    data=NumberChanged,
    consumers=("notifications.tell_number_changed",),
)
EVENTS = (NUMBER_CHANGE_ASKED, NUMBER_CHANGED)
