"""What transactions promises about targets: what a branch or a field officer is to reach in a month."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CountField, DateField, InstantField, TakaField, UuidField
from contracts.schemas import Answer, Command
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import text


class SetTargets(Command):
    """Targets of a branch, or of one of its officers, for a month by any of its days; the newest count."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    officer_id = UuidField(load_default=None, allow_none=True)
    month = DateField(required=True)
    members = CountField(maximum=1_000_000, required=True)
    savings = TakaField(minimum=0, whole=True, required=True)
    disbursement = TakaField(minimum=0, whole=True, required=True)
    recovery = TakaField(minimum=0, whole=True, required=True)


class ListTargets(Command):
    """Whose targets, and of which month, by any of its days."""

    office_id = UuidField(required=True)
    month = DateField(required=True)


class Targets(Answer):
    """Targets as somebody set them: members to admit, savings to collect, loans to pay out and to collect."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    officer_id = UuidField(required=True, allow_none=True)
    officer_bn = text(optional=True)
    officer_en = text(optional=True)
    month = DateField(required=True)
    members = CountField(required=True)
    savings = TakaField(required=True)
    disbursement = TakaField(required=True)
    recovery = TakaField(required=True)
    set_by = UuidField(required=True)
    set_by_bn = text(optional=True)
    set_by_en = text(optional=True)
    set_at = InstantField(required=True)


class TargetList(Answer):
    """All that was ever set for a branch and its officers for a month, the newest first."""

    items = fields.List(fields.Nested(Targets), required=True)


SET_TARGETS = Method(
    service=SERVICE,
    name="set_targets",
    command=SetTargets,
    answer=Targets,
    permission="target:set",
    changes=True,
)
LIST_TARGETS = Method(
    service=SERVICE,
    name="list_targets",
    command=ListTargets,
    answer=TargetList,
    permission="book:read",
)

METHODS: tuple[Method, ...] = (SET_TARGETS, LIST_TARGETS)
