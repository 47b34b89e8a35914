"""What transactions promises about passbook checking: drawn monthly, the paper typed first (rule P5)."""

from marshmallow import fields, validate

from contracts.calls import Method
from contracts.fields import DateField, InstantField, TakaField, UuidField
from contracts.schemas import Answer, Command
from contracts.transactions.complaint_words import ComplaintOutcome
from contracts.transactions.ledger import SERVICE
from contracts.transactions.passbook_check_words import PassbookCheckState
from contracts.transactions.sheet_answers import text, words

MOST_ACCOUNTS = 50
"""How many accounts a passbook can show at most."""


class ListPassbookChecks(Command):
    """Whose checks, and of which month's draw, by any of its days."""

    office_id = UuidField(required=True)
    month = DateField(required=True)


class GetPassbookCheck(Command):
    """Which check."""

    id = UuidField(required=True)


class PaperBalance(Command):
    """What her passbook of paper says of one account: savings that she has, principal that she owes."""

    account_id = UuidField(required=True)
    balance = TakaField(minimum=0, required=True)


class RecordPassbookCheck(Command):
    """The balances of her passbook, of each account that it shows."""

    id = UuidField(required=True)
    papers = fields.List(
        fields.Nested(PaperBalance), required=True, validate=validate.Length(min=1, max=MOST_ACCOUNTS)
    )


class DrawnPassbook(Answer):
    """A member whose passbook was drawn; `overdue` when the day has passed until which it was to be seen.

    `left`: she is no member of this branch any more, and nobody needs to look. `complaint_id` is the case
    that a difference opened in the register of complaints (rule P4), `outcome` what was found about it.
    `excess_id`: she was drawn beside the month's draw, for an excess that was booked (rule M7).
    """

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    month = DateField(required=True)
    member_id = UuidField(required=True)
    member_code = text()
    member_name_bn = text()
    member_name_en = text()
    samity_code = text()
    samity_name_bn = text()
    samity_name_en = text()
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    due_on = DateField(required=True)
    state = words(PassbookCheckState)
    overdue = fields.Boolean(required=True)
    left = fields.Boolean(required=True)
    checked_by_bn = text(optional=True)
    checked_by_en = text(optional=True)
    checked_at = InstantField(required=True, allow_none=True)
    outcome = words(ComplaintOutcome, optional=True)
    complaint_id = UuidField(required=True, allow_none=True)
    excess_id = UuidField(required=True, allow_none=True)


class CheckedAccount(Answer):
    """An account of her passbook; its balances are told only after the paper was typed (rule P5).

    `book` is what the paper should have said then: what is in the book, and her savings on their way too.
    """

    account_id = UuidField(required=True)
    code = text()
    product_name_bn = text()
    product_name_en = text()
    is_loan = fields.Boolean(required=True)
    paper = TakaField(required=True, allow_none=True)
    book = TakaField(required=True, allow_none=True)
    difference = TakaField(required=True, allow_none=True)


class PassbookCheck(DrawnPassbook):
    """A check with the accounts that her passbook shows."""

    accounts = fields.List(fields.Nested(CheckedAccount), required=True)
    settled_by_bn = text(optional=True)
    settled_by_en = text(optional=True)
    settled_at = InstantField(required=True, allow_none=True)
    reason = text(optional=True)


class PassbookCheckList(Answer):
    """All that was drawn for a branch in a month, by samity and member."""

    items = fields.List(fields.Nested(DrawnPassbook), required=True)


LIST_PASSBOOK_CHECKS = Method(
    service=SERVICE,
    name="list_passbook_checks",
    command=ListPassbookChecks,
    answer=PassbookCheckList,
    permission="passbook_check:read",
)
GET_PASSBOOK_CHECK = Method(
    service=SERVICE,
    name="get_passbook_check",
    command=GetPassbookCheck,
    answer=PassbookCheck,
    permission="passbook_check:read",
)
RECORD_PASSBOOK_CHECK = Method(
    service=SERVICE,
    name="record_passbook_check",
    command=RecordPassbookCheck,
    answer=PassbookCheck,
    permission="passbook_check:record",
    changes=True,
)

METHODS: tuple[Method, ...] = (
    LIST_PASSBOOK_CHECKS,
    GET_PASSBOOK_CHECK,
    RECORD_PASSBOOK_CHECK,
)
