"""What the collection is asked: the commands' schemas and what makes one unreadable."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from contracts.fields import CodeField, CountField, DateField, InstantField, TakaField, TextField, UuidField
from contracts.money import PAISA_PER_TAKA
from contracts.schemas import Command
from contracts.transactions.collection_words import (
    DENOMINATIONS,
    Attendance,
    HandoverStatus,
    NothingReceived,
    PaidBy,
    RowKind,
    SheetStatus,
    Verdict,
)
from contracts.transactions.savings_words import Mark

ROWS_MAX = 400
VERSION_MAX = 10_000
NOTES_MAX = 100_000
RECEIPT = validate.Regexp(r"\A[A-Z][A-Z0-9]{0,7}-[0-9]{6,9}\Z", error="RECEIPT_NUMBER")


def reason_field() -> TextField:
    """Return the field of a reason that a person wrote."""
    return TextField(300, shortest=3, required=True)


def optional_reason_field() -> TextField:
    """Return the field of a reason that only some cases need."""
    return TextField(300, shortest=3, load_default=None, allow_none=True)


def flag_field() -> fields.Boolean:
    """Return the field of a yes that is no unless said; only JSON's own booleans are taken."""
    return fields.Boolean(load_default=False, truthy={True}, falsy={False})


def cursor_field() -> TextField:
    """Return the field that continues a list where the last page ended."""
    return TextField(100, load_default=None, allow_none=True)


class ListSheets(Command):
    """Which sheets: by meeting day, officer, office and status; all filters are optional."""

    on = DateField(load_default=None, allow_none=True)
    officer_id = UuidField(load_default=None, allow_none=True)
    office_id = UuidField(load_default=None, allow_none=True)
    status = CodeField(*SheetStatus, load_default=None, allow_none=True)
    after = cursor_field()


class GetSheet(Command):
    """Which sheet."""

    id = UuidField(required=True)


class HoldSheet(Command):
    """Take the sheet onto this device; from another device only with `take_over` and a reason (rule M4)."""

    id = UuidField(required=True)
    take_over = flag_field()
    reason = optional_reason_field()


class AssignSheet(Command):
    """Give today's sheet to a substitute (rule P8)."""

    sheet_id = UuidField(required=True)
    officer_id = UuidField(required=True)
    reason = reason_field()


class SubmittedRow(Command):
    """One row: money for one account, or the reason why there was none (rules M6, M10, M11).

    A fee names the account that the sheet gives for it. A withdrawal names the one that was agreed to, and is
    paid to herself against her mark on a numbered slip; without money it was not paid (rule M9).
    """

    row_id = UuidField(required=True)
    version = CountField(minimum=1, maximum=VERSION_MAX, required=True)
    member_id = UuidField(required=True)
    account_id = UuidField(required=True)
    kind = CodeField(*RowKind, load_default=RowKind.COLLECTED.value)
    attendance = CodeField(*Attendance, required=True)
    amount = TakaField(minimum=PAISA_PER_TAKA, whole=True, load_default=None, allow_none=True)
    nothing_received = CodeField(*NothingReceived, load_default=None, allow_none=True)
    note = TextField(300, load_default=None, allow_none=True)
    paid_by = CodeField(*PaidBy, load_default=PaidBy.SELF.value)
    second_payment = flag_field()
    receipt_number = fields.String(load_default=None, allow_none=True, validate=RECEIPT)
    recorded_at = InstantField(required=True)
    change_reason = optional_reason_field()
    withdrawal_id = UuidField(load_default=None, allow_none=True)
    mark = CodeField(*Mark, load_default=None, allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def either_money_or_reason(self, data: dict[str, Any], **_: Any) -> None:
        """Untouched is never zero, and money has a receipt (rules M10, P3)."""
        if (data["amount"] is None) == (data["nothing_received"] is None):
            raise ValidationError("AMOUNT_OR_REASON", "amount")
        if data["amount"] is not None and data["receipt_number"] is None:
            raise ValidationError("RECEIPT_NUMBER", "receipt_number")

    @validates_schema(skip_on_field_errors=True)
    def paid_to_herself(self, data: dict[str, Any], **_: Any) -> None:
        """A withdrawal says which, and is paid to nobody else (rules M9, L4)."""
        pays = data["kind"] == RowKind.WITHDRAWAL
        if pays is not (data["withdrawal_id"] is not None):
            raise ValidationError("REQUIRED" if pays else "NOT_EXPECTED", "withdrawal_id")
        if (pays and data["amount"] is not None) is not (data["mark"] is not None):
            raise ValidationError("NOT_EXPECTED" if data["mark"] else "REQUIRED", "mark")
        present = (data["paid_by"], data["attendance"]) == (PaidBy.SELF, Attendance.PRESENT)
        if data["mark"] is not None and not present:
            raise ValidationError("PAID_TO_HERSELF", "paid_by")


class SubmitSheet(Command):
    """Rows of one sheet; `total` is the sum of its amounts, received and paid (mechanics B6)."""

    sheet_id = UuidField(required=True)
    submission_id = UuidField(required=True)
    epoch = CountField(maximum=VERSION_MAX, required=True)
    total = TakaField(minimum=0, required=True)
    rows = fields.List(
        fields.Nested(SubmittedRow),
        required=True,
        validate=validate.Length(min=1, max=ROWS_MAX),
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
        validate=validate.Length(min=1, max=ROWS_MAX),
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
    verdict = CodeField(*Verdict, required=True)
    reason = reason_field()


class DeclareHandover(Command):
    """The officer puts the cash of some sheets on the table (rule M7); the id is the client's."""

    id = UuidField(required=True)
    sheet_ids = fields.List(UuidField(), required=True, validate=validate.Length(min=1, max=50))
    declared_total = TakaField(minimum=0, whole=True, required=True)

    @validates_schema(skip_on_field_errors=True)
    def each_sheet_once(self, data: dict[str, Any], **_: Any) -> None:
        """A sheet is handed over once."""
        if len(set(data["sheet_ids"])) != len(data["sheet_ids"]):
            raise ValidationError("SHEET_TWICE", "sheet_ids")


class ListHandovers(Command):
    """Which hand-overs; all filters are optional."""

    office_id = UuidField(load_default=None, allow_none=True)
    on = DateField(load_default=None, allow_none=True)
    status = CodeField(*HandoverStatus, load_default=None, allow_none=True)
    after = cursor_field()


class GetHandover(Command):
    """Which hand-over."""

    id = UuidField(required=True)


def denominations_field() -> fields.Dict:
    """Return the field of a denomination slip: how many notes of each face in taka (rule M7)."""
    return fields.Dict(
        keys=CodeField(*(str(face) for face in DENOMINATIONS)),
        values=CountField(maximum=NOTES_MAX),
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
    settled = flag_field()
    after = cursor_field()


class ResolveUnallocated(Command):
    """Put the money on an account of hers, or pay it back from the vault (rule M5)."""

    id = UuidField(required=True)
    to_account_id = UuidField(load_default=None, allow_none=True)
    refund = flag_field()
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
    after = cursor_field()

    @validates_schema(skip_on_field_errors=True)
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        """The first day is not after the last."""
        if data["from_on"] > data["to_on"]:
            raise ValidationError("DATES_ORDER", "to")
