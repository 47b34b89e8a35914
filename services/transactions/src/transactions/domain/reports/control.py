"""Reports by which a branch is led and looked after. Pure data."""

from contracts.transactions.reports_words import ReportSubject
from transactions.domain.reports.definitions import (
    BRANCH_COLUMN,
    HER,
    OFFICER,
    ON,
    PERIOD,
    SAMITY,
    Definition,
    code,
    count,
    day,
    instant,
    money,
    name,
    percent,
    text,
    word,
)

CASH_POSITION = Definition(
    code="cash_position",
    subject=ReportSubject.BOOK,
    permission="book:read",
    parameters=(ON,),
    key={"ledger": "text", "owner_key": "text"},
    lead={"office_id": "office_id", "ledger": "ledger"},
    columns=(
        BRANCH_COLUMN,
        word("cash_kind"),
        name("held_by"),
        money("opening"),
        money("cash_in"),
        money("cash_out"),
        money("closing"),
    ),
)
"""Vault, officers' hands, accounts at banks and mobile money on one of the branch's days."""

TRANSFERS = Definition(
    code="transfers",
    subject=ReportSubject.CONTROL,
    permission="book:read",
    parameters=(PERIOD,),
    key={"moved_on": "date", "transfer_id": "uuid"},
    columns=(
        BRANCH_COLUMN,
        day("moved_on"),
        word("direction"),
        *HER,
        name("other_branch"),
        day("value_on"),
        count("accounts", summed=True),
        money("savings_moved"),
        money("loans_moved"),
    ),
)
"""Members who left for another branch's book or came from one, by the day of the branch (rule L6)."""

OFFICER_PERFORMANCE = Definition(
    code="officer_performance",
    subject=ReportSubject.CONTROL,
    permission="loan:read",
    parameters=(ON, OFFICER),
    key={"officer_key": "text"},
    columns=(
        BRANCH_COLUMN,
        name("officer"),
        count("samities", summed=True),
        count("members", summed=True),
        count("borrowers", summed=True),
        money("outstanding"),
        count("loans_late", summed=True),
        money("overdue_principal"),
        money("at_risk"),
        percent("par", "at_risk", "outstanding"),
        percent("delinquency", "overdue_principal", "outstanding"),
        money("savings_balance"),
    ),
)
"""What each officer looks after at the end of a day, and how it stands (4.9)."""

UNAUTHORISED = Definition(
    code="unauthorised",
    subject=ReportSubject.CONTROL,
    permission="sheet:read",
    parameters=(ON, OFFICER, SAMITY),
    key={"meeting_on": "date", "sheet_id": "uuid"},
    lead={"sheet_id": "sheet_id"},
    columns=(
        BRANCH_COLUMN,
        day("meeting_on"),
        name("officer"),
        code("samity_code"),
        name("samity"),
        word("sheet_status"),
        count("pending_rows", summed=True),
        money("pending_amount"),
    ),
)
"""Sheets of meetings until a day that are not in the book, with the money that was submitted on them (M1)."""

AUDIT = Definition(
    code="audit",
    subject=ReportSubject.CONTROL,
    permission="audit:read",
    parameters=(PERIOD,),
    key={"number": "bigint"},
    by_branch=False,
    columns=(
        instant("at"),
        name("actor"),
        word("role"),
        word("deed"),
        word("subject_kind"),
        code("subject_id"),
    ),
)
"""Who did what to what in the book and the collection, by whose office it is (rule P12)."""

REMITTANCES = Definition(
    code="remittances",
    subject=ReportSubject.BOOK,
    permission="book:read",
    parameters=(PERIOD,),
    key={"sent_on": "date", "remittance_id": "uuid"},
    lead={"entry_id": "entry_id"},
    by_branch=False,
    columns=(
        day("sent_on"),
        name("from_office"),
        name("to_office"),
        word("held_in"),
        text("narration"),
        text("reference"),
        word("remittance_state"),
        day("taken_on"),
        count("days_on_the_way"),
        money("amount"),
    ),
)
"""What offices sent or charged each other that was on its way at any time in a period (rule L6)."""

OVERRIDES = Definition(
    code="overrides",
    subject=ReportSubject.CONTROL,
    permission="override:read",
    parameters=(PERIOD,),
    key={"decided_on": "date", "override_id": "uuid"},
    columns=(
        BRANCH_COLUMN,
        day("decided_on"),
        word("override_state"),
        word("breach"),
        code("figure"),
        *HER,
        code("loan_code"),
        text("reason"),
        name("proposed_by"),
        day("proposed_on"),
        name("decided_by"),
    ),
)
"""What two people let pass of the law, or the second one refused, by the day of the decision (rule L2).

Whose loan it is stays empty until it is proposed, its code until it is paid out.
"""

EXPORTS = Definition(
    code="exports",
    subject=ReportSubject.CONTROL,
    permission="audit:read",
    parameters=(PERIOD,),
    key={"export_number": "bigint"},
    by_branch=False,
    columns=(
        code("export_number"),
        instant("exported_at"),
        name("exported_by"),
        word("report"),
        name("asked_office"),
        day("asked_from"),
        day("asked_to"),
        code("as_what"),
        word("purpose"),
        text("purpose_words"),
        word("recipient"),
        text("recipient_words"),
        count("left_out"),
    ),
)
"""Each report that left the system as a file, for what and to whom, by the day it left (rules P10, P12)."""

SURPRISE_COUNTS = Definition(
    code="surprise_counts",
    subject=ReportSubject.CONTROL,
    permission="audit:read",
    parameters=(PERIOD,),
    key={"counted_on": "date", "surprise_id": "uuid"},
    columns=(
        BRANCH_COLUMN,
        day("counted_on"),
        instant("counted_at"),
        word("counted_what"),
        name("officer"),
        money("booked"),
        money("in_field"),
        money("counted"),
        money("difference"),
        name("counted_by"),
        text("remark"),
        name("seen_by"),
        text("reply"),
    ),
)
"""What was found by surprise in vaults and with officers, by the branch's day (rules M7, P12)."""

REPORTS = (
    CASH_POSITION,
    REMITTANCES,
    OFFICER_PERFORMANCE,
    TRANSFERS,
    UNAUTHORISED,
    OVERRIDES,
    SURPRISE_COUNTS,
    EXPORTS,
    AUDIT,
)
