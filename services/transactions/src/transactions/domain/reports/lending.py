"""Reports of loans. Pure data."""

from contracts.transactions.reports_words import ReportSubject
from transactions.domain.reports.definitions import (
    BRANCH_COLUMN,
    HER,
    OFFICER,
    ON,
    PERIOD,
    PRODUCT,
    SAMITY,
    Definition,
    code,
    count,
    day,
    money,
    name,
    word,
)

DISBURSEMENTS = Definition(
    code="disbursements",
    subject=ReportSubject.LENDING,
    permission="loan:read",
    parameters=(PERIOD, PRODUCT, OFFICER, SAMITY),
    key={"disbursed_on": "date", "loan_code": "text"},
    columns=(
        BRANCH_COLUMN,
        day("disbursed_on"),
        code("loan_code"),
        code("member_code"),
        name("member"),
        name("samity"),
        code("product_code"),
        word("fund"),
        word("sex"),
        money("principal"),
        money("charge"),
        money("payable"),
        count("instalments"),
        day("first_due_on"),
        day("matures_on"),
        word("payout_how"),
    ),
)
"""Loans paid out in a period, as they were agreed that day; one that was undone is left out."""

OVERDUE = Definition(
    code="overdue",
    subject=ReportSubject.LENDING,
    permission="loan:read",
    parameters=(ON, PRODUCT, OFFICER, SAMITY),
    key={"samity_code": "text", "loan_code": "text"},
    group="samity_code",
    columns=(
        BRANCH_COLUMN,
        name("officer"),
        code("samity_code", of_group=True),
        name("samity", of_group=True),
        code("member_code"),
        name("member"),
        code("loan_code"),
        code("product_code"),
        day("disbursed_on"),
        day("oldest_unpaid_on"),
        count("days_late"),
        day("agreed_due_on"),
        count("days_late_as_agreed"),
        money("outstanding"),
        money("overdue_principal"),
        money("overdue_in_all"),
    ),
)
"""Loans with principal overdue at the end of a day, their age as the classes count it (L1, 4.9).

Beside it the age that they would have had no holiday moved the instalment (rule L3).
"""

_STANDING = (
    BRANCH_COLUMN,
    name("officer"),
    code("samity_code", of_group=True),
    name("samity", of_group=True),
    *HER,
    code("loan_code"),
    code("product_code"),
    count("instalments_due"),
    money("due_until_then"),
    money("paid_until_then"),
)

DUES = Definition(
    code="dues",
    subject=ReportSubject.LENDING,
    permission="loan:read",
    parameters=(ON, PRODUCT, OFFICER, SAMITY),
    key={"samity_code": "text", "loan_code": "text"},
    group="samity_code",
    columns=(*_STANDING, money("due"), money("outstanding")),
)
"""Loans of which more has fallen due by the end of a day, its own instalment included, than is paid (4.8)."""

ADVANCES = Definition(
    code="advances",
    subject=ReportSubject.LENDING,
    permission="loan:read",
    parameters=(ON, PRODUCT, OFFICER, SAMITY),
    key={"samity_code": "text", "loan_code": "text"},
    group="samity_code",
    columns=(*_STANDING, money("advance"), money("outstanding")),
)
"""Loans of which more is paid than has fallen due by the end of a day (4.8)."""

REPORTS = (DISBURSEMENTS, DUES, OVERDUE, ADVANCES)
