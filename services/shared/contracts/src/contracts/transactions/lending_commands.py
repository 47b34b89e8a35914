"""What accounts asks of the ledger about loans: the commands' schemas (mechanics B1, B4, D5)."""

from marshmallow import fields, validate

from contracts.fields import CodeField, CountField, DateField, NameField, TakaField, TextField, UuidField
from contracts.money import PAISA_PER_TAKA
from contracts.schemas import Command
from contracts.transactions.collection_words import PaidBy
from contracts.transactions.lending_words import LoansShown, PayoutHow, ScheduleReason, Split, SurplusTo
from contracts.transactions.savings_words import Mark

ROWS_MAX = 600
LOANS_MAX = 200


class LoanSnapshot(Command):
    """What money rules and reports need of a loan's agreement: a versioned snapshot (mechanics B1).

    `prepayable_instalments` is how many instalments she may pay ahead at the counter; more is a settlement.
    None is no limit. `cycle` counts her loans.
    """

    version = CountField(minimum=1, required=True)
    product_code = fields.String(required=True, validate=validate.Length(1, 20))
    product_version = CountField(minimum=1, required=True)
    product_name_bn = NameField(required=True)
    product_name_en = NameField(required=True)
    category = fields.String(required=True, validate=validate.Length(1, 40))
    fund = fields.String(required=True, validate=validate.Length(1, 40))
    sex = fields.String(required=True, validate=validate.Length(1, 10))
    cycle = CountField(minimum=1, required=True)
    split = CodeField(*Split, required=True)
    surplus_to = CodeField(*SurplusTo, load_default=SurplusTo.SAVINGS)
    prepayable_instalments = CountField(load_default=None, allow_none=True)
    allows_rebate = fields.Boolean(load_default=True, truthy={True}, falsy={False})


class ScheduledRow(Command):
    """One instalment: what it alone asks for."""

    due_on = DateField(required=True)
    principal = TakaField(minimum=0, required=True)
    service_charge = TakaField(minimum=0, required=True)


def rows_field() -> fields.List[ScheduledRow]:
    """Return the field of a whole schedule, the earliest row first."""
    return fields.List(fields.Nested(ScheduledRow), required=True, validate=validate.Length(1, ROWS_MAX))


class PayoutMark(Command):
    """How the payout is proved (rule L4): her mark, and a witness other than who pays and who approved.

    `photo` names a document; `account_last4` is of her own verified account, for bank and mobile money.
    """

    mark = CodeField(*Mark, required=True)
    witness_id = UuidField(required=True)
    photo = TextField(80, load_default=None, allow_none=True)
    account_last4 = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"[0-9]{4}"))


class PayOutLoan(Command):
    """Open a loan in the book and pay it out, on exactly this business day (mechanics B4).

    The id is the loan's in accounts too, and becomes the payout's entry. Nothing is kept from the principal.
    """

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    office_id = UuidField(required=True)
    code = fields.String(required=True, validate=validate.Length(1, 40))
    on = DateField(required=True)
    principal = TakaField(minimum=PAISA_PER_TAKA, whole=True, required=True)
    how = CodeField(*PayoutHow, required=True)
    evidence = fields.Nested(PayoutMark, required=True)
    approved_by = UuidField(required=True)
    terms = fields.Nested(LoanSnapshot, required=True)
    rows = rows_field()


class ReplaceSchedule(Command):
    """Put another version of a loan's schedule in force; asked again, it is the same version.

    `begins_on` is when its first period begins. Principal and charge add up to the same as before, because no
    charge is added (rule L1). `keeps_class` lets a rescheduled loan keep its class until `good_instalments`.
    """

    loan_id = UuidField(required=True)
    version = CountField(minimum=2, required=True)
    reason = CodeField(*ScheduleReason, required=True)
    begins_on = DateField(required=True)
    rows = rows_field()
    good_instalments = CountField(load_default=0)


class PostRepayment(Command):
    """Money that somebody brings to the counter for a loan; the id of its entry is the client's.

    `value_on` is the provider's date of mobile money; cash is valued on its day (rules M2, M14).
    """

    entry_id = UuidField(required=True)
    loan_id = UuidField(required=True)
    amount = TakaField(minimum=PAISA_PER_TAKA, whole=True, required=True)
    paid_by = CodeField(*PaidBy, load_default=PaidBy.SELF)
    note = TextField(200, load_default=None, allow_none=True)
    value_on = DateField(load_default=None, allow_none=True)


class ReadLoan(Command):
    """A loan at the end of a day, by the value dates of its payments; without one, of the business day."""

    loan_id = UuidField(required=True)
    on = DateField(load_default=None, allow_none=True)


class ListLoans(Command):
    """The loans of a member, or the running ones of an office; `overdue` leaves out who owes nothing."""

    member_id = UuidField(load_default=None, allow_none=True)
    office_id = UuidField(load_default=None, allow_none=True)
    which = CodeField(*LoansShown, load_default=LoansShown.RUNNING)
    after = UuidField(load_default=None, allow_none=True)


class LoansAsked(Command):
    """How some loans stand; an id that is no loan is left out of the answer."""

    loan_ids = fields.List(UuidField(), required=True, validate=validate.Length(1, LOANS_MAX))
