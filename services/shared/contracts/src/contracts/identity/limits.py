"""Limits by amount: up to where a role may allow what waits for it, set by two administrators (P7)."""

from marshmallow import fields

from contracts.approvals import PendingApproval
from contracts.calls import Method
from contracts.errors import Kind, ServiceError
from contracts.fields import CodeField, DateField, TakaField, TextField, UuidField
from contracts.identity.staff import STAFF_ROLES
from contracts.limits import LIMITED
from contracts.schemas import Answer, Command


class LimitNotOfRole(ServiceError):
    """The role does not hold the permission, so no limit can bind it; facts: `role`, `permission`."""


class LimitTooSoon(ServiceError):
    """More may be allowed from tomorrow on, less from today on; facts: `first_on`."""


class LimitKnown(ServiceError):
    """That role has a limit from that day on already; a limit is never edited; facts: `effective_on`."""

    kind = Kind.CONFLICT


class ProposeLimit(Command):
    """Propose up to which amount a role may allow something from a day on; another administrator approves."""

    id = UuidField(required=True)
    role = CodeField(*STAFF_ROLES, required=True)
    permission = CodeField(*LIMITED, required=True)
    amount = TakaField(minimum=0, whole=True, required=True)
    effective_on = DateField(required=True)
    reason = TextField(300, shortest=3, required=True)


class ListLimits(Command):
    """Ask for every limit that ever was or will be."""


class DatedLimit(Answer):
    """A limit from a day on; `in_force` marks the one that counts today."""

    role = fields.String(required=True)
    permission = fields.String(required=True)
    amount = TakaField(required=True)
    effective_on = DateField(required=True)
    in_force = fields.Boolean(required=True)


class Limits(Answer):
    """Every limit, by role, permission and day."""

    items = fields.List(fields.Nested(DatedLimit), required=True)


PROPOSE_LIMIT = Method(
    service="identity",
    name="propose_limit",
    command=ProposeLimit,
    answer=PendingApproval,
    permission="limit:propose",
    changes=True,
)
LIST_LIMITS = Method(
    service="identity", name="list_limits", command=ListLimits, answer=Limits, permission="limit:read"
)
METHODS = (PROPOSE_LIMIT, LIST_LIMITS)
