"""Reports of the collection. Pure data."""

from contracts.transactions.reports_words import ReportSubject
from transactions.domain.reports.definitions import (
    BRANCH_COLUMN,
    OFFICER,
    ON,
    SAMITY,
    Definition,
    code,
    count,
    money,
    name,
    percent,
)

DAILY_COLLECTION = Definition(
    code="daily_collection",
    subject=ReportSubject.COLLECTION,
    permission="sheet:read",
    parameters=(ON, OFFICER, SAMITY),
    key={"officer_key": "text", "samity_code": "text"},
    group="officer_key",
    columns=(
        BRANCH_COLUMN,
        name("officer", of_group=True),
        code("samity_code"),
        name("samity"),
        count("borrowers", summed=True),
        money("overdue_before"),
        money("recoverable"),
        money("collected_overdue"),
        money("collected_regular"),
        money("collected_advance"),
        money("collected_loan"),
        money("collected_savings"),
        money("collected_in_all"),
        percent("recovery_rate", "collected_regular", "recoverable"),
    ),
)
"""What a day asked for and what came of it: the oldest debt first, then the day's, the rest ahead (4.8)."""

REPORTS = (DAILY_COLLECTION,)
