"""What the collection is asked: the commands' schemas and what makes one unreadable."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from contracts.fields import DateField, InstantField, TakaField, UuidField
from contracts.money import PAISA_PER_TAKA, Paisa
from contracts.schemas import Command
from contracts.transactions.collection_words import (
    DENOMINATIONS,
    Attendance,
    NothingReceived,
    PaidBy,
    SheetStatus,
    Verdict,
)

ROWS_MAX = 400
VERSION_MAX = 10_000
NOTES_MAX = 100_000
REASON = validate.Length(min=3, max=300, error="LENGTH")
RECEIPT = validate.Regexp(r"\A[A-Z][A-Z0-9]{0,7}-[0-9]{6,9}\Z", error="RECEIPT_NUMBER")


def whole_taka_only(amount: Paisa) -> None:
    """Refuse cash with paisa (rule M11).

    Raises:
        ValidationError: the amount has paisa.
    """
    if amount % PAISA_PER_TAKA:
        raise ValidationError("WHOLE_TAKA")


def reason_field(*, required: bool = True) -> fields.String:
    """Return the field of a reason that a person wrote."""
    if required:
        return fields.String(required=True, validate=REASON)
    return fields.String(load_default=None, allow_none=True, validate=REASON)


class ListSheets(Command):
    """Which sheets: by meeting day, officer, office and status; all filters are optional."""

    on = DateField(load_default=None, allow_none=True)
    officer_id = UuidField(load_default=None, allow_none=True)
    office_id = UuidField(load_default=None, allow_none=True)
    status = fields.Enum(SheetStatus, by_value=True, load_default=None, allow_none=True)
    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=100))


class GetSheet(Command):
    """Which sheet."""

    id = UuidField(required=True)


class HoldSheet(Command):
    """Take the sheet onto this device; from another device only with `take_over` and a reason (rule M4)."""

    id = UuidField(required=True)
    take_over = fields.Boolean(load_default=False)
    reason = reason_field(required=False)


class AssignSheet(Command):
    """Give today's sheet to a substitute (rule P8)."""

    sheet_id = UuidField(required=True)
    officer_id = UuidField(required=True)
    reason = reason_field()


class SubmittedRow(Command):
    """One row: money for one account, or the reason why there was none (rules M6, M10, M11)."""

    row_id = UuidField(required=True)
    version = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=1, max=VERSION_MAX, error="RANGE")
    )
    member_id = UuidField(required=True)
    account_id = UuidField(required=True)
    attendance = fields.Enum(Attendance, by_value=True, required=True)
    amount = TakaField(minimum=Paisa(1), load_default=None, allow_none=True, validate=whole_taka_only)
    nothing_received = fields.Enum(NothingReceived, by_value=True, load_default=None, allow_none=True)
    note = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=300, error="LENGTH")
    )
    paid_by = fields.Enum(PaidBy, by_value=True, load_default=PaidBy.SELF)
    second_payment = fields.Boolean(load_default=False)
    receipt_number = fields.String(load_default=None, allow_none=True, validate=RECEIPT)
    recorded_at = InstantField(required=True)
    change_reason = reason_field(required=False)

    @validates_schema(skip_on_field_errors=True)
    def either_money_or_reason(self, data: dict[str, Any], **_: Any) -> None:
        """Untouched is never zero, and money has a receipt (rules M10, P3)."""
        if (data["amount"] is None) == (data["nothing_received"] is None):
            raise ValidationError("AMOUNT_OR_REASON", "amount")
        if data["amount"] is not None and data["receipt_number"] is None:
            raise ValidationError("RECEIPT_NUMBER", "receipt_number")


class SubmitSheet(Command):
    """Rows of one sheet; `total` is the sum of this submission's amounts (mechanics B6)."""

    sheet_id = UuidField(required=True)
    submission_id = UuidField(required=True)
    epoch = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=0, max=VERSION_MAX, error="RANGE")
    )
    total = TakaField(minimum=Paisa(0), required=True)
    rows = fields.List(
        fields.Nested(SubmittedRow),
        required=True,
        validate=validate.Length(min=1, max=ROWS_MAX, error="LENGTH"),
    )

    @validates_schema(skip_on_field_errors=True)
    def each_row_once(self, data: dict[str, Any], **_: Any) -> None:
        """One submission says one thing about a row."""
        if len({row["row_id"] for row in data["rows"]}) != len(data["rows"]):
            raise ValidationError("ROW_TWICE", "rows")


