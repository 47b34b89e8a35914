"""The questions of reports of the register of mismatches and complaints."""

from transactions.domain.reports.complaints import COMPLAINTS, COMPLAINTS_OVERDUE
from transactions.repository.reports.fragments import BELOW, HER, OF_BRANCH
from transactions.repository.reports.sources import Source, SqlSource

_TOLD = f"""
           {OF_BRANCH}, cases.id AS complaint_id, cases.taken_on AS complained_on, {HER},
           samities.code AS samity_code, samities.name_bn AS samity_bn, samities.name_en AS samity_en,
           officer.name_bn AS officer_bn, officer.name_en AS officer_en,
           cases.about AS complaint_about, cases.via AS complaint_via, cases.against AS complaint_against,
           1 AS cases"""

_FROM = """
      FROM offices
      JOIN complaints AS cases ON cases.office_id = offices.id
      JOIN members ON members.id = cases.member_id
      JOIN samities ON samities.id = cases.samity_id
      LEFT JOIN staff AS officer ON officer.id = cases.officer_id
      LEFT JOIN complaint_acts AS heard ON heard.complaint_id = cases.id AND heard.deed = 'acknowledged'
      LEFT JOIN complaint_acts AS answered
             ON answered.complaint_id = cases.id AND answered.deed = 'answered'"""

_OF_OFFICER = "(CAST(:officer_id AS uuid) IS NULL OR cases.officer_id = CAST(:officer_id AS uuid))"

_REGISTER = f"""
    SELECT {_TOLD},
           CASE WHEN answered.at IS NOT NULL THEN 'answered'
                WHEN heard.at IS NOT NULL THEN 'acknowledged'
                ELSE 'new' END AS complaint_state,
           cases.repeated::integer AS repeated_cases,
           heard."on" AS acknowledged_on,
           (coalesce(heard."on", answered."on", today.on) > cases.acknowledge_by)::integer
               AS acknowledged_late,
           answered."on" AS answered_on,
           (coalesce(answered."on", today.on) > cases.answer_by)::integer AS answered_late,
           answered.outcome AS complaint_outcome, answered.answer,
           answerer.name_bn AS answered_by_bn, answerer.name_en AS answered_by_en
      {_FROM}
      LEFT JOIN staff AS answerer ON answerer.id = answered.by
      LEFT JOIN LATERAL (
        SELECT coalesce(max(days."on"), cases.taken_on) AS "on" FROM days
         WHERE days.office_id = offices.id AND days.status <> 'waiting'
      ) AS today ON true
     WHERE {BELOW} AND cases.taken_on BETWEEN :from_on AND :to_on AND {_OF_OFFICER}
       AND (CAST(:samity_id AS uuid) IS NULL OR cases.samity_id = CAST(:samity_id AS uuid))
"""  # noqa: S608 - only texts of the house

_OVERDUE = f"""
    WITH unanswered AS (
        SELECT {_TOLD},
               CASE WHEN least(heard."on", answered."on") <= :on THEN 'answer' ELSE 'acknowledge' END
                   AS late_with,
               CASE WHEN least(heard."on", answered."on") <= :on THEN cases.answer_by
                    ELSE cases.acknowledge_by END AS late_since
          {_FROM}
         WHERE {BELOW} AND cases.taken_on <= :on AND {_OF_OFFICER}
           AND (answered."on" IS NULL OR answered."on" > :on)
    )
    SELECT unanswered.*, CAST(:on AS date) - late_since AS days_past FROM unanswered
     WHERE late_since < :on
"""  # noqa: S608 - only texts of the house

SOURCES: dict[str, Source] = {
    COMPLAINTS.code: SqlSource(COMPLAINTS, _REGISTER),
    COMPLAINTS_OVERDUE.code: SqlSource(COMPLAINTS_OVERDUE, _OVERDUE),
}
"""Who answers for the rows of each of these reports."""
