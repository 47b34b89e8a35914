"""Reports of passbook checking: what was drawn and found, and how far it covers (rule P5). Pure data."""

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
    percent,
    text,
    word,
)

PASSBOOK_CHECKING = Definition(
    code="passbook_checking",
    subject=ReportSubject.CONTROL,
    permission="passbook_check:read",
    parameters=(PERIOD, OFFICER, SAMITY),
    key={"look_until": "date", "samity_code": "text", "check_id": "uuid"},
    columns=(
        BRANCH_COLUMN,
        day("look_until"),
        code("samity_code"),
        name("samity"),
        name("officer"),
        *HER,
        word("passbook_state"),
        day("checked_on"),
        name("checked_by"),
        count("accounts", summed=True),
        money("paper_more"),
        money("paper_less"),
        word("complaint_outcome"),
        text("reason"),
        name("settled_by"),
    ),
)
"""Passbooks that were to be seen until a day of a period, and what was found; those not seen are overdue.

`paper_more` and `paper_less` are by how much the paper says more, or less, than the book, account by account.
"""

PASSBOOK_COVERAGE = Definition(
    code="passbook_coverage",
    subject=ReportSubject.CONTROL,
    permission="passbook_check:read",
    parameters=(ON, OFFICER),
    key={"officer_key": "text"},
    columns=(
        BRANCH_COLUMN,
        name("officer"),
        count("passbooks_drawn", summed=True),
        count("passbooks_seen", summed=True),
        percent("passbooks_seen_share", "passbooks_seen", "passbooks_drawn"),
        count("passbooks_overdue", summed=True),
        count("passbooks_differing", summed=True),
        count("samities", summed=True),
        count("samities_seen", summed=True),
        percent("samities_seen_share", "samities_seen", "samities"),
    ),
)
"""What was drawn of each officer's members in the twelve months until a day's own, and what of it was seen.

A samity is seen when the passbook of a member was, in a draw of those months.
"""

REPORTS = (PASSBOOK_CHECKING, PASSBOOK_COVERAGE)
