"""The questions of reports of what was to be reached in a month, and what was."""

from transactions.domain.reports.targets import OFFICER_ACHIEVEMENT, TARGET_ACHIEVEMENT
from transactions.repository.reports.fragments import BELOW, OF_BRANCH, SAVING, SEEN, SIGNED, paid_between
from transactions.repository.reports.sources import Source, SqlSource

_BEGIN = "CAST(date_trunc('month', CAST(:on AS date)) AS date)"

_REACHED = f"""
    admitted AS (
        SELECT members.samity_id, count(*) AS members_admitted
          FROM seen
          JOIN members ON members.samity_id = seen.id AND members.admitted_on BETWEEN {_BEGIN} AND :on
         GROUP BY members.samity_id
    ), saved AS (
        SELECT members.samity_id, sum({SIGNED}) AS collected_savings
          FROM seen
          JOIN members ON members.samity_id = seen.id
          JOIN accounts ON accounts.member_id = members.id AND accounts.ledger = ANY(:savings_ledgers)
          JOIN postings ON postings.account_id = accounts.id AND postings.value_on BETWEEN {_BEGIN} AND :on
          JOIN entries ON entries.id = postings.entry_id
          LEFT JOIN entries AS undone ON undone.id = entries.reverses_entry_id
         WHERE coalesce(undone.kind, entries.kind) IN {SAVING}
         GROUP BY members.samity_id
    ), lent AS (
        SELECT loans.id AS loan_id, members.samity_id,
               CASE WHEN loans.disbursed_on >= {_BEGIN} THEN loans.principal END AS disbursed
          FROM seen
          JOIN members ON members.samity_id = seen.id
          JOIN loans ON loans.member_id = members.id AND loans.disbursed_on <= :on
                    AND loans.status <> 'undone' AND (loans.ended_on IS NULL OR loans.ended_on >= {_BEGIN})
    ), paid AS ({paid_between(_BEGIN, ":on")}
    ), by_loan AS (
        SELECT lent.samity_id, sum(lent.disbursed) AS disbursed, sum(paid.paid) AS collected_loan
          FROM lent
          LEFT JOIN paid ON paid.loan_id = lent.loan_id
         GROUP BY lent.samity_id
    ), reached AS (
        SELECT seen.office_id, seen.officer_id, members_admitted, collected_savings, disbursed, collected_loan
          FROM seen
          LEFT JOIN admitted ON admitted.samity_id = seen.id
          LEFT JOIN saved ON saved.samity_id = seen.id
          LEFT JOIN by_loan ON by_loan.samity_id = seen.id
    )
"""  # noqa: S608 - only texts of the house

_SUMS = """
           coalesce(sum(members_admitted), 0)::bigint AS members_admitted,
           coalesce(sum(collected_savings), 0)::bigint AS collected_savings,
           coalesce(sum(disbursed), 0)::bigint AS disbursed,
           coalesce(sum(collected_loan), 0)::bigint AS collected_loan
"""


def _goals(whose: str) -> str:
    """Return the targets that count: the newest of each branch or officer for the month."""
    return f"""
    goals AS (
        SELECT DISTINCT ON (targets.office_id, targets.officer_id) {OF_BRANCH}, targets.office_id,
               targets.officer_id, targets.members AS members_target, targets.savings AS savings_target,
               targets.disbursement AS disbursement_target, targets.recovery AS recovery_target
          FROM targets
          JOIN offices ON offices.id = targets.office_id
         WHERE {BELOW} AND targets.month = {_BEGIN} AND {whose}
         ORDER BY targets.office_id, targets.officer_id, targets.number DESC
    )"""  # noqa: S608 - only texts of the house


_BRANCHES = f"""
    WITH {SEEN}, {_REACHED}, {_goals("targets.officer_id IS NULL")}, summed AS (
        SELECT office_id, {_SUMS} FROM reached GROUP BY office_id
    )
    SELECT goals.branch_code, goals.branch_bn, goals.branch_en, members_target, savings_target,
           disbursement_target, recovery_target, coalesce(members_admitted, 0) AS members_admitted,
           coalesce(collected_savings, 0) AS collected_savings, coalesce(disbursed, 0) AS disbursed,
           coalesce(collected_loan, 0) AS collected_loan
      FROM goals
      LEFT JOIN summed ON summed.office_id = goals.office_id
"""  # noqa: S608 - only texts of the house

_OF_OFFICERS = """targets.officer_id IS NOT NULL
           AND (CAST(:own_officer AS uuid) IS NULL OR targets.officer_id = CAST(:own_officer AS uuid))
           AND (CAST(:officer_id AS uuid) IS NULL OR targets.officer_id = CAST(:officer_id AS uuid))"""

_OFFICERS = f"""
    WITH {SEEN}, {_REACHED}, {_goals(_OF_OFFICERS)}, summed AS (
        SELECT office_id, officer_id, {_SUMS} FROM reached GROUP BY office_id, officer_id
    )
    SELECT goals.branch_code, goals.branch_bn, goals.branch_en, staff.name_bn AS officer_bn,
           staff.name_en AS officer_en, concat(staff.name_en, ' ', goals.officer_id) AS officer_key,
           members_target, savings_target, disbursement_target, recovery_target,
           coalesce(members_admitted, 0) AS members_admitted,
           coalesce(collected_savings, 0) AS collected_savings, coalesce(disbursed, 0) AS disbursed,
           coalesce(collected_loan, 0) AS collected_loan
      FROM goals
      LEFT JOIN staff ON staff.id = goals.officer_id
      LEFT JOIN summed ON summed.office_id = goals.office_id AND summed.officer_id = goals.officer_id
"""  # noqa: S608 - only texts of the house

SOURCES: dict[str, Source] = {
    TARGET_ACHIEVEMENT.code: SqlSource(TARGET_ACHIEVEMENT, _BRANCHES),
    OFFICER_ACHIEVEMENT.code: SqlSource(OFFICER_ACHIEVEMENT, _OFFICERS),
}
