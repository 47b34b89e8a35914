"""What transactions promises about a desk: how far the work of the open days below an office has come."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, TakaField, UuidField
from contracts.schemas import Answer, Command
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import text
from contracts.transactions.ledger_words import DayState


class DeskOf(Command):
    """Whose desk: an office, with all branches below it."""

    office_id = UuidField(required=True)


class Work(Answer):
    """Sheets of the open days, and earlier ones that are not in the book, by whom they wait for.

    Each is counted once: `awaited` (the officer), `claimed` as not held (the manager's word), `submitted`
    (its cash), `handed_over` (the count), `unchecked` (the manager's mark), or `finished`. `late` of them met
    before the open day. `taken` is what officers recorded on them, `booked` what of it is in the book.
    """

    sheets = CountField(required=True)
    awaited = CountField(required=True)
    claimed = CountField(required=True)
    submitted = CountField(required=True)
    handed_over = CountField(required=True)
    unchecked = CountField(required=True)
    finished = CountField(required=True)
    late = CountField(required=True)
    taken = TakaField(required=True)
    booked = TakaField(required=True)


class OfficerAtWork(Work):
    """One officer's; none where a samity has no officer."""

    officer_id = UuidField(required=True, allow_none=True)
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)


class OfficeAtWork(Work):
    """One office's: a branch with its day, or what lies below it together.

    `behind` counts its branches whose open day is over by the calendar (rule M17), `days_behind` the working
    days of the furthest of them.
    """

    office_id = UuidField(required=True)
    office_code = text()
    office_name_bn = text()
    office_name_en = text()
    level = text()
    branches = CountField(required=True)
    on = DateField(required=True, allow_none=True)
    status = CodeField(*DayState, required=True, allow_none=True)
    behind = CountField(required=True)
    days_behind = CountField(required=True)


class Desk(Answer):
    """The offices next below the one that was asked about, or the branch itself with its officers."""

    office_id = UuidField(required=True)
    office_name_bn = text()
    office_name_en = text()
    level = text()
    today = DateField(required=True)
    offices = fields.List(fields.Nested(OfficeAtWork), required=True)
    officers = fields.List(fields.Nested(OfficerAtWork), required=True)


READ_DESK = Method(
    service=SERVICE,
    name="read_desk",
    command=DeskOf,
    answer=Desk,
    permission="day:read",
)

METHODS: tuple[Method, ...] = (READ_DESK,)
