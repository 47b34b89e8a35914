"""What transactions promises about months that are closed: loans, savings and members as they were (§6)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, TakaField, UuidField
from contracts.schemas import Answer, Command
from contracts.transactions.classes_words import LOAN_CLASSES
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import text
from contracts.transactions.ledger_words import SAVINGS_FAMILIES


class ReadMonthSnapshot(Command):
    """The month of an office and all below it; `month` is any day of it."""

    office_id = UuidField(required=True)
    month = DateField(required=True)


class LoanMonth(Answer):
    """The loans of one product, fund and sex.

    `opening` with what was disbursed and moved in, less what moved out, was recovered of the principal,
    waived and written off, is `outstanding`. Dues are principal and charge together: `opening_due` with
    `adjusted` and `recoverable`, less `due_recovered` and `regular_recovered`, is `due`.
    """

    product_code = text()
    fund = text()
    sex = text()
    loans = CountField(required=True)
    borrowers = CountField(required=True)
    lent = CountField(required=True)
    ended = CountField(required=True)
    late = CountField(required=True)
    opening = TakaField(required=True)
    disbursed = TakaField(required=True)
    moved_in = TakaField(required=True)
    moved_out = TakaField(required=True)
    recovered_principal = TakaField(required=True)
    recovered_charge = TakaField(required=True)
    waived = TakaField(required=True)
    written_off = TakaField(required=True)
    outstanding = TakaField(required=True)
    opening_due = TakaField(required=True)
    opening_advance = TakaField(required=True)
    adjusted = TakaField(required=True)
    recoverable = TakaField(required=True)
    due_recovered = TakaField(required=True)
    regular_recovered = TakaField(required=True)
    advance_recovered = TakaField(required=True)
    due = TakaField(required=True)
    advance = TakaField(required=True)


class LoanClassMonth(Answer):
    """The loans of one product, fund, sex and class, by the value date of the month's end."""

    product_code = text()
    fund = text()
    sex = text()
    loan_class = CodeField(*LOAN_CLASSES, required=True)
    loans = CountField(required=True)
    outstanding = TakaField(required=True)
    overdue = TakaField(required=True)
    at_risk = TakaField(required=True)
    provision = TakaField(required=True)


class SavingsMonth(Answer):
    """The savings of one kind, product, fund and sex; a fund or sex that was not agreed is empty."""

    kind = CodeField(*SAVINGS_FAMILIES, required=True)
    product_code = text()
    fund = text()
    sex = text()
    accounts = CountField(required=True)
    savers = CountField(required=True)
    opened = CountField(required=True)
    closed = CountField(required=True)
    opening = TakaField(required=True)
    deposited = TakaField(required=True)
    withdrawn = TakaField(required=True)
    interest = TakaField(required=True)
    moved_in = TakaField(required=True)
    moved_out = TakaField(required=True)
    closing = TakaField(required=True)


class MemberMonth(Answer):
    """Members of one sex, each once."""

    sex = text()
    members = CountField(required=True)
    admitted = CountField(required=True)
    borrowers = CountField(required=True)
    savers = CountField(required=True)


class MonthSnapshot(Answer):
    """A month that is told in `branches` of those below an office; it is never restated (rule M2)."""

    office_id = UuidField(required=True)
    office_name_bn = text()
    office_name_en = text()
    month = DateField(required=True)
    until = DateField(required=True)
    branches = CountField(required=True)
    loans = fields.List(fields.Nested(LoanMonth), required=True)
    classes = fields.List(fields.Nested(LoanClassMonth), required=True)
    savings = fields.List(fields.Nested(SavingsMonth), required=True)
    members = fields.List(fields.Nested(MemberMonth), required=True)


READ_MONTH_SNAPSHOT = Method(
    service=SERVICE,
    name="read_month_snapshot",
    command=ReadMonthSnapshot,
    answer=MonthSnapshot,
    permission="book:read",
    timeout=30,
)

METHODS: tuple[Method, ...] = (READ_MONTH_SNAPSHOT,)
