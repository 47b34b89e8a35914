"""Reports of who the members are. Pure data."""

from contracts.transactions.reports_words import ReportSubject
from transactions.domain.reports.definitions import (
    BRANCH_COLUMN,
    HER,
    OFFICER,
    PERIOD,
    SAMITY,
    Definition,
    code,
    count,
    day,
    name,
    word,
)

ADMISSIONS = Definition(
    code="admissions",
    subject=ReportSubject.CONTROL,
    permission="member:read",
    parameters=(PERIOD, OFFICER, SAMITY),
    key={"samity_code": "text", "admitted_on": "date", "member_code": "text"},
    group="samity_code",
    columns=(
        BRANCH_COLUMN,
        name("officer"),
        code("samity_code", of_group=True),
        name("samity", of_group=True),
        day("admitted_on"),
        *HER,
        word("sex"),
        count("count_female", summed=True),
        count("count_male", summed=True),
        count("count_all", summed=True),
    ),
)
"""Members admitted in a period, whatever became of them since, in the samity where they are now.

A sex is known by what was agreed with her: nothing else tells it to the book.
"""

REPORTS = (ADMISSIONS,)
