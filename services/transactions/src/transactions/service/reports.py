"""Reports as other processes call them: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import reports as promised
from transactions.operations import reports
from transactions.queries import exports
from transactions.queries import reports as questions
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Reports(Entrypoints):
    """Which reports there are, pages of them for the screen, and long ones made in the background."""

    @serve(promised.LIST_REPORTS)
    def list_reports(self, command: Command) -> Command:
        """Answer what the caller may read."""
        del command
        with self.books() as books:
            return questions.list_reports(books)

    @serve(promised.READ_REPORT)
    def read_report(self, command: Command) -> Command:
        """Answer a page of a report."""
        with self.books() as books:
            return questions.read_report(books, command)

    @serve(promised.ASK_REPORT_RUN)
    def ask_report_run(self, command: Command) -> Command:
        """Take on a long report."""
        with self.books() as books:
            reports.ask_report_run(books, command["id"], command)
            return questions.get_report_run(books, command["id"])

    @serve(promised.GET_REPORT_RUN)
    def get_report_run(self, command: Command) -> Command:
        """Answer how far a run has come."""
        with self.books() as books:
            return questions.get_report_run(books, command["id"])

    @serve(promised.READ_REPORT_RUN)
    def read_report_run(self, command: Command) -> Command:
        """Answer a piece of what a run has made."""
        with self.books() as books:
            return questions.read_report_run(books, command)

    @serve(promised.LIST_REPORT_RUNS)
    def list_report_runs(self, command: Command) -> Command:
        """Answer a page of the caller's runs."""
        with self.books() as books:
            return questions.list_report_runs(books, command["after"])

    @serve(promised.RECORD_LIST_EXPORT)
    def record_list_export(self, command: Command) -> Command:
        """Write down that a list is taken along."""
        with self.books() as books:
            return exports.record_list_export(books, command)

    @serve(promised.CANCEL_REPORT_RUN)
    def cancel_report_run(self, command: Command) -> Command:
        """Let a run go no further."""
        with self.books() as books:
            reports.cancel_report_run(books, command["id"])
            return questions.get_report_run(books, command["id"])
