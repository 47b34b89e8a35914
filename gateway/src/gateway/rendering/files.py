"""A report as a file to take along: its pages asked one after the other, written to a file as they come.

The service records that it leaves the system (rule P12) and says how long a report may be for that.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from flask import Response, send_file

from contracts.transactions.reports import READ_REPORT, READ_REPORT_RUN
from contracts.transactions.reports_commands import LARGEST_PAGE
from contracts.transactions.reports_words import ReportFormat
from gateway.asking import ask, parts
from gateway.rendering.csv import write_csv
from gateway.rendering.pdf import write_pdf
from gateway.rendering.table import Table, table_of
from gateway.rendering.xlsx import write_xlsx
from gateway.words import language

Page = Mapping[str, Any]
IN_MEMORY = 1 << 20
"""What is longer lies on the disk until it is sent."""
TYPES = {
    ReportFormat.CSV: "text/csv; charset=utf-8",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFormat.PDF: "application/pdf",
}
TAKEN_AS_LISTS = (ReportFormat.CSV, ReportFormat.XLSX)
"""As what the portal's lists are taken along; on paper they are printed from the screen."""


def file_of_report(question: Mapping[str, Any], wanted: ReportFormat) -> Response:
    """Return a short report as a file.

    Args:
        question: As `READ_REPORT` takes it, with what for and to whom.
        wanted: What kind of file.

    Raises:
        InvalidPayload: it is not said what for, or to whom.
        ReportTooLong: it has more rows than are made while somebody waits.
        ServiceError: as the report itself.
    """
    said = {**question, "limit": LARGEST_PAGE, "export": wanted}
    return _file(lambda after: ask(READ_REPORT, {**said, "after": after}), wanted)


def file_of_run(question: Mapping[str, Any], wanted: ReportFormat) -> Response:
    """Return what was made in the background as a file.

    Args:
        question: As `READ_REPORT_RUN` takes it, with what for and to whom.
        wanted: What kind of file.

    Raises:
        InvalidPayload: it is not said what for, or to whom.
        ReportRunUnfinished, ReportTooLong: it is not whole yet; paper does not bear so much.
        ServiceError: as the run itself.
    """
    said = {**question, "export": wanted}
    return _file(lambda after: ask(READ_REPORT_RUN, {**said, "after": after}), wanted)


def _file(ask_page: Callable[[str | None], Page], wanted: ReportFormat) -> Response:
    first = ask_page(None)
    table = table_of(first, _following(first, ask_page), language())
    return send(table, wanted, name_of(first, wanted))


def send(table: Table, wanted: ReportFormat, name: str) -> Response:
    """Write a table as a file, and return it under a name."""
    out = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - sending closes it
    _write(table, wanted, out)
    out.seek(0)
    return send_file(out, TYPES[wanted], as_attachment=True, download_name=name, etag=False)


def _following(first: Page, ask_page: Callable[[str | None], Page]) -> Iterator[Page]:
    """Yield the pages after the first; one that leads back to itself is the last: no file is endless."""
    after, come_from = first["next"], None
    while after is not None and after != come_from:
        page = ask_page(after)
        yield page
        after, come_from = page["next"], after


def _write(table: Table, wanted: ReportFormat, out: IO[bytes]) -> None:
    if wanted is ReportFormat.CSV:
        write_csv(table, out)
    elif wanted is ReportFormat.XLSX:
        write_xlsx(table, out)
    else:
        write_pdf(table, out, fonts_of(parts().config.frontend))


def fonts_of(frontend: Path) -> Path:
    """Return the folder in which the front end's build lays down the fonts of paper."""
    return frontend / "portal" / "paper"


def name_of(page: Page, wanted: ReportFormat) -> str:
    """Return what the file is called: the report and its days, which sort."""
    asked = page["asked"]
    days = [asked["on"], asked["from_on"], asked["to_on"]]
    return "_".join(chain([str(page["report"])], (day for day in days if day))) + f".{wanted}"
