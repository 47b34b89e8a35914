"""Reports: which there are, pages of them, files to take along, and long ones made in the background."""

from http import HTTPStatus
from typing import Any

from contracts.fields import CodeField
from contracts.transactions.reports import (
    ASK_REPORT_RUN,
    CANCEL_REPORT_RUN,
    GET_REPORT_RUN,
    LIST_REPORT_RUNS,
    LIST_REPORTS,
    READ_REPORT,
    READ_REPORT_RUN,
)
from contracts.transactions.reports_commands import Leaving, ReportQuestion, ReportRunOnly
from contracts.transactions.reports_words import ExportPurpose, ExportRecipient, ReportFormat
from gateway.api.resource import Resource, Route
from gateway.asking import ask
from gateway.rendering.files import TYPES, file_of_report, file_of_run

reports = Resource(
    "reports",
    "Reports: which there are, pages of them, files to take along, and long ones in the background.",
)
MEDIA = tuple(kind.partition(";")[0] for kind in TYPES.values())


class FileWanted(Leaving):
    """As what a report leaves the system, for what and to whom (rules P10, P12)."""

    export = CodeField(*ReportFormat, required=True)
    purpose = CodeField(*ExportPurpose, required=True)
    recipient = CodeField(*ExportRecipient, required=True)


class ReportFile(ReportQuestion, FileWanted):
    """A report as a file."""


class ReportRunFile(ReportRunOnly, FileWanted):
    """What was made in the background as a file."""


@reports.get("/reports", LIST_REPORTS)
def list_reports(command: dict[str, Any]) -> dict[str, Any]:
    """List the reports that the caller may read, with their columns and what they may be asked for."""
    return ask(LIST_REPORTS, command)


@reports.get("/reports/<report>", READ_REPORT)
def read_report(command: dict[str, Any]) -> dict[str, Any]:
    """Read a page of a report of an office and all below it."""
    return ask(READ_REPORT, command)


def read_report_file(command: dict[str, Any]) -> Any:
    """Take a short report along as CSV, XLSX or PDF, for what and to whom; it is recorded (P12)."""
    wanted = ReportFormat(command.pop("export"))
    return file_of_report(command, wanted)


def read_report_run_file(command: dict[str, Any]) -> Any:
    """Take along what was made in the background; that is recorded (P12)."""
    wanted = ReportFormat(command.pop("export"))
    return file_of_run(command, wanted)


@reports.get("/report-runs", LIST_REPORT_RUNS)
def list_report_runs(command: dict[str, Any]) -> dict[str, Any]:
    """List one's own reports that are made in the background, the newest first."""
    return ask(LIST_REPORT_RUNS, command)


@reports.put("/report-runs/<uuid:id>", ASK_REPORT_RUN, status=HTTPStatus.ACCEPTED)
def ask_report_run(command: dict[str, Any]) -> dict[str, Any]:
    """Let a long report be made in the background."""
    return ask(ASK_REPORT_RUN, command)


@reports.get("/report-runs/<uuid:id>", GET_REPORT_RUN)
def get_report_run(command: dict[str, Any]) -> dict[str, Any]:
    """Tell how far a report in the background has come."""
    return ask(GET_REPORT_RUN, command)


@reports.get("/report-runs/<uuid:id>/rows", READ_REPORT_RUN)
def read_report_run(command: dict[str, Any]) -> dict[str, Any]:
    """Read a piece of what was made in the background."""
    return ask(READ_REPORT_RUN, command)


@reports.post("/report-runs/<uuid:id>/cancellation", CANCEL_REPORT_RUN)
def cancel_report_run(command: dict[str, Any]) -> dict[str, Any]:
    """Let a report in the background go no further."""
    return ask(CANCEL_REPORT_RUN, command)


for rule, command, method, view in (
    ("/reports/<report>/file", ReportFile, READ_REPORT, read_report_file),
    ("/report-runs/<uuid:id>/file", ReportRunFile, READ_REPORT_RUN, read_report_run_file),
):
    reports.add(
        Route(verb="GET", rule=rule, command=command, answer=None, permission=method.permission, media=MEDIA),
        view,
    )
