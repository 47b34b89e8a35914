"""What is asked about the age of loans: the commands' schemas."""

from marshmallow import fields, validate

from contracts.fields import CodeField, CountField, DateField, TextField, UuidField
from contracts.schemas import Command
from contracts.transactions.classes_words import LOAN_CLASSES

BPS_MAX = 10_000
DAYS_MAX = 10_000
MONTHS = 12


class RunClasses(Command):
    """Class a branch's loans at the end of a month; `month` is any day of it (rule M15)."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    month = DateField(required=True)


class ClassRunOnly(Command):
    """Which run."""

    id = UuidField(required=True)


class ListClassRuns(Command):
    """The runs of an office and all below it, by place; `month` is any day of it."""

    office_id = UuidField(required=True)
    month = DateField(required=True)
    after = UuidField(load_default=None, allow_none=True)


class ListClasses(Command):
    """The totals of an office and all below it; `month` is any day of it."""

    office_id = UuidField(required=True)
    month = DateField(required=True)


class ListOverdueLoans(Command):
    """A branch's loans with anything overdue, the oldest first; without `on`, as of its open day."""

    office_id = UuidField(required=True)
    on = DateField(load_default=None, allow_none=True)
    after = fields.String(
        load_default=None, allow_none=True, validate=validate.Regexp(r"\d{4}-\d{2}-\d{2}~[0-9a-f-]{36}")
    )


class AskedClass(Command):
    """One class: from how many days on, and how much of the principal is set aside, in basis points."""

    loan_class = CodeField(*LOAN_CLASSES, required=True)
    from_days = CountField(maximum=DAYS_MAX, required=True)
    provision_bps = CountField(maximum=BPS_MAX, required=True)


class ProposeClassRules(Command):
    """Other classes from a day to come on; `provision_months` are those whose run books what is set aside."""

    id = UuidField(required=True)
    effective_on = DateField(required=True)
    classes = fields.List(
        fields.Nested(AskedClass),
        required=True,
        validate=validate.Length(len(LOAN_CLASSES), len(LOAN_CLASSES)),
    )
    provision_months = fields.List(
        CountField(minimum=1, maximum=MONTHS), required=True, validate=validate.Length(1, MONTHS)
    )
    reason = TextField(300, shortest=3, required=True)


class ProposeClassFreeze(Command):
    """Between two dates, both included, let no loan's class become worse (as in 2020)."""

    id = UuidField(required=True)
    from_on = DateField(required=True)
    to_on = DateField(required=True)
    reason = TextField(300, shortest=3, required=True)
