"""What transactions promises about a dashboard: a day's collection, the portfolio by age, savings, a year."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, TakaField, UuidField
from contracts.schemas import Answer, Command
from contracts.transactions.dashboards_words import AGES
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import text
from contracts.transactions.ledger_words import SAVINGS_FAMILIES


class DashboardOf(Command):
    """Of which office, with all branches below it."""

    office_id = UuidField(required=True)


class DayCollected(Answer):
    """What the day asked for and what came: the oldest debt first, then the day's, the rest ahead (4.8).

    `rate_percent` is what came of the day's own dues; null where nothing was due.
    """

    overdue_before = TakaField(required=True)
    recoverable = TakaField(required=True)
    collected_overdue = TakaField(required=True)
    collected_regular = TakaField(required=True)
    collected_advance = TakaField(required=True)
    collected_savings = TakaField(required=True)
    rate_percent = text(optional=True)


class LoansOfAge(Answer):
    """Running loans that are so late; `share_percent` of all that is outstanding."""

    age = CodeField(*AGES, required=True)
    loans = CountField(required=True)
    outstanding = TakaField(required=True)
    share_percent = text(optional=True)


class SavingsOfKind(Answer):
    """The open savings accounts of one kind."""

    kind = CodeField(*SAVINGS_FAMILIES, required=True)
    accounts = CountField(required=True)
    balance = TakaField(required=True)


class OfficerStands(Answer):
    """An officer's portfolio and his day; `at_risk` is outstanding on loans with anything overdue."""

    officer_id = UuidField(required=True, allow_none=True)
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    loans = CountField(required=True)
    outstanding = TakaField(required=True)
    at_risk = TakaField(required=True)
    at_risk_percent = text(optional=True)
    recoverable = TakaField(required=True)
    collected_regular = TakaField(required=True)
    rate_percent = text(optional=True)


class MonthStood(Answer):
    """A closed month of the `branches` whose snapshot is whole; never restated (rule M2)."""

    month = DateField(required=True)
    branches = CountField(required=True)
    members = CountField(required=True)
    borrowers = CountField(required=True)
    outstanding = TakaField(required=True)
    at_risk = TakaField(required=True)
    at_risk_percent = text(optional=True)
    savings = TakaField(required=True)
    recoverable = TakaField(required=True)
    collected_regular = TakaField(required=True)
    rate_percent = text(optional=True)


class Dashboard(Answer):
    """An office as it stands at the end of a day, and its last twelve closed months, the oldest first.

    Where more branches lie below it than can be counted while somebody waits, `on` and `collection` are null
    and ages are those of the newest month.
    """

    office_id = UuidField(required=True)
    office_name_bn = text()
    office_name_en = text()
    level = text()
    on = DateField(required=True, allow_none=True)
    collection = fields.Nested(DayCollected, required=True, allow_none=True)
    ages = fields.List(fields.Nested(LoansOfAge), required=True)
    savings = fields.List(fields.Nested(SavingsOfKind), required=True)
    officers = fields.List(fields.Nested(OfficerStands), required=True)
    months = fields.List(fields.Nested(MonthStood), required=True)


READ_DASHBOARD = Method(
    service=SERVICE,
    name="read_dashboard",
    command=DashboardOf,
    answer=Dashboard,
    permission="class:read",
    timeout=30,
)

METHODS: tuple[Method, ...] = (READ_DASHBOARD,)
