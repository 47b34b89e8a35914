"""Reports of the register of mismatches and complaints: all of them, and those that wait too long (rule P4).

They are the area's and the auditor's: among them stands what is said of a branch's manager.
"""

from contracts.transactions.reports_words import ReportSubject
from transactions.domain.reports.definitions import (
    BRANCH_COLUMN,
    HER,
    OFFICER,
    ON,
    PERIOD,
    SAMITY,
    Column,
    Definition,
    code,
    count,
    day,
    name,
    text,
    word,
)

_CASE: tuple[Column, ...] = (
    BRANCH_COLUMN,
    day("complained_on"),
    code("samity_code"),
    name("samity"),
    name("officer"),
    *HER,
    word("complaint_about"),
    word("complaint_via"),
    word("complaint_against"),
)

COMPLAINTS = Definition(
    code="complaints",
    subject=ReportSubject.CONTROL,
    permission="complaint:above",
    parameters=(PERIOD, OFFICER, SAMITY),
    key={"complained_on": "date", "complaint_id": "uuid"},
    columns=(
        *_CASE,
        word("complaint_state"),
        count("cases", summed=True),
        count("repeated_cases", summed=True),
        day("acknowledged_on"),
        count("acknowledged_late", summed=True),
        day("answered_on"),
        count("answered_late", summed=True),
        word("complaint_outcome"),
        name("answered_by"),
        text("answer"),
    ),
)
"""Cases that were taken in a period, with what became of each; late by business dates."""

COMPLAINTS_OVERDUE = Definition(
    code="complaints_overdue",
    subject=ReportSubject.CONTROL,
    permission="complaint:above",
    parameters=(ON, OFFICER),
    key={"complained_on": "date", "complaint_id": "uuid"},
    columns=(
        *_CASE,
        count("cases", summed=True),
        word("late_with"),
        day("late_since"),
        count("days_past"),
    ),
)
"""Cases that were, at the end of a day, not acknowledged or not answered in time."""

REPORTS = (COMPLAINTS, COMPLAINTS_OVERDUE)
