"""Moving a member to another samity, of her branch or another: proposed, agreed to, done by a step (L6)."""

from enum import StrEnum

from marshmallow import fields

from contracts.accounts.pages import PageCommand
from contracts.calls import Method
from contracts.errors import Kind, ServiceError
from contracts.fields import CodeField, DateField, InstantField, TextField, UuidField
from contracts.schemas import Answer, Command


class TransferState(StrEnum):
    """Where a transfer stands; `refused` is what the books would not do, with the reason."""

    PROPOSED = "proposed"
    MOVING = "moving"
    MOVED = "moved"
    DECLINED = "declined"
    REFUSED = "refused"


class TransferRuns(ServiceError):
    """A transfer of this member waits or is under way already."""

    kind = Kind.CONFLICT


class SameSamity(ServiceError):
    """She is in that samity already."""


class ProposeTransfer(Command):
    """She wishes, or has, to meet with another samity."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    to_samity_id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)


class Transfer(Answer):
    """A transfer; her code changes with the samity, and the old one goes on finding her."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    from_samity_id = UuidField(required=True)
    to_samity_id = UuidField(required=True)
    state = CodeField(*TransferState, required=True)
    reason = fields.String(required=True)
    old_code = fields.String(required=True)
    new_code = fields.String(required=True, allow_none=True)
    value_on = DateField(required=True, allow_none=True)
    refusal = fields.String(required=True, allow_none=True)
    proposed_at = InstantField(required=True)


class ListTransfers(PageCommand):
    """The transfers that touch an office of the scope, the newest first."""

    office_id = UuidField(required=True)


class Transfers(Answer):
    """A page of transfers."""

    items = fields.List(fields.Nested(Transfer), required=True)
    next = UuidField(required=True, allow_none=True)


PROPOSE_TRANSFER = Method(
    service="accounts",
    name="propose_transfer",
    command=ProposeTransfer,
    answer=Transfer,
    permission="member:propose_change",
    changes=True,
)
LIST_TRANSFERS = Method(
    service="accounts",
    name="list_transfers",
    command=ListTransfers,
    answer=Transfers,
    permission="member:read",
)

METHODS = (PROPOSE_TRANSFER, LIST_TRANSFERS)
