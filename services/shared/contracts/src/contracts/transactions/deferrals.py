"""What transactions promises about sheets that come late: a day closes past one only by deferring it (M3)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CountField, DateField, InstantField, TakaField, UuidField
from contracts.schemas import Answer, Command, page_of
from contracts.transactions.collection_commands import cursor_field, flag_field, reason_field
from contracts.transactions.collection_words import SheetStatus
from contracts.transactions.ledger import SERVICE
from contracts.transactions.sheet_answers import text, words


class DeferSheet(Command):
    """Let the open day close without this sheet; the cash of it that stays with its officer overnight."""

    id = UuidField(required=True)
    sheet_id = UuidField(required=True)
    reason = reason_field()
    cash_overnight = TakaField(minimum=0, whole=True, required=True)


class ListDeferrals(Command):
    """Which deferrals: below an office; those that are settled only where that is asked for."""

    office_id = UuidField(load_default=None, allow_none=True)
    settled = flag_field()
    after = cursor_field()


class Deferral(Answer):
    """A day that was closed past a sheet; `settled` once the sheet is in the book.

    `number` counts the days for which it was deferred; `pending` is what stood on the sheet then.
    """

    id = UuidField(required=True)
    sheet_id = UuidField(required=True)
    sheet_status = words(SheetStatus)
    samity_code = text()
    samity_name_bn = text()
    samity_name_en = text()
    office_id = UuidField(required=True)
    meeting_on = DateField(required=True)
    on = DateField(required=True)
    number = CountField(required=True)
    reason = text()
    officer_id = UuidField(required=True)
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    cash_overnight = TakaField(required=True)
    pending = TakaField(required=True)
    deferred_by = UuidField(required=True)
    deferred_at = InstantField(required=True)
    settled = fields.Boolean(required=True)


DEFER_SHEET = Method(
    service=SERVICE,
    name="defer_sheet",
    command=DeferSheet,
    answer=Deferral,
    permission="sheet:defer",
    changes=True,
)
LIST_DEFERRALS = Method(
    service=SERVICE,
    name="list_deferrals",
    command=ListDeferrals,
    answer=page_of(Deferral, "DeferralPage"),
    permission="sheet:read",
)

METHODS: tuple[Method, ...] = (DEFER_SHEET, LIST_DEFERRALS)
