"""Registers of agreements and of what waits: a branch keeps them, an auditor goes through them. Pure."""

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
    money,
    name,
    word,
)

_OF_SAMITY = (
    BRANCH_COLUMN,
    code("samity_code", of_group=True),
    name("samity", of_group=True),
)

HOLIDAY_DUES = Definition(
    code="holiday_dues",
    subject=ReportSubject.COLLECTION,
    permission="loan:read",
    parameters=(PERIOD, OFFICER, SAMITY),
    key={"was_due_on": "date", "loan_code": "text", "instalment_number": "bigint"},
    group="was_due_on",
    columns=(
        BRANCH_COLUMN,
        day("was_due_on"),
        name("holiday"),
        name("samity"),
        *HER,
        code("loan_code"),
        code("product_code"),
        count("instalment_number"),
        money("instalment"),
        day("due_on"),
    ),
)
"""Instalments that a holiday of the period has moved: when they were due and when they are (rule L3)."""

DUAL_LOANEES = Definition(
    code="dual_loanees",
    subject=ReportSubject.LENDING,
    permission="loan:read",
    parameters=(ON, OFFICER, SAMITY),
    key={"member_code": "text", "loan_code": "text"},
    group="member_code",
    columns=(
        BRANCH_COLUMN,
        name("officer"),
        name("samity"),
        code("member_code", of_group=True),
        name("member", of_group=True),
        code("loan_code"),
        code("product_code"),
        word("fund"),
        day("disbursed_on"),
        money("principal"),
        money("outstanding"),
    ),
)
"""Members with more than one loan running at the end of a day, with each of their loans."""

DPS = Definition(
    code="dps",
    subject=ReportSubject.SAVINGS,
    permission="savings:read",
    parameters=(ON, OFFICER, SAMITY),
    key={"samity_code": "text", "account_code": "text"},
    group="samity_code",
    columns=(
        *_OF_SAMITY,
        code("account_code"),
        *HER,
        day("opened_on"),
        day("term_ends_on"),
        money("instalment", summed=False),
        count("instalments_due"),
        money("due_until_then"),
        money("paid_until_then"),
        money("due"),
        money("advance"),
        money("savings_balance"),
    ),
)
"""Monthly term accounts that were open at the end of a day: promised, paid and missing by value date (§3)."""

FDR = Definition(
    code="fdr",
    subject=ReportSubject.SAVINGS,
    permission="savings:read",
    parameters=(ON, OFFICER, SAMITY),
    key={"samity_code": "text", "account_code": "text"},
    group="samity_code",
    columns=(
        *_OF_SAMITY,
        code("account_code"),
        *HER,
        day("opened_on"),
        day("term_ends_on"),
        word("term_state"),
        code("yearly_rate"),
        money("deposit"),
        money("maturity_value", summed=False),
        money("savings_balance"),
    ),
)
"""Lump deposits that were open at the end of a day.

What is paid at the end of the term stands there where a table promises it; a formula makes it only then.
"""

CANCELLATIONS = Definition(
    code="cancellations",
    subject=ReportSubject.CONTROL,
    permission="member:read",
    parameters=(PERIOD, OFFICER, SAMITY),
    key={"samity_code": "text", "left_on": "date", "member_code": "text"},
    group="samity_code",
    columns=(
        *_OF_SAMITY,
        *HER,
        day("admitted_on"),
        day("left_on"),
        word("left_how"),
        count("count_all", summed=True),
        money("refunded"),
    ),
)
"""Members whose membership has ended, by the day on which the last of their savings was closed (L7)."""

APPROVALS_WAITING = Definition(
    code="approvals_waiting",
    subject=ReportSubject.CONTROL,
    permission="book:read",
    parameters=(ON,),
    key={"proposed_on": "date", "approval_id": "uuid"},
    by_branch=False,
    columns=(
        name("asked_office"),
        day("proposed_on"),
        count("days_waiting"),
        word("approval_kind"),
        name("about"),
        name("proposed_by"),
        money("amount"),
    ),
)
"""What waited at the end of a day for a second person in the book and the collection, the oldest first."""

REPORTS = (HOLIDAY_DUES, DUAL_LOANEES, DPS, FDR, CANCELLATIONS, APPROVALS_WAITING)
