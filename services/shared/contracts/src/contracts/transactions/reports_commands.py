"""What is asked of reports: the commands' schemas."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from contracts.fields import CodeField, CountField, DateField, InstantField, TextField, UuidField
from contracts.schemas import Command
from contracts.transactions.reports_words import (
    OWN_RECIPIENTS,
    TOLD_IN_WORDS,
    ExportPurpose,
    ExportRecipient,
    ListName,
    ReportFormat,
)

SCREEN = 50
LARGEST_PAGE = 500
LONGEST_CURSOR = 600


class ReportQuestion(Command):
    """Which report, of an office and all below it; what the report does not ask for is refused.

    Without a day it is as of the office's newest one; without a period, of that day's month until then.
    `known_at` asks for it as it was at an instant (rule P12).
    """

    report = TextField(40, required=True)
    office_id = UuidField(required=True)
    on = DateField(load_default=None, allow_none=True)
    from_on = DateField(load_default=None, allow_none=True)
    to_on = DateField(load_default=None, allow_none=True)
    product_code = TextField(20, load_default=None, allow_none=True)
    officer_id = UuidField(load_default=None, allow_none=True)
    samity_id = UuidField(load_default=None, allow_none=True)
    member_id = UuidField(load_default=None, allow_none=True)
    known_at = InstantField(load_default=None, allow_none=True)


class Leaving(Command):
    """As what a report leaves the system, for what and to whom: named, and recorded (rules P10, P12).

    `export` is null where it is only read; then nothing else of this is needed.
    """

    export = CodeField(*ReportFormat, load_default=None, allow_none=True)
    purpose = CodeField(*ExportPurpose, load_default=None, allow_none=True)
    purpose_words = TextField(200, load_default=None, allow_none=True)
    recipient = CodeField(*ExportRecipient, load_default=None, allow_none=True)
    recipient_words = TextField(120, load_default=None, allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def for_what_and_to_whom(self, data: dict[str, Any], **_: Any) -> None:
        """No file without both; what a purpose leaves open is told in words, somebody outside is named."""
        if data.get("export") is None:
            return
        needed = [name for name in ("purpose", "recipient") if data.get(name) is None]
        if data.get("purpose") in TOLD_IN_WORDS and not data.get("purpose_words"):
            needed.append("purpose_words")
        if data.get("recipient") not in {None, *OWN_RECIPIENTS} and not data.get("recipient_words"):
            needed.append("recipient_words")
        if needed:
            raise ValidationError({name: ["REQUIRED"] for name in needed})


class RecordListExport(Leaving):
    """A list of the portal is taken along, of so many rows."""

    list = CodeField(*ListName, required=True)
    export = CodeField(ReportFormat.CSV, ReportFormat.XLSX, required=True)
    rows = CountField(required=True)


class ReadReport(ReportQuestion, Leaving):
    """A page of it, for the screen or for a file."""

    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=LONGEST_CURSOR))
    limit = CountField(minimum=1, maximum=LARGEST_PAGE, load_default=SCREEN)


class AskReportRun(ReportQuestion):
    """Make a long report in the background; the client makes the id."""

    id = UuidField(required=True)


class ReportRunOnly(Command):
    """Which run; only who asked for it finds it."""

    id = UuidField(required=True)


class ReadReportRun(Leaving):
    """A piece of what a finished run has made, from the first on, for the screen or for a file."""

    id = UuidField(required=True)
    after = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"[0-9]{1,6}"))


class ListReportRuns(Command):
    """One's own runs that are kept, the newest first."""

    after = UuidField(load_default=None, allow_none=True)
