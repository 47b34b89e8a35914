"""Reports of how loans end. Pure data."""

from contracts.transactions.reports_words import ReportSubject
from transactions.domain.reports.definitions import (
    BRANCH_COLUMN,
    HER,
    OFFICER,
    PERIOD,
    PRODUCT,
    SAMITY,
    Column,
    Definition,
    code,
    day,
    money,
    name,
    text,
    word,
)


def _register(report: str, *columns: Column) -> Definition:
    """Return a register of loans that came to an end in a period, each by its day."""
    return Definition(
        code=report,
        subject=ReportSubject.LENDING,
        permission="loan:read",
        parameters=(PERIOD, PRODUCT, OFFICER, SAMITY),
        key={"ended_on": "date", "loan_code": "text"},
        columns=(
            BRANCH_COLUMN,
            day("ended_on"),
            code("loan_code"),
            *HER,
            name("samity"),
            code("product_code"),
            day("disbursed_on"),
            *columns,
        ),
    )


FULLY_PAID = _register("fully_paid", money("principal"), money("charge"), word("ended_how"))
"""Loans that were repaid to the last instalment, or settled before."""

REBATES = _register(
    "rebates", money("principal"), money("settled_principal"), money("settled_charge"), money("rebate")
)
"""What was let go of the agreed charge when loans were settled early (4.8)."""

WAIVERS = _register(
    "waivers", day("died_on"), money("waived_principal"), money("waived_charge"), text("evidence")
)
"""Loans of members who died, borne by the risk fund (rule L5)."""

WRITE_OFFS = _register(
    "write_offs", money("written_off"), money("claim"), money("recovered"), money("claim_left")
)
"""Loans that left the portfolio against their provision; the claim on the borrower stays."""

WRITE_OFF_COLLECTIONS = Definition(
    code="write_off_collections",
    subject=ReportSubject.LENDING,
    permission="loan:read",
    parameters=(PERIOD, OFFICER, SAMITY),
    key={"collected_on": "date", "entry_id": "uuid"},
    columns=(
        BRANCH_COLUMN,
        day("collected_on"),
        code("loan_code"),
        *HER,
        name("samity"),
        code("receipt"),
        money("collected"),
    ),
)
"""What came of written-off loans, by the day of its booking; what was reversed is less than nothing."""

REPORTS = (FULLY_PAID, REBATES, WAIVERS, WRITE_OFFS, WRITE_OFF_COLLECTIONS)
