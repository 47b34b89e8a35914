"""Acting assignments: somebody holds another person's post while that one is away (M8)."""

from marshmallow import fields

from contracts.approvals import PendingApproval
from contracts.calls import Method
from contracts.errors import Kind, ServiceError
from contracts.fields import CodeField, CountField, DateField, InstantField, TextField, UuidField
from contracts.permissions import Role
from contracts.schemas import Answer, Command, page_of

ACTING_ROLES = (Role.AREA_MANAGER, Role.BRANCH_MANAGER, Role.ACCOUNTANT)
"""The posts that somebody may act in: never the administrator's or an auditor's (P7, P12)."""
STATES = ("proposed", "agreed", "declined", "ended")


class CannotAct(ServiceError):
    """Whoever has this role acts in no other post: administrators and auditors stay what they are."""

    kind = Kind.FORBIDDEN


class OwnActing(ServiceError):
    """Nobody proposes or approves that he himself acts, or stands in for himself (M8)."""

    kind = Kind.FORBIDDEN


class NotHisPost(ServiceError):
    """The person who is away does not hold that post at that office."""


class NotAtWork(ServiceError):
    """The person's own access is off, held, or not begun: he cannot act for another."""


class ActingDates(ServiceError):
    """An acting post begins today or later and lasts so many days at most; facts: `days`."""


class ActingOverlaps(ServiceError):
    """On some of these days the person acts already, or somebody acts for the one who is away."""

    kind = Kind.CONFLICT


class ActingOver(ServiceError):
    """It has ended, or was never agreed to: there is nothing to end; facts: `state`."""

    kind = Kind.CONFLICT


class ProposeActing(Command):
    """Propose that a person holds another one's post from a day to a day; a second person approves."""

    id = UuidField(required=True)
    staff_id = UuidField(required=True)
    role = CodeField(*ACTING_ROLES, required=True)
    office_id = UuidField(required=True)
    away_id = UuidField(required=True)
    from_on = DateField(required=True)
    to_on = DateField(required=True)
    reason = TextField(300, shortest=3, required=True)


class EndActing(Command):
    """End an acting post before its last day."""

    id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)


class ListActing(Command):
    """Ask for the acting posts at the offices of one's scope, the newest first."""

    after = UuidField(load_default=None, allow_none=True)
    limit = CountField(minimum=1, maximum=100, load_default=100)


class Acting(Answer):
    """An acting post; `holds` where it counts today, `ended_at` where it was ended before its last day."""

    id = UuidField(required=True)
    staff_id = UuidField(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    role = fields.String(required=True)
    office_id = UuidField(required=True)
    office_name_bn = fields.String(required=True)
    office_name_en = fields.String(required=True)
    away_id = UuidField(required=True)
    away_name_bn = fields.String(required=True)
    away_name_en = fields.String(required=True)
    from_on = DateField(required=True)
    to_on = DateField(required=True)
    state = CodeField(*STATES, required=True)
    holds = fields.Boolean(required=True)
    ended_at = InstantField(required=True, allow_none=True)


ActingList = page_of(Acting, "ActingList")

PROPOSE_ACTING = Method(
    service="identity",
    name="propose_acting",
    command=ProposeActing,
    answer=PendingApproval,
    permission="acting:propose",
    changes=True,
)
END_ACTING = Method(
    service="identity",
    name="end_acting",
    command=EndActing,
    answer=Acting,
    permission="acting:end",
    changes=True,
)
LIST_ACTING = Method(
    service="identity", name="list_acting", command=ListActing, answer=ActingList, permission="acting:read"
)
METHODS = (PROPOSE_ACTING, END_ACTING, LIST_ACTING)
