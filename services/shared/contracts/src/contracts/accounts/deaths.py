"""A death: everything is frozen from the reported date, two levels agree, the nominees are paid (rule L5)."""

from marshmallow import fields

from contracts.accounts.death_words import DeathState, Whose
from contracts.accounts.pages import PageCommand
from contracts.calls import Method
from contracts.fields import CodeField, DateField, NameField, TextField, UuidField
from contracts.schemas import Answer, Command


class DeathCase(Answer):
    """One case; it is to be settled by `due_on`."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    member_code = fields.String(required=True, allow_none=True)
    member_name_bn = fields.String(required=True)
    member_name_en = fields.String(required=True)
    whose = CodeField(*Whose, required=True)
    state = CodeField(*DeathState, required=True)
    died_on = DateField(required=True)
    reported_by = fields.String(required=True)
    reported_on = DateField(required=True)
    certificate = fields.String(required=True)
    due_on = DateField(required=True)
    settled_on = DateField(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)


class DeathCases(Answer):
    """A page of cases, the oldest first."""

    items = fields.List(fields.Nested(DeathCase), required=True)
    next = UuidField(required=True, allow_none=True)


class ReportDeath(Command):
    """Somebody says that a member, or her spouse, has died, and brings the certificate."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    whose = CodeField(*Whose, required=True)
    died_on = DateField(required=True)
    reported_by = NameField(200, required=True)
    certificate = TextField(100, shortest=3, required=True)


class SettleSpouseCase(Command):
    """The loan that the risk fund was to pay is waived."""

    id = UuidField(required=True)
    loan_id = UuidField(required=True)


class ListDeathCases(PageCommand):
    """The open cases of the actor's scope; `overdue` only those whose time is over."""

    overdue = fields.Boolean(load_default=False, truthy={True, "true"}, falsy={False, "false"})


REPORT_DEATH = Method(
    service="accounts",
    name="report_death",
    command=ReportDeath,
    answer=DeathCase,
    permission="member:propose_change",
    changes=True,
)
SETTLE_SPOUSE_CASE = Method(
    service="accounts",
    name="settle_spouse_case",
    command=SettleSpouseCase,
    answer=DeathCase,
    permission="member:propose_change",
    changes=True,
)
LIST_DEATH_CASES = Method(
    service="accounts",
    name="list_death_cases",
    command=ListDeathCases,
    answer=DeathCases,
    permission="member:read",
)

METHODS = (REPORT_DEATH, SETTLE_SPOUSE_CASE, LIST_DEATH_CASES)
