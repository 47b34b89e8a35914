"""What transactions promises about the end of a month: one order, one deed for a branch or more (M15)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, InstantField, TakaField, UuidField
from contracts.schemas import Answer, Command, page_of
from contracts.transactions.collection_commands import cursor_field, reason_field
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import MissingItem, Proposed, text
from contracts.transactions.month_words import MonthStage, MonthState


class OfficeMonth(Command):
    """An office and a month, by any of its days."""

    office_id = UuidField(required=True)
    month = DateField(required=True)


class ListMonthEnds(OfficeMonth):
    """The branches of an office and their month."""

    after = cursor_field()


class ProposeMonthSignature(OfficeMonth):
    """Ask the area to sign for late sheets and money without an account, so that the month can close."""

    id = UuidField(required=True)
    reason = reason_field()


class MonthsClosing(Answer):
    """The month's end was taken on for every branch of the office that worked; the batch process does it."""

    office_id = UuidField(required=True)
    month = DateField(required=True)
    branches = CountField(required=True)
    running = CountField(required=True)
    closed = CountField(required=True)


class MonthItem(Answer):
    """One branch's month: `done` of `stages`."""

    office_id = UuidField(required=True)
    office_code = text()
    office_name_bn = text()
    office_name_en = text()
    month = DateField(required=True)
    state = CodeField(*MonthState, required=True)
    stage = CodeField(*MonthStage, required=True, allow_none=True)
    done = CountField(required=True)
    stages = CountField(required=True)
    asked_at = InstantField(required=True, allow_none=True)
    closed_at = InstantField(required=True, allow_none=True)
    in_transit = TakaField(required=True)


class MonthEnd(MonthItem):
    """One branch's month and what is missing; `looked_at` of `total` are accounts or loans of its stage."""

    checklist = fields.List(fields.Nested(MissingItem), required=True)
    looked_at = CountField(required=True, allow_none=True)
    total = CountField(required=True, allow_none=True)


CLOSE_MONTH = Method(
    service=SERVICE,
    name="close_month",
    command=OfficeMonth,
    answer=MonthsClosing,
    permission="month:close",
    changes=True,
)
GET_MONTH_END = Method(
    service=SERVICE,
    name="get_month_end",
    command=OfficeMonth,
    answer=MonthEnd,
    permission="month:read",
)
LIST_MONTH_ENDS = Method(
    service=SERVICE,
    name="list_month_ends",
    command=ListMonthEnds,
    answer=page_of(MonthItem, "MonthEndPage"),
    permission="month:read",
)
PROPOSE_MONTH_SIGNATURE = Method(
    service=SERVICE,
    name="propose_month_signature",
    command=ProposeMonthSignature,
    answer=Proposed,
    permission="month:propose",
    changes=True,
)

METHODS: tuple[Method, ...] = (CLOSE_MONTH, GET_MONTH_END, LIST_MONTH_ENDS, PROPOSE_MONTH_SIGNATURE)
