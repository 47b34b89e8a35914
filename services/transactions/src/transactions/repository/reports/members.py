"""The questions of reports of who the members are."""

from transactions.domain.reports.members import ADMISSIONS
from transactions.repository.reports.fragments import HER, SEEN
from transactions.repository.reports.sources import Source, SqlSource

_ADMISSIONS = f"""
    WITH {SEEN}
    SELECT seen.*, {HER}, members.admitted_on, agreed.sex,
           CASE WHEN agreed.sex = 'female' THEN 1 ELSE 0 END AS count_female,
           CASE WHEN agreed.sex = 'male' THEN 1 ELSE 0 END AS count_male,
           1 AS count_all
      FROM seen
      JOIN members ON members.samity_id = seen.id AND members.code IS NOT NULL
                  AND members.admitted_on BETWEEN :from_on AND :to_on
      LEFT JOIN LATERAL (
        SELECT account_terms.terms ->> 'sex' AS sex
          FROM accounts
          JOIN account_terms ON account_terms.account_id = accounts.id
                            AND account_terms.version = accounts.terms_version
         WHERE accounts.member_id = members.id AND accounts.ledger = ANY(:savings_ledgers)
           AND account_terms.terms ->> 'sex' IS NOT NULL
         ORDER BY accounts.opened_at DESC, accounts.id LIMIT 1
      ) AS agreed ON true
"""  # noqa: S608 - only texts of the house

SOURCES: dict[str, Source] = {ADMISSIONS.code: SqlSource(ADMISSIONS, _ADMISSIONS)}
