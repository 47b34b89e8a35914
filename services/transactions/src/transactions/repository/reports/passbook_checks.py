"""The questions of reports of passbook checking."""

from transactions.domain.reports.passbook_checks import PASSBOOK_CHECKING, PASSBOOK_COVERAGE
from transactions.repository.reports.fragments import BELOW, HER, OF_BRANCH
from transactions.repository.reports.sources import Source, SqlSource

_OF_OFFICER = "(CAST(:officer_id AS uuid) IS NULL OR checks.officer_id = CAST(:officer_id AS uuid))"
_GONE = "(members.status <> 'active' OR members.branch_id <> checks.office_id)"

_CHECKING = f"""
    SELECT {OF_BRANCH}, checks.id AS check_id, checks.due_on AS look_until, {HER},
           samities.code AS samity_code, samities.name_bn AS samity_bn, samities.name_en AS samity_en,
           officer.name_bn AS officer_bn, officer.name_en AS officer_en,
           CASE WHEN answered.at IS NOT NULL THEN 'settled'
                WHEN checks.state <> 'waiting' THEN checks.state
                WHEN {_GONE} THEN 'left'
                WHEN checks.due_on < today.on THEN 'overdue'
                ELSE 'waiting' END AS passbook_state,
           CAST(checks.checked_at AT TIME ZONE 'Asia/Dhaka' AS date) AS checked_on,
           checker.name_bn AS checked_by_bn, checker.name_en AS checked_by_en,
           coalesce(typed.accounts, 0) AS accounts,
           coalesce(typed.more, 0) AS paper_more, coalesce(typed.less, 0) AS paper_less,
           answered.outcome AS complaint_outcome, answered.answer AS reason,
           settler.name_bn AS settled_by_bn, settler.name_en AS settled_by_en
      FROM offices
      JOIN passbook_checks AS checks ON checks.office_id = offices.id
      JOIN members ON members.id = checks.member_id
      JOIN samities ON samities.id = checks.samity_id
      LEFT JOIN staff AS officer ON officer.id = checks.officer_id
      LEFT JOIN staff AS checker ON checker.id = checks.checked_by
      LEFT JOIN complaints ON complaints.check_id = checks.id
      LEFT JOIN complaint_acts AS answered
             ON answered.complaint_id = complaints.id AND answered.deed = 'answered'
      LEFT JOIN staff AS settler ON settler.id = answered.by
      LEFT JOIN LATERAL (
        SELECT max(days."on") AS "on" FROM days WHERE days.office_id = offices.id
      ) AS today ON true
      LEFT JOIN LATERAL (
        SELECT count(*) AS accounts, sum(greatest(paper - book, 0))::bigint AS more,
               sum(greatest(book - paper, 0))::bigint AS less
          FROM passbook_papers WHERE passbook_papers.check_id = checks.id
      ) AS typed ON true
     WHERE {BELOW} AND checks.due_on BETWEEN :from_on AND :to_on AND {_OF_OFFICER}
       AND (CAST(:samity_id AS uuid) IS NULL OR checks.samity_id = CAST(:samity_id AS uuid))
"""  # noqa: S608 - only texts of the house

_COVERAGE = f"""
    WITH drawn AS (
        SELECT checks.office_id, checks.officer_id, checks.samity_id, checks.state,
               checks.state = 'waiting' AND checks.due_on < :on AND NOT {_GONE} AS overdue,
               EXISTS (SELECT FROM passbook_papers AS typed
                        WHERE typed.check_id = checks.id AND typed.paper <> typed.book) AS differing
          FROM offices
          JOIN passbook_checks AS checks ON checks.office_id = offices.id
          JOIN members ON members.id = checks.member_id
         WHERE {BELOW} AND checks.month <= :on
           AND checks.month > CAST(:on AS date) - make_interval(months => 12) AND {_OF_OFFICER}
    ), counted AS (
        SELECT office_id, officer_id, count(*) AS passbooks_drawn,
               count(*) FILTER (WHERE state <> 'waiting') AS passbooks_seen,
               count(*) FILTER (WHERE overdue) AS passbooks_overdue,
               count(*) FILTER (WHERE differing) AS passbooks_differing
          FROM drawn GROUP BY office_id, officer_id
    ), led AS (
        SELECT samities.branch_id AS office_id, samities.officer_id, count(*) AS samities,
               count(*) FILTER (WHERE EXISTS (
                   SELECT FROM drawn WHERE drawn.samity_id = samities.id AND drawn.state <> 'waiting'
               )) AS samities_seen
          FROM samities
          JOIN offices ON offices.id = samities.branch_id
         WHERE {BELOW} AND samities.active AND samities.officer_id IS NOT NULL
           AND (CAST(:officer_id AS uuid) IS NULL OR samities.officer_id = CAST(:officer_id AS uuid))
         GROUP BY samities.branch_id, samities.officer_id
    ), officers AS (
        SELECT office_id, officer_id FROM counted UNION SELECT office_id, officer_id FROM led
    )
    SELECT {OF_BRANCH}, staff.name_bn AS officer_bn, staff.name_en AS officer_en,
           concat(staff.name_en, ' ', officers.officer_id) AS officer_key,
           coalesce(passbooks_drawn, 0) AS passbooks_drawn, coalesce(passbooks_seen, 0) AS passbooks_seen,
           coalesce(passbooks_overdue, 0) AS passbooks_overdue,
           coalesce(passbooks_differing, 0) AS passbooks_differing,
           coalesce(samities, 0) AS samities, coalesce(samities_seen, 0) AS samities_seen
      FROM officers
      JOIN offices ON offices.id = officers.office_id
      LEFT JOIN staff ON staff.id = officers.officer_id
      LEFT JOIN counted ON counted.office_id = officers.office_id
                       AND counted.officer_id IS NOT DISTINCT FROM officers.officer_id
      LEFT JOIN led ON led.office_id = officers.office_id AND led.officer_id = officers.officer_id
"""  # noqa: S608 - only texts of the house

SOURCES: dict[str, Source] = {
    PASSBOOK_CHECKING.code: SqlSource(PASSBOOK_CHECKING, _CHECKING),
    PASSBOOK_COVERAGE.code: SqlSource(PASSBOOK_COVERAGE, _COVERAGE),
}
