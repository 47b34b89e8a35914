"""What transactions promises about an excess: whose it is, or income after its days (rule M7)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CountField, DateField, TakaField, UuidField
from contracts.schemas import Answer, Command, page_of
from contracts.transactions.collection_commands import cursor_field, flag_field, reason_field
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import Proposed, text


class ListExcesses(Command):
    """Which excesses: of an office and all below it; those that are settled only where that is asked for."""

    office_id = UuidField(required=True)
    settled = flag_field()
    after = cursor_field()


class ProposeExcessReturn(Command):
    """Whose it is: so much of it becomes money of hers without an account, to be allocated or paid (M5)."""

    id = UuidField(required=True)
    excess_id = UuidField(required=True)
    member_id = UuidField(required=True)
    amount = TakaField(minimum=1, whole=True, required=True)
    reason = reason_field()


class ProposeExcessIncome(Command):
    """Nobody missed it: all that is left of it becomes income."""

    id = UuidField(required=True)
    excess_id = UuidField(required=True)
    reason = reason_field()


class Excess(Answer):
    """What was counted more than the book knew of; `id` is of the entry that booked it, `kind` of its deed.

    `left` is what nobody has been given; `income_on` the first day on which it may become income;
    `passbooks` those that were drawn for it, `passbooks_open` those of them that hold income up; `waits`
    while somebody is to decide about it.
    """

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    office_name_bn = text()
    office_name_en = text()
    on = DateField(required=True)
    kind = text()
    officer_id = UuidField(required=True, allow_none=True)
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    amount = TakaField(required=True)
    left = TakaField(required=True)
    days = CountField(required=True)
    income_on = DateField(required=True)
    may_be_income = fields.Boolean(required=True)
    passbooks = CountField(required=True)
    passbooks_open = CountField(required=True)
    waits = fields.Boolean(required=True)


LIST_EXCESSES = Method(
    service=SERVICE,
    name="list_excesses",
    command=ListExcesses,
    answer=page_of(Excess, "ExcessPage"),
    permission="book:read",
)
PROPOSE_EXCESS_RETURN = Method(
    service=SERVICE,
    name="propose_excess_return",
    command=ProposeExcessReturn,
    answer=Proposed,
    permission="excess:propose",
    changes=True,
)
PROPOSE_EXCESS_INCOME = Method(
    service=SERVICE,
    name="propose_excess_income",
    command=ProposeExcessIncome,
    answer=Proposed,
    permission="excess:propose",
    changes=True,
)

METHODS: tuple[Method, ...] = (LIST_EXCESSES, PROPOSE_EXCESS_RETURN, PROPOSE_EXCESS_INCOME)
