"""What transactions promises about the beginning of a book and the end of its years (rules P13, M15)."""

from marshmallow import fields, validate

from contracts.calls import Method
from contracts.fields import DateField, NameField, TakaField, TextField, UuidField
from contracts.schemas import Answer, Command, page_of
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import Proposed, text
from contracts.transactions.manual_commands import VoucherLine

OPENING_LINES_MOST = 200


class ProposeOpening(Command):
    """What an office owns and owes before its first day; what does not balance is in suspense (P13)."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    on = DateField(required=True)
    lines = fields.List(
        fields.Nested(VoucherLine),
        required=True,
        validate=validate.Length(1, OPENING_LINES_MOST, error="LENGTH:1:200"),
    )
    reference = TextField(200, required=True)


def year_field() -> fields.String:
    """Return the field of a fiscal year, `2025-26`: from 1 July to 30 June."""
    return fields.String(
        required=True, validate=validate.Regexp(r"\A20[0-9]{2}-[0-9]{2}\Z", error="NOT_A_YEAR")
    )


class ProposeYearClosing(Command):
    """Bring income and expense of a fiscal year to the fund, by one entry (rule M15).

    With `below`, of the office and every one below it that is ready: each by an entry of its own, one after
    the other, once another person agrees. Asked for again, it closes those that have become ready since.
    """

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    year = year_field()
    below = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class YearOfOffice(Command):
    """Which year of which office."""

    office_id = UuidField(required=True)
    year = year_field()


class ListYearClosings(Command):
    """Who has closed a year, and who has not, of an office and all below it, by place."""

    office_id = UuidField(required=True)
    year = year_field()
    after = UuidField(load_default=None, allow_none=True)


class ClosedLedger(Answer):
    """What a ledger of income or expense had come to, on the side on which it grows."""

    ledger = text()
    name_bn = NameField(required=True)
    name_en = NameField(required=True)
    amount = TakaField(required=True)


class YearClosing(Answer):
    """What a year earned and spent, valued until 30 June, as it was brought to the fund."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    year = text()
    value_on = DateField(required=True)
    business_on = DateField(required=True)
    surplus = TakaField(required=True)
    ledgers = fields.List(fields.Nested(ClosedLedger), required=True)
    maker_id = UuidField(required=True)
    checker_id = UuidField(required=True)


class YearStanding(Answer):
    """An office with its closing of a year; both are null where it is not closed."""

    office_id = UuidField(required=True)
    name_bn = NameField(required=True)
    name_en = NameField(required=True)
    business_on = DateField(required=True, allow_none=True)
    surplus = TakaField(required=True, allow_none=True)


YearStandingPage = page_of(YearStanding, "YearStandingPage")

PROPOSE_OPENING = Method(
    service=SERVICE,
    name="propose_opening",
    command=ProposeOpening,
    answer=Proposed,
    permission="opening:propose",
    changes=True,
)
PROPOSE_YEAR_CLOSING = Method(
    service=SERVICE,
    name="propose_year_closing",
    command=ProposeYearClosing,
    answer=Proposed,
    permission="year:propose",
    changes=True,
)
GET_YEAR_CLOSING = Method(
    service=SERVICE,
    name="get_year_closing",
    command=YearOfOffice,
    answer=YearClosing,
    permission="book:read",
)
LIST_YEAR_CLOSINGS = Method(
    service=SERVICE,
    name="list_year_closings",
    command=ListYearClosings,
    answer=YearStandingPage,
    permission="book:read",
)

METHODS: tuple[Method, ...] = (
    PROPOSE_OPENING,
    PROPOSE_YEAR_CLOSING,
    GET_YEAR_CLOSING,
    LIST_YEAR_CLOSINGS,
)
