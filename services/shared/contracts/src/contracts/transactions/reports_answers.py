"""What reports answer: the answers' schemas."""

from typing import Any

from marshmallow import fields

from contracts.fields import CodeField, CountField, DateField, InstantField, UuidField, WireField, refusal
from contracts.schemas import Answer, page_of
from contracts.transactions.behind import BranchBehind
from contracts.transactions.ledger_answers import text
from contracts.transactions.reports_words import (
    ColumnKind,
    ExportPurpose,
    ExportRecipient,
    ReportFormat,
    ReportParameter,
    ReportRunState,
    ReportSubject,
    RowKind,
)


class CellField(WireField[Any]):
    """A cell: a string, a whole number, or both forms of a name; its column's kind says which."""

    def describe(self) -> dict[str, Any]:
        """Return the wire form's JSON Schema."""
        return {"type": ["string", "integer", "object"]}

    def read(self, value: Any) -> Any:
        """Read it, or refuse it by a code."""
        is_name = isinstance(value, dict) and set(value) == {"bn", "en"}
        if isinstance(value, bool) or not (is_name or isinstance(value, str | int)):
            raise refusal("INVALID")
        return value


class ReportColumn(Answer):
    """A column: its key, by which people's words for it are known, and what it holds."""

    key = text()
    kind = CodeField(*ColumnKind, required=True)


class ReportShape(Answer):
    """What a report is: its columns in their order, what it may be asked for, and of that what it must."""

    report = text()
    subject = CodeField(*ReportSubject, required=True)
    columns = fields.List(fields.Nested(ReportColumn), required=True)
    parameters = fields.List(CodeField(*ReportParameter), required=True)
    required = fields.List(CodeField(*ReportParameter), required=True)


class ReportList(Answer):
    """All reports that the caller may read, by subject."""

    items = fields.List(fields.Nested(ReportShape), required=True)


class ReportAsked(Answer):
    """What a report was asked for, with the names that stand in its head."""

    office_id = UuidField(required=True)
    office_bn = text()
    office_en = text()
    on = DateField(required=True, allow_none=True)
    from_on = DateField(required=True, allow_none=True)
    to_on = DateField(required=True, allow_none=True)
    product_code = text(optional=True)
    officer_id = UuidField(required=True, allow_none=True)
    officer_bn = text(optional=True)
    officer_en = text(optional=True)
    samity_id = UuidField(required=True, allow_none=True)
    samity_bn = text(optional=True)
    samity_en = text(optional=True)
    member_id = UuidField(required=True, allow_none=True)
    member_bn = text(optional=True)
    member_en = text(optional=True)
    known_at = InstantField(load_default=None, allow_none=True)


class ReportLead(Answer):
    """Where a row's figures come from, for a screen to lead on: an entry, a sheet, an office's ledger."""

    entry_id = UuidField(load_default=None, allow_none=True)
    sheet_id = UuidField(load_default=None, allow_none=True)
    office_id = UuidField(load_default=None, allow_none=True)
    ledger = fields.String(load_default=None, allow_none=True)


class ReportRow(Answer):
    """A line: a cell for each column; a total has nothing where a column is not summed, and leads nowhere."""

    kind = CodeField(*RowKind, required=True)
    cells = fields.List(CellField(allow_none=True), required=True)
    lead = fields.Nested(ReportLead, load_default=None, allow_none=True)


class ReportExport(Answer):
    """What the register of exports says of the file that is made of these pages; it stands on the file.

    `left_out` rows are about members who have not agreed to this, and no duty asks for them (rule P10).
    """

    number = CountField(required=True)
    as_what = CodeField(*ReportFormat, required=True)
    purpose = CodeField(*ExportPurpose, required=True)
    purpose_words = text(optional=True)
    recipient = CodeField(*ExportRecipient, required=True)
    recipient_words = text(optional=True)
    left_out = CountField(required=True)
    exported_by_bn = text(optional=True)
    exported_by_en = text(optional=True)
    exported_at = InstantField(required=True)


class ReportPage(Answer):
    """A page of a report; `rows_in_all` is known on the first. The total of all ends the last page.

    `leaving` is there on the first page of a file (rule P12).

    Who made it stands on every paper of it (rule P12): who asks, or who asked for the run. So do the branches
    that are behind the calendar (rule M17), of which the first page names some and counts all.
    """

    report = text()
    subject = CodeField(*ReportSubject, required=True)
    columns = fields.List(fields.Nested(ReportColumn), required=True)
    asked = fields.Nested(ReportAsked, required=True)
    made_by_bn = text(optional=True)
    made_by_en = text(optional=True)
    made_at = InstantField(required=True)
    behind = fields.List(fields.Nested(BranchBehind), load_default=list)
    behind_in_all = CountField(load_default=0)
    leaving = fields.Nested(ReportExport, required=True, allow_none=True)
    rows_in_all = CountField(required=True, allow_none=True)
    rows = fields.List(fields.Nested(ReportRow), required=True)
    next = fields.String(required=True, allow_none=True)


class ReportRun(Answer):
    """A report made in the background: `progress` in percent, `rows` made; it is kept until `kept_until`."""

    id = UuidField(required=True)
    report = text()
    subject = CodeField(*ReportSubject, required=True)
    asked = fields.Nested(ReportAsked, required=True)
    state = CodeField(*ReportRunState, required=True)
    progress = CountField(maximum=100, required=True)
    rows = CountField(required=True)
    asked_by_bn = text(optional=True)
    asked_by_en = text(optional=True)
    asked_at = InstantField(required=True)
    finished_at = InstantField(required=True, allow_none=True)
    kept_until = InstantField(required=True)


ReportRunPage = page_of(ReportRun, "ReportRunPage")
