"""Reports of savings and of a member's whole book. Pure data."""

from contracts.transactions.reports_words import ReportSubject
from transactions.domain.reports.definitions import (
    BRANCH_COLUMN,
    HER,
    MEMBER,
    OFFICER,
    PERIOD,
    SAMITY,
    Definition,
    code,
    day,
    money,
    name,
    word,
)

SAVINGS_REFUNDS = Definition(
    code="savings_refunds",
    subject=ReportSubject.SAVINGS,
    permission="savings:read",
    parameters=(PERIOD, OFFICER, SAMITY),
    key={"paid_on": "date", "entry_id": "uuid", "account_code": "text"},
    columns=(
        BRANCH_COLUMN,
        day("paid_on"),
        code("account_code"),
        *HER,
        name("samity"),
        word("entry_kind"),
        money("refunded"),
    ),
)
"""Savings that were paid out, by the branch's day; what was undone is less than nothing."""

INTEREST_PROVISIONS = Definition(
    code="interest_provisions",
    subject=ReportSubject.SAVINGS,
    permission="savings:read",
    parameters=(PERIOD, OFFICER, SAMITY),
    key={"month": "date", "account_code": "text"},
    group="month",
    columns=(
        BRANCH_COLUMN,
        day("month"),
        code("account_code"),
        *HER,
        name("samity"),
        money("provided"),
    ),
)
"""What each month of the period put aside for an account's interest, by the month's first."""

DORMANT = Definition(
    code="dormant",
    subject=ReportSubject.SAVINGS,
    permission="savings:read",
    parameters=(OFFICER, SAMITY),
    key={"samity_code": "text", "account_code": "text"},
    group="samity_code",
    columns=(
        BRANCH_COLUMN,
        code("samity_code", of_group=True),
        name("samity", of_group=True),
        *HER,
        code("account_code"),
        day("dormant_since"),
        money("savings_balance"),
    ),
)
"""Accounts whose members have moved nothing for as long as their terms say, as they stand now."""

MEMBER_LEDGER = Definition(
    code="member_ledger",
    subject=ReportSubject.SAVINGS,
    permission="passbook:read",
    parameters=(PERIOD, MEMBER),
    required=(MEMBER,),
    key={"account_code": "text", "sequence": "bigint", "entry_id": "uuid"},
    group="account_code",
    columns=(
        code("account_code", of_group=True),
        day("value_on"),
        day("business_on"),
        word("entry_kind"),
        code("receipt"),
        money("received"),
        money("paid_out"),
        money("of_it_charge"),
        money("balance", summed=False),
    ),
)
"""All that was booked on a member's accounts, as her passbook tells it; by the branch's day."""

REPORTS = (SAVINGS_REFUNDS, INTEREST_PROVISIONS, DORMANT, MEMBER_LEDGER)
