"""What two people let pass of the law for one loan: a breach, its figure, and why (rule L2)."""

from marshmallow import fields, validate

from contracts.accounts.law_words import OVERRIDABLE
from contracts.accounts.pages import PageCommand
from contracts.calls import Event, Method
from contracts.fields import CodeField, CountField, DateField, InstantField, TextField, UuidField
from contracts.schemas import Answer, Command, EventData


def figure_field() -> fields.String:
    """Return the field of a breach's exact figure, as its refusal told it."""
    figure = validate.Regexp(r"^[0-9]{1,12}(\.[0-9]{1,12})?$", error="NOT_A_FIGURE")
    return fields.String(required=True, validate=figure)


class ProposeOverride(Command):
    """Ask that one breach of one loan proposal may pass; the area manager decides.

    `figure` is exact, as the refusal told it: another figure is another breach.
    """

    id = UuidField(required=True)
    subject_id = UuidField(required=True)
    breach = CodeField(*OVERRIDABLE, required=True)
    figure = figure_field()
    reason = TextField(300, shortest=3, required=True)


class Override(Answer):
    """An override as the register shows it; it holds while its state is `approved`."""

    id = UuidField(required=True)
    approval_id = UuidField(required=True)
    subject_id = UuidField(required=True)
    breach = CodeField(*OVERRIDABLE, required=True)
    figure = fields.String(required=True)
    reason = fields.String(required=True)
    state = fields.String(required=True)
    office_id = UuidField(required=True)
    office_bn = fields.String(required=True)
    office_en = fields.String(required=True)
    maker_id = UuidField(required=True)
    maker_bn = fields.String(required=True, allow_none=True)
    maker_en = fields.String(required=True, allow_none=True)
    proposed_at = InstantField(required=True)
    checker_id = UuidField(required=True, allow_none=True)
    checker_bn = fields.String(required=True, allow_none=True)
    checker_en = fields.String(required=True, allow_none=True)
    decided_at = InstantField(required=True, allow_none=True)
    decision_reason = fields.String(required=True, allow_none=True)


class ListOverrides(PageCommand):
    """The register of overrides in the actor's scope, the newest first; by day of the proposal."""

    office_id = UuidField(load_default=None, allow_none=True)
    subject_id = UuidField(load_default=None, allow_none=True)
    from_on = DateField(load_default=None, allow_none=True)
    to_on = DateField(load_default=None, allow_none=True)


class Overrides(Answer):
    """A page of the register."""

    items = fields.List(fields.Nested(Override), required=True)
    next = UuidField(required=True, allow_none=True)


class OverrideDecided(EventData):
    """An override that two people agreed to, or that the second one declined; nobody changes it.

    `subject_id` is the loan's id. `member_id` is null, and the version 1, until the loan is proposed in the
    branch that asked; then it is told again, with her.
    """

    id = UuidField(required=True)
    subject_id = UuidField(required=True)
    member_id = UuidField(required=True, allow_none=True)
    office_id = UuidField(required=True)
    breach = CodeField(*OVERRIDABLE, required=True)
    figure = fields.String(required=True)
    reason = fields.String(required=True)
    state = CodeField("approved", "declined", required=True)
    maker_id = UuidField(required=True)
    proposed_at = InstantField(required=True)
    checker_id = UuidField(required=True)
    decided_at = InstantField(required=True)
    version = CountField(required=True)


class OverrideFeed(Answer):
    """A page of decided overrides, by id."""

    items = fields.List(fields.Nested(OverrideDecided), required=True)
    next = UuidField(required=True, allow_none=True)


PROPOSE_OVERRIDE = Method(
    service="accounts",
    name="propose_override",
    command=ProposeOverride,
    answer=Override,
    permission="override:propose",
    changes=True,
)
LIST_OVERRIDES = Method(
    service="accounts",
    name="list_overrides",
    command=ListOverrides,
    answer=Overrides,
    permission="override:read",
)
EXPORT_OVERRIDES = Method(
    service="accounts",
    name="export_overrides",
    command=PageCommand,
    answer=OverrideFeed,
    callers=frozenset({"transactions"}),
)
OVERRIDE_DECIDED = Event(
    service="accounts",
    name="override_decided",
    data=OverrideDecided,
    consumers=("transactions.project_override",),
)

METHODS: tuple[Method, ...] = (PROPOSE_OVERRIDE, LIST_OVERRIDES, EXPORT_OVERRIDES)
EVENTS: tuple[Event, ...] = (OVERRIDE_DECIDED,)
