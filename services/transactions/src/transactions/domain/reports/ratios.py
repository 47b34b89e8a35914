"""What a closed month says of a portfolio: its ratios, its classes, what is set aside. Pure data."""

from contracts.transactions.reports_words import ColumnKind, ReportSubject
from transactions.domain.reports.definitions import (
    BRANCH_COLUMN,
    ON,
    PRODUCT,
    Column,
    Definition,
    average,
    code,
    count,
    day,
    money,
    percent,
    word,
)

_PEOPLE: tuple[Column, ...] = (
    count("officers", summed=True),
    count("borrower_count", summed=True),
    average("borrowers_per_officer", ColumnKind.COUNT, "borrower_count", "officers"),
)
_RECOVERY = (
    money("recoverable"),
    money("collected_regular"),
    percent("on_time_rate", "collected_regular", "recoverable"),
    money("recoverable_ever"),
    money("recovered_ever"),
    percent("cumulative_rate", "recovered_ever", "recoverable_ever"),
)
_PORTFOLIO = (
    money("outstanding"),
    average("portfolio_per_officer", ColumnKind.MONEY, "outstanding", "officers"),
    money("overdue_principal"),
    percent("delinquency", "overdue_principal", "outstanding"),
    money("at_risk"),
    percent("par", "at_risk", "outstanding"),
    money("at_risk_sub_standard"),
    percent("par_sub_standard", "at_risk_sub_standard", "outstanding"),
    money("at_risk_doubtful"),
    percent("par_doubtful", "at_risk_doubtful", "outstanding"),
    money("at_risk_bad"),
    percent("par_bad", "at_risk_bad", "outstanding"),
)
_YIELD = (
    money("average_outstanding"),
    money("charge_recovered"),
    percent("yield_of_year", "charge_recovered", "average_outstanding", times=12),
)

RATIOS = Definition(
    code="ratio_analysis",
    subject=ReportSubject.LENDING,
    permission="book:read",
    parameters=(ON,),
    columns=(BRANCH_COLUMN, day("month_end"), *_PEOPLE, *_RECOVERY, *_PORTFOLIO, *_YIELD),
)
"""The ratios of domain 4.9 for the last month that had ended by a day, from what its end left.

What had been paid ahead is neither recoverable nor recovered; what a loan's end took away from the dues stays
recoverable. Risk by age goes by class, at its worst or worse: from 31, 181 and 366 days on.
"""

PROVISION = Definition(
    code="classification",
    subject=ReportSubject.LENDING,
    permission="book:read",
    parameters=(ON, PRODUCT),
    key={"product_code": "text", "fund": "text", "class_order": "bigint"},
    group="product_code",
    columns=(
        BRANCH_COLUMN,
        day("month_end"),
        code("product_code", of_group=True),
        word("fund"),
        word("loan_class"),
        count("borrowers", summed=True),
        money("outstanding"),
        money("overdue_principal"),
        money("at_risk"),
        money("provision"),
        percent("provision_rate", "provision", "outstanding"),
    ),
)
"""The loans of the last month that had ended by a day: by class, and what is set aside for them (4.9)."""

REPORTS = (RATIOS, PROVISION)
