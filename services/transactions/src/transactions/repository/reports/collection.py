"""The questions of reports of the collection."""

from transactions.domain.reports.collection import DAILY_COLLECTION, SAMITY_SHEET
from transactions.repository.ageing import aged
from transactions.repository.reports.fragments import HER, SAVING, SEEN, balance_at, paid_between
from transactions.repository.reports.sources import Source, SqlSource

DAILY = f"""
    WITH {SEEN}, lent AS (
        SELECT loans.id AS loan_id, seen.id AS samity_id, members.deceased_on,
               schedule.due_on, schedule.principal, schedule.charge
          FROM seen
          JOIN members ON members.samity_id = seen.id
          JOIN loans ON loans.member_id = members.id AND loans.disbursed_on <= :on
                    AND loans.status <> 'undone' AND (loans.ended_on IS NULL OR loans.ended_on >= :on)
          CROSS JOIN LATERAL (
            SELECT due_on, principal, charge FROM loan_schedules
             WHERE loan_schedules.loan_id = loans.id AND version <= loans.schedule_version
             ORDER BY recorded_on <= :on DESC,
                      CASE WHEN recorded_on <= :on THEN version ELSE -version END DESC
             LIMIT 1
          ) AS schedule
    ), paid_before AS ({paid_between("'-infinity'", "CAST(:on AS date) - 1", in_old_books=True)}
    ), paid_today AS ({paid_between("CAST(:on AS date)", "CAST(:on AS date)")}
    ), standing AS (
        SELECT lent.samity_id, coalesce(paid_before.paid, 0) AS before, coalesce(paid_today.paid, 0) AS today,
               coalesce(principal[i_before] + charge[i_before], 0) AS due_before,
               coalesce(principal[i_today] + charge[i_today], 0) AS due_today
          FROM lent
          CROSS JOIN LATERAL (
            SELECT width_bucket(least(CAST(:on AS date), deceased_on) - 1, due_on) AS i_before,
                   width_bucket(least(CAST(:on AS date), deceased_on), due_on) AS i_today
          ) AS at
          LEFT JOIN paid_before ON paid_before.loan_id = lent.loan_id
          LEFT JOIN paid_today ON paid_today.loan_id = lent.loan_id
    ), asked AS (
        SELECT samity_id, today, greatest(0, due_before - before) AS overdue_before,
               greatest(0, (due_today - due_before) - greatest(0, before - due_before)) AS recoverable
          FROM standing
    ), told_apart AS (
        SELECT asked.*, least(greatest(today, 0), overdue_before) AS of_overdue,
               least(greatest(today - overdue_before, 0), recoverable) AS of_today
          FROM asked
    ), by_samity AS (
        SELECT samity_id, count(*) AS borrowers, sum(overdue_before) AS overdue_before,
               sum(recoverable) AS recoverable, sum(of_overdue) AS of_overdue, sum(of_today) AS of_today,
               sum(today) AS today
          FROM told_apart GROUP BY samity_id
    ), saved AS (
        SELECT members.samity_id,
               sum(CASE postings.side WHEN 'credit' THEN postings.amount ELSE -postings.amount END) AS saved
          FROM seen
          JOIN members ON members.samity_id = seen.id
          JOIN accounts ON accounts.member_id = members.id AND accounts.ledger = ANY(:savings_ledgers)
          JOIN postings ON postings.account_id = accounts.id AND postings.value_on = :on
          JOIN entries ON entries.id = postings.entry_id
          LEFT JOIN entries AS undone ON undone.id = entries.reverses_entry_id
         WHERE coalesce(undone.kind, entries.kind) IN {SAVING}
         GROUP BY members.samity_id
    )
    SELECT branch_code, branch_bn, branch_en, samity_code, samity_bn, samity_en,
           officer_id, officer_bn, officer_en, concat(officer_en, ' ', officer_id) AS officer_key,
           coalesce(borrowers, 0) AS borrowers, coalesce(overdue_before, 0) AS overdue_before,
           coalesce(recoverable, 0) AS recoverable, coalesce(of_overdue, 0) AS collected_overdue,
           coalesce(of_today, 0) AS collected_regular,
           coalesce(today - of_overdue - of_today, 0) AS collected_advance,
           coalesce(today, 0) AS collected_loan, coalesce(saved, 0) AS collected_savings,
           coalesce(today, 0) + coalesce(saved, 0) AS collected_in_all
      FROM seen
      LEFT JOIN by_samity ON by_samity.samity_id = seen.id
      LEFT JOIN saved ON saved.samity_id = seen.id
     WHERE coalesce(borrowers, 0) > 0 OR saved <> 0
"""  # noqa: S608 - only texts of the house

_SHEET = f"""
    WITH {SEEN}, asked AS (
        SELECT loans.id AS loan_id
          FROM seen
          JOIN members ON members.samity_id = seen.id AND members.status = 'active'
          JOIN loans ON loans.member_id = members.id AND loans.disbursed_on <= :on
                    AND (loans.status = 'running' OR loans.ended_on > :on)
    ), aged AS ({aged("on")}), lines AS (
        SELECT loans.member_id, loans.code AS account_code, 1 AS place, aged.outstanding AS balance,
               least(cardinality(aged.due_on), greatest(1, width_bucket(CAST(:on AS date), aged.due_on)))
                   AS instalment_number,
               greatest(0, at.before - aged.paid - aged.charge_paid) AS overdue_before,
               greatest(0, at.then - aged.paid - aged.charge_paid)
                   - greatest(0, at.before - aged.paid - aged.charge_paid) AS recoverable
          FROM aged
          JOIN loans ON loans.id = aged.loan_id
          CROSS JOIN LATERAL (
            SELECT coalesce(aged.due[width_bucket(CAST(:on AS date) - 1, aged.due_on)]
                            + aged.due_charge[width_bucket(CAST(:on AS date) - 1, aged.due_on)], 0) AS before,
                   coalesce(aged.due[width_bucket(CAST(:on AS date), aged.due_on)]
                            + aged.due_charge[width_bucket(CAST(:on AS date), aged.due_on)], 0) AS then
          ) AS at
         UNION ALL
        SELECT accounts.member_id, accounts.code, 2, {balance_at("accounts", "on")}, NULL, NULL, NULL
          FROM seen
          JOIN members ON members.samity_id = seen.id AND members.status = 'active'
          JOIN accounts ON accounts.member_id = members.id AND accounts.ledger = ANY(:savings_ledgers)
                       AND NOT accounts.closed AND coalesce(accounts.opened_on, :on) <= :on
    )
    SELECT seen.*, {HER}, coalesce(members.code, '') AS member_key, place, account_code, balance,
           instalment_number, overdue_before, recoverable, NULL AS received_today, NULL AS signature
      FROM lines
      JOIN members ON members.id = lines.member_id
      JOIN seen ON seen.id = members.samity_id
"""  # noqa: S608 - only texts of the house

SOURCES: dict[str, Source] = {
    DAILY_COLLECTION.code: SqlSource(DAILY_COLLECTION, DAILY),
    SAMITY_SHEET.code: SqlSource(SAMITY_SHEET, _SHEET),
}
