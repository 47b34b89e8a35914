"""What transactions promises about a sealed day: its totals, and the root that proves them (mechanics D9)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, InstantField, TakaField, UuidField
from contracts.schemas import Answer, Command
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_words import DayState


class SealedDayAsked(Command):
    """Which day of which office."""

    office_id = UuidField(required=True)
    on = DateField(required=True)


class SealOfDay(Answer):
    """One seal; `root`, `previous` and `signature` are hexadecimal, as the register of seals has them."""

    number = CountField(required=True)
    leaves = CountField(required=True)
    root = fields.String(required=True)
    previous = fields.String(required=True)
    signature = fields.String(required=True)
    sealed_at = InstantField(required=True)


class TotalOfDay(Answer):
    """What one ledger moved on the day, and its balance after it on the side where it stands."""

    code = fields.String(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    debit = TakaField(required=True)
    credit = TakaField(required=True)
    balance_debit = TakaField(required=True)
    balance_credit = TakaField(required=True)


class SealedDay(Answer):
    """A day for the printed day book; seals and totals are empty until it is closed."""

    office_id = UuidField(required=True)
    office_code = fields.String(required=True)
    office_name_bn = fields.String(required=True)
    office_name_en = fields.String(required=True)
    on = DateField(required=True)
    status = CodeField(*DayState, required=True)
    closed_by_bn = fields.String(required=True, allow_none=True)
    closed_by_en = fields.String(required=True, allow_none=True)
    closed_at = InstantField(required=True, allow_none=True)
    totals = fields.List(fields.Nested(TotalOfDay), required=True)
    seals = fields.List(fields.Nested(SealOfDay), required=True)


READ_SEALED_DAY = Method(
    service=SERVICE,
    name="read_sealed_day",
    command=SealedDayAsked,
    answer=SealedDay,
    permission="book:read",
)

METHODS: tuple[Method, ...] = (READ_SEALED_DAY,)
