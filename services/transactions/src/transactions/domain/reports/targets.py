"""Reports of what was to be reached in a month, and what was. Pure data."""

from contracts.transactions.reports_words import ReportSubject
from transactions.domain.reports.definitions import (
    BRANCH_COLUMN,
    OFFICER,
    ON,
    Column,
    Definition,
    count,
    money,
    name,
    percent,
)

MEASURES: tuple[Column, ...] = (
    count("members_target", summed=True),
    count("members_admitted", summed=True),
    percent("members_reached", "members_admitted", "members_target"),
    money("savings_target"),
    money("collected_savings"),
    percent("savings_reached", "collected_savings", "savings_target"),
    money("disbursement_target"),
    money("disbursed"),
    percent("disbursement_reached", "disbursed", "disbursement_target"),
    money("recovery_target"),
    money("collected_loan"),
    percent("recovery_reached", "collected_loan", "recovery_target"),
)
"""Of each measure: the month's target, what is reached until the day, and how much of it that is."""

TARGET_ACHIEVEMENT = Definition(
    code="target_achievement",
    subject=ReportSubject.CONTROL,
    permission="book:read",
    parameters=(ON,),
    columns=(BRANCH_COLUMN, *MEASURES),
)
"""Branches that have targets for the month of a day, and what they reached in it until that day."""

OFFICER_ACHIEVEMENT = Definition(
    code="officer_achievement",
    subject=ReportSubject.CONTROL,
    permission="loan:read",
    parameters=(ON, OFFICER),
    key={"officer_key": "text"},
    columns=(BRANCH_COLUMN, name("officer"), *MEASURES),
)
"""Officers who have targets for the month of a day, by what their samities reached in it until that day."""

REPORTS = (TARGET_ACHIEVEMENT, OFFICER_ACHIEVEMENT)
"""Who has no target has no line: a total's percentage is of the same branches' or officers' targets."""