class ClaimNotHeld(Command):
    """The samity did not meet (rule M10)."""

    sheet_id = UuidField(required=True)
    reason = reason_field()


class ReturnedRow(Command):
    """One row to be looked at again."""

    row_id = UuidField(required=True)
    reason = reason_field()


class ReturnRows(Command):
    """Give rows back to the officer, each with its reason (rule M5: return is per row)."""

    sheet_id = UuidField(required=True)
    rows = fields.List(
        fields.Nested(ReturnedRow),
        required=True,
        validate=validate.Length(min=1, max=ROWS_MAX, error="LENGTH"),
    )


class SheetOnly(Command):
    """Which sheet."""

    sheet_id = UuidField(required=True)


class IssueSpecialSheet(Command):
    """A sheet for money brought on another day (rule M4); the id is the client's."""

    id = UuidField(required=True)
    samity_id = UuidField(required=True)
    on = DateField(required=True)


class SettleComparison(Command):
    """What a row on the compare list turned out to be (rule M4)."""

    id = UuidField(required=True)
    verdict = fields.Enum(Verdict, by_value=True, required=True)
    reason = reason_field()


class DeclareHandover(Command):
    """The officer puts the cash of some sheets on the table (rule M7); the id is the client's."""

    id = UuidField(required=True)
    sheet_ids = fields.List(
        UuidField(), required=True, validate=validate.Length(min=1, max=50, error="LENGTH")
    )
    declared_total = TakaField(minimum=Paisa(0), required=True, validate=whole_taka_only)

    @validates_schema(skip_on_field_errors=True)
    def each_sheet_once(self, data: dict[str, Any], **_: Any) -> None:
        """A sheet is handed over once."""
        if len(set(data["sheet_ids"])) != len(data["sheet_ids"]):
            raise ValidationError("SHEET_TWICE", "sheet_ids")


class ListHandovers(Command):
    """Which hand-overs; all filters are optional."""

    office_id = UuidField(load_default=None, allow_none=True)
    on = DateField(load_default=None, allow_none=True)
    status = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(["declared", "counted", "authorised"], error="CHOICE"),
    )
    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=100))


class GetHandover(Command):
    """Which hand-over."""

    id = UuidField(required=True)


def denominations_field() -> fields.Dict:
    """Return the field of a denomination slip: how many notes of each face in taka (rule M7)."""
    return fields.Dict(
        keys=fields.String(validate=validate.OneOf([str(face) for face in DENOMINATIONS], error="CHOICE")),
        values=fields.Integer(strict=True, validate=validate.Range(min=0, max=NOTES_MAX, error="RANGE")),
        required=True,
    )


class CountHandover(Command):
    """What was counted by denomination; a saved count stays (rule M7)."""

    handover_id = UuidField(required=True)
    count_id = UuidField(required=True)
    denominations = denominations_field()


class AuthoriseHandover(Command):
    """Post the hand-over by this count (rules M1, M7)."""

    handover_id = UuidField(required=True)
    count_id = UuidField(required=True)


class ListUnallocated(Command):
    """Which unallocated receipts; without `settled` only those that still wait."""

    office_id = UuidField(load_default=None, allow_none=True)
    settled = fields.Boolean(load_default=False)
    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=100))


class ResolveUnallocated(Command):
    """Put the money on an account of hers, or pay it back from the vault (rule M5)."""

    id = UuidField(required=True)
    to_account_id = UuidField(load_default=None, allow_none=True)
    refund = fields.Boolean(load_default=False)
    reason = reason_field()

    @validates_schema(skip_on_field_errors=True)
    def one_way(self, data: dict[str, Any], **_: Any) -> None:
        """Either to an account or back to her."""
        if (data["to_account_id"] is None) is not data["refund"]:
            raise ValidationError("ACCOUNT_OR_REFUND", "to_account_id")


class ListRowChanges(Command):
    """Lowered, removed and moved rows of an office between two meeting days, both included (rule M6)."""

    office_id = UuidField(required=True)
    from_on = DateField(required=True, data_key="from")
    to_on = DateField(required=True, data_key="to")
    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=100))

    @validates_schema(skip_on_field_errors=True)
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        """The first day is not after the last."""
        if data["from_on"] > data["to_on"]:
            raise ValidationError("DATES_ORDER", "to")
