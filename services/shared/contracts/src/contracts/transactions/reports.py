"""What transactions promises about reports: which there are, pages for the screen, and long ones."""

from contracts.calls import Method
from contracts.schemas import Nothing
from contracts.transactions import reports_answers as answers
from contracts.transactions import reports_commands as commands
from contracts.transactions.ledger import SERVICE

LIST_REPORTS = Method(
    service=SERVICE,
    name="list_reports",
    command=Nothing,
    answer=answers.ReportList,
    permission="report:read",
)
READ_REPORT = Method(
    service=SERVICE,
    name="read_report",
    command=commands.ReadReport,
    answer=answers.ReportPage,
    permission="report:read",
    timeout=30,
)
ASK_REPORT_RUN = Method(
    service=SERVICE,
    name="ask_report_run",
    command=commands.AskReportRun,
    answer=answers.ReportRun,
    permission="report:run",
    changes=True,
)
GET_REPORT_RUN = Method(
    service=SERVICE,
    name="get_report_run",
    command=commands.ReportRunOnly,
    answer=answers.ReportRun,
    permission="report:run",
)
READ_REPORT_RUN = Method(
    service=SERVICE,
    name="read_report_run",
    command=commands.ReadReportRun,
    answer=answers.ReportPage,
    permission="report:run",
)
LIST_REPORT_RUNS = Method(
    service=SERVICE,
    name="list_report_runs",
    command=commands.ListReportRuns,
    answer=answers.ReportRunPage,
    permission="report:run",
)
CANCEL_REPORT_RUN = Method(
    service=SERVICE,
    name="cancel_report_run",
    command=commands.ReportRunOnly,
    answer=answers.ReportRun,
    permission="report:run",
    changes=True,
)
RECORD_LIST_EXPORT = Method(
    service=SERVICE,
    name="record_list_export",
    command=commands.RecordListExport,
    answer=answers.ReportExport,
    permission="report:read",
    changes=True,
)

METHODS: tuple[Method, ...] = (
    LIST_REPORTS,
    READ_REPORT,
    ASK_REPORT_RUN,
    GET_REPORT_RUN,
    READ_REPORT_RUN,
    LIST_REPORT_RUNS,
    CANCEL_REPORT_RUN,
    RECORD_LIST_EXPORT,
)
