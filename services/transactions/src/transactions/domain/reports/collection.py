"""Reports of the collection. Pure data."""

from contracts.transactions.reports_words import ReportSubject
from transactions.domain.reports.definitions import (
    BRANCH_COLUMN,
    HER,
    OFFICER,
    ON,
    SAMITY,
    Definition,
    code,
    count,
    money,
    name,
    percent,
    text,
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

SAMITY_SHEET = Definition(
    code="samity_sheet",
    subject=ReportSubject.COLLECTION,
    permission="sheet:read",
    parameters=(ON, SAMITY),
    required=(SAMITY,),
    key={"member_key": "text", "place": "bigint", "account_code": "text"},
    columns=(
        *HER,
        code("account_code"),
        count("instalment_number"),
        money("overdue_before"),
        money("recoverable"),
        money("balance", summed=False),
        text("received_today"),
        text("signature"),
    ),
)
"""A samity's accounts with what its meeting asks for, and room to write by hand (rule M17)."""

REPORTS = (DAILY_COLLECTION, SAMITY_SHEET)
