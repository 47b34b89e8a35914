"""What is asked of reports: the commands' schemas."""

from marshmallow import fields, validate

from contracts.fields import CodeField, CountField, DateField, TextField, UuidField
from contracts.schemas import Command
from contracts.transactions.reports_words import ReportFormat

SCREEN = 50
LARGEST_PAGE = 500
LONGEST_CURSOR = 600


class ReportQuestion(Command):
    """Which report, of an office and all below it; what the report does not ask for is refused.

    Without a day it is as of the office's newest one; without a period, of that day's month until then.
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


class ReadReport(ReportQuestion):
    """A page of it; `export` says that it leaves the system as a file, which is recorded (rule P12)."""

    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=LONGEST_CURSOR))
    limit = CountField(minimum=1, maximum=LARGEST_PAGE, load_default=SCREEN)
    export = CodeField(*ReportFormat, load_default=None, allow_none=True)


class AskReportRun(ReportQuestion):
    """Make a long report in the background; the client makes the id."""

    id = UuidField(required=True)


class ReportRunOnly(Command):
    """Which run; only who asked for it finds it."""

    id = UuidField(required=True)


class ReadReportRun(Command):
    """A piece of what a finished run has made, from the first on; `export` as in `ReadReport`."""

    id = UuidField(required=True)
    after = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"[0-9]{1,6}"))
    export = CodeField(*ReportFormat, load_default=None, allow_none=True)


class ListReportRuns(Command):
    """One's own runs that are kept, the newest first."""

    after = UuidField(load_default=None, allow_none=True)
