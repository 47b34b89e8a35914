"""What the age of loans answers: the answers' schemas."""

from marshmallow import fields

from contracts.fields import CodeField, CountField, DateField, InstantField, TakaField, UuidField
from contracts.schemas import Answer, page_of
from contracts.transactions.classes_words import LOAN_CLASSES, ClassRunState
from contracts.transactions.ledger_answers import text


class ClassRun(Answer):
    """A run as it stands: of about `total` loans it has classed `done`.

    `provision_needed` is what its classes ask for; `provision_booked` what it put aside, less than nothing
    where it gave back. `advance_booked` is charge moved out of income because it is not due yet (rule L1).
    """

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    month = DateField(required=True)
    value_on = DateField(required=True)
    state = CodeField(*ClassRunState, required=True)
    total = CountField(required=True)
    done = CountField(required=True)
    provision_needed = TakaField(required=True, allow_none=True)
    provision_booked = TakaField(required=True, allow_none=True)
    advance_booked = TakaField(required=True, allow_none=True)
    asked_by = UuidField(required=True)
    asked_by_bn = text(optional=True)
    asked_by_en = text(optional=True)
    asked_at = InstantField(required=True)
    finished_at = InstantField(required=True, allow_none=True)


ClassRunPage = page_of(ClassRun, "ClassRunPage")


class ClassTotal(Answer):
    """The loans of one product, fund, sex and class; `at_risk` is what of it belongs to overdue loans."""

    product_code = text()
    fund = text()
    sex = text()
    loan_class = CodeField(*LOAN_CLASSES, required=True)
    loans = CountField(required=True)
    outstanding = TakaField(required=True)
    overdue = TakaField(required=True)
    at_risk = TakaField(required=True)
    provision = TakaField(required=True)


class Classes(Answer):
    """An office's loans by class at a month's end: of `branches` whose runs are finished.

    `par_bps` is portfolio at risk in basis points: principal of all loans with anything overdue against all.
    """

    office_id = UuidField(required=True)
    month = DateField(required=True)
    value_on = DateField(required=True)
    branches = CountField(required=True)
    loans = CountField(required=True)
    outstanding = TakaField(required=True)
    overdue = TakaField(required=True)
    at_risk = TakaField(required=True)
    par_bps = CountField(required=True)
    provision = TakaField(required=True)
    items = fields.List(fields.Nested(ClassTotal), required=True)


class OverdueLoan(Answer):
    """A loan with anything overdue, with whom to see about it."""

    loan_id = UuidField(required=True)
    code = text()
    product_code = text()
    member_id = UuidField(required=True)
    member_code = text(optional=True)
    member_name_bn = text(optional=True)
    member_name_en = text(optional=True)
    samity_id = UuidField(required=True, allow_none=True)
    samity_name_bn = text(optional=True)
    samity_name_en = text(optional=True)
    officer_id = UuidField(required=True, allow_none=True)
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    on = DateField(required=True)
    oldest_unpaid_on = DateField(required=True)
    days = CountField(required=True)
    loan_class = CodeField(*LOAN_CLASSES, required=True)
    outstanding = TakaField(required=True)
    overdue = TakaField(required=True)


OverdueLoanPage = page_of(OverdueLoan, "OverdueLoanPage")


class ClassRule(Answer):
    """One class of a set of rules; basis points of the outstanding principal."""

    loan_class = CodeField(*LOAN_CLASSES, required=True)
    from_days = CountField(required=True)
    provision_bps = CountField(required=True)


class ClassRules(Answer):
    """The classes in force from a day on; nobody's names stand beside what came with the system."""

    id = UuidField(required=True)
    effective_on = DateField(required=True)
    classes = fields.List(fields.Nested(ClassRule), required=True)
    provision_months = fields.List(CountField(), required=True)
    proposed_by = UuidField(required=True, allow_none=True)
    approved_by = UuidField(required=True, allow_none=True)


class ClassFreeze(Answer):
    """Days in which no class becomes worse."""

    id = UuidField(required=True)
    from_on = DateField(required=True)
    to_on = DateField(required=True)
    reason = text()
    proposed_by = UuidField(required=True, allow_none=True)
    approved_by = UuidField(required=True, allow_none=True)


class ClassData(Answer):
    """All rules of classification that were ever in force, and all freezes, the newest first."""

    rules = fields.List(fields.Nested(ClassRules), required=True)
    freezes = fields.List(fields.Nested(ClassFreeze), required=True)
