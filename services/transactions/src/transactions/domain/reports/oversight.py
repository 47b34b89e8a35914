"""Registers that an auditor or an inspector goes through (rule P12). Pure data."""

from contracts.transactions.reports_words import ReportSubject
from transactions.domain.reports.definitions import (
    BRANCH_COLUMN,
    HER,
    PERIOD,
    Definition,
    code,
    day,
    money,
    name,
    text,
    word,
)

FINDINGS = Definition(
    code="findings",
    subject=ReportSubject.CONTROL,
    permission="finding:read",
    parameters=(PERIOD,),
    key={"raised_on": "date", "finding_id": "uuid"},
    by_branch=False,
    columns=(
        day("raised_on"),
        name("finding_office"),
        word("finding_about"),
        code("about_code"),
        name("about_name"),
        text("found"),
        name("raised_by"),
        word("finding_state"),
        day("answer_by"),
        text("answer"),
        name("answered_by"),
        day("closed_on"),
        text("closed_because"),
    ),
)
"""Findings that stood open at any time in a period, as they stood at its end.

Overdue is what should have been answered by then; `answer` is the newest one.
"""

REVERSALS = Definition(
    code="reversals",
    subject=ReportSubject.CONTROL,
    permission="audit:read",
    parameters=(PERIOD,),
    key={"booked_on": "date", "entry_id": "uuid"},
    lead={"entry_id": "entry_id"},
    columns=(
        BRANCH_COLUMN,
        day("booked_on"),
        code("voucher"),
        word("undone_how"),
        *HER,
        day("was_booked_on"),
        name("officer"),
        name("maker"),
        name("checker"),
        text("reason"),
        money("undone_amount"),
        money("on_officer"),
    ),
)
"""Rows that were undone on their day, or corrected later, by the day of the undoing (rules M12, M13).

`undone_amount` is how much of the row was undone, `on_officer` what of it staff owe since.
"""

HOLIDAYS = Definition(
    code="holidays",
    subject=ReportSubject.CONTROL,
    permission="audit:read",
    parameters=(PERIOD,),
    key={"holiday_on": "date", "holiday_id": "uuid"},
    by_branch=False,
    columns=(
        day("holiday_on"),
        name("holiday"),
        word("holiday_set"),
        name("declared_for"),
        name("samity"),
        name("maker"),
        name("checker"),
    ),
)
"""Holidays declared for an office, one below or above it, or one samity of theirs, and by whom (L3, P12)."""

OFFICER_LOSSES = Definition(
    code="officer_losses",
    subject=ReportSubject.CONTROL,
    permission="audit:read",
    parameters=(PERIOD,),
    key={"owner_key": "text"},
    lead={"office_id": "office_id", "ledger": "ledger"},
    columns=(
        BRANCH_COLUMN,
        name("owed_by"),
        money("owed_before"),
        money("loss_opened"),
        money("loss_settled"),
        money("still_owed"),
    ),
)
"""What staff owe for money that was short: before a period, what it brought and settled, and what is left."""

REPORTS = (FINDINGS, REVERSALS, HOLIDAYS, OFFICER_LOSSES)
