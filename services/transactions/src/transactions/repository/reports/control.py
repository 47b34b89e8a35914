"""The questions of reports by which a branch is led and looked after."""

from transactions.domain.reports.control import (
    AUDIT,
    CASH_POSITION,
    EXPORTS,
    OFFICER_PERFORMANCE,
    OVERRIDES,
    REMITTANCES,
    SURPRISE_COUNTS,
    TRANSFERS,
    UNAUTHORISED,
)
from transactions.domain.sheets import FINAL
from transactions.repository.ageing import aged
from transactions.repository.reports.fragments import BELOW, HER, OF_BRANCH, SEEN, balance_at
from transactions.repository.reports.sources import Source, SqlSource

_CASH = f"""
    SELECT {OF_BRANCH}, offices.id AS office_id, accounts.ledger, accounts.ledger AS cash_kind,
           coalesce(CAST(accounts.owner_id AS text), '') AS owner_key,
           coalesce(staff.name_bn, concat_ws(' ', bank_accounts.bank_bn, bank_accounts.number)) AS held_by_bn,
           coalesce(staff.name_en, concat_ws(' ', bank_accounts.bank_en, bank_accounts.number)) AS held_by_en,
           accounts.balance - moved.since AS opening, moved.cash_in, moved.cash_out,
           accounts.balance - moved.since + moved.cash_in - moved.cash_out AS closing
      FROM offices
      JOIN accounts ON accounts.office_id = offices.id AND accounts.ledger = ANY(:cash_ledgers)
      LEFT JOIN staff ON staff.id = accounts.owner_id
      LEFT JOIN bank_accounts ON bank_accounts.id = accounts.owner_id
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(CASE side WHEN 'debit' THEN amount ELSE -amount END), 0)::bigint AS since,
               coalesce(sum(amount) FILTER (WHERE side = 'debit' AND business_on = :on), 0)::bigint
                   AS cash_in,
               coalesce(sum(amount) FILTER (WHERE side = 'credit' AND business_on = :on), 0)::bigint
                   AS cash_out
          FROM postings WHERE postings.account_id = accounts.id AND business_on >= :on
      ) AS moved
     WHERE {BELOW}
"""  # noqa: S608 - only texts of the house

_PERFORMANCE = f"""
    WITH {SEEN}, asked AS (
        SELECT loans.id AS loan_id
          FROM seen
          JOIN members ON members.samity_id = seen.id
          JOIN loans ON loans.member_id = members.id AND loans.disbursed_on <= :on
                    AND (loans.status = 'running' OR loans.ended_on > :on)
    ), aged AS ({aged("on")}), lent AS (
        SELECT members.samity_id, count(DISTINCT loans.member_id) AS borrowers,
               sum(aged.outstanding) AS outstanding, sum(aged.overdue) AS overdue,
               count(*) FILTER (WHERE aged.oldest_unpaid_on IS NOT NULL) AS loans_late,
               coalesce(sum(aged.outstanding) FILTER (WHERE aged.oldest_unpaid_on IS NOT NULL), 0) AS at_risk
          FROM aged
          JOIN loans ON loans.id = aged.loan_id
          JOIN members ON members.id = loans.member_id
         WHERE aged.outstanding > 0
         GROUP BY members.samity_id
    ), saved AS (
        SELECT members.samity_id, sum({balance_at("accounts", "on")}) AS savings_balance
          FROM seen
          JOIN members ON members.samity_id = seen.id
          JOIN accounts ON accounts.member_id = members.id AND accounts.ledger = ANY(:savings_ledgers)
         GROUP BY members.samity_id
    ), people AS (
        SELECT members.samity_id, count(*) AS members
          FROM seen JOIN members ON members.samity_id = seen.id AND members.status = 'active'
         GROUP BY members.samity_id
    )
    SELECT branch_code, branch_bn, branch_en, officer_bn, officer_en,
           concat(officer_en, ' ', officer_id) AS officer_key, count(*) AS samities,
           coalesce(sum(members), 0)::bigint AS members, coalesce(sum(borrowers), 0)::bigint AS borrowers,
           coalesce(sum(outstanding), 0)::bigint AS outstanding,
           coalesce(sum(loans_late), 0)::bigint AS loans_late,
           coalesce(sum(overdue), 0)::bigint AS overdue_principal,
           coalesce(sum(at_risk), 0)::bigint AS at_risk,
           coalesce(sum(savings_balance), 0)::bigint AS savings_balance
      FROM seen
      LEFT JOIN lent ON lent.samity_id = seen.id
      LEFT JOIN saved ON saved.samity_id = seen.id
      LEFT JOIN people ON people.samity_id = seen.id
     GROUP BY branch_code, branch_bn, branch_en, officer_bn, officer_en, officer_id
"""  # noqa: S608 - only texts of the house


def _leg(direction: str, here: str, there: str) -> str:
    return f"""
    SELECT {OF_BRANCH}, transfers.{here}_on AS moved_on, transfers.id AS transfer_id,
           '{direction}' AS direction, {HER}, others.name_bn AS other_branch_bn,
           others.name_en AS other_branch_en, transfers.value_on, moved.accounts,
           moved.savings_moved, moved.loans_moved
      FROM transfers
      JOIN offices ON offices.id = transfers.{here}_office_id
      JOIN offices AS others ON others.id = transfers.{there}_office_id
      JOIN members ON members.id = transfers.member_id
      CROSS JOIN LATERAL (
        SELECT count(*) AS accounts,
               coalesce(sum(amount) FILTER (WHERE loan_id IS NULL), 0)::bigint AS savings_moved,
               coalesce(sum(amount) FILTER (WHERE loan_id IS NOT NULL), 0)::bigint AS loans_moved
          FROM transferred_accounts WHERE transferred_accounts.transfer_id = transfers.id
      ) AS moved
     WHERE {BELOW} AND transfers.{here}_on BETWEEN :from_on AND :to_on
    """  # noqa: S608 - only texts of the house


_TRANSFERS = f"{_leg('out', 'from', 'to')} UNION ALL {_leg('in', 'to', 'from')}"

_UNAUTHORISED = f"""
    WITH {SEEN}
    SELECT seen.*, sheets.id AS sheet_id, sheets.meeting_on, sheets.status AS sheet_status,
           pending.pending_rows, pending.pending_amount
      FROM seen
      JOIN sheets ON sheets.samity_id = seen.id AND sheets.meeting_on <= :on
                 AND sheets.status NOT IN ({", ".join(f"'{status.value}'" for status in sorted(FINAL))})
      CROSS JOIN LATERAL (
        SELECT count(*) AS pending_rows,
               coalesce(sum(amount) FILTER (WHERE sheet_rows.kind <> 'withdrawal'), 0)::bigint
                   AS pending_amount
          FROM sheet_rows WHERE sheet_rows.sheet_id = sheets.id AND state <> 'authorised'
      ) AS pending
"""  # noqa: S608 - only texts of the house

_REMITTANCES = """
    SELECT sent.business_on AS sent_on, remittances.id AS remittance_id,
           CASE WHEN starts_with(origins.path, :path) THEN remittances.id ELSE taken.id END AS entry_id,
           origins.name_bn AS from_office_bn, origins.name_en AS from_office_en,
           targets.name_bn AS to_office_bn, targets.name_en AS to_office_en,
           remittances.held_in, remittances.narration, remittances.reference, remittances.amount,
           CASE WHEN taken."on" IS NULL THEN 'in_transit'
                WHEN taken.office_id = remittances.from_office_id THEN 'returned'
                ELSE 'received' END AS remittance_state,
           taken."on" AS taken_on, coalesce(taken."on", :to_on) - sent.business_on AS days_on_the_way
      FROM remittances
      JOIN entries AS sent ON sent.id = remittances.id AND sent.business_on <= :to_on
      JOIN offices AS origins ON origins.id = remittances.from_office_id
      JOIN offices AS targets ON targets.id = remittances.to_office_id
      LEFT JOIN LATERAL (
        SELECT entries.business_on AS "on", remittance_takings.office_id, entries.id
          FROM remittance_takings JOIN entries ON entries.id = remittance_takings.id
         WHERE remittance_takings.remittance_id = remittances.id AND entries.business_on <= :to_on
      ) AS taken ON true
     WHERE (starts_with(origins.path, :path) OR starts_with(targets.path, :path))
       AND (taken."on" IS NULL OR taken."on" >= :from_on)
"""

_AUDIT = f"""
    SELECT audit.number, audit.at, staff.name_bn AS actor_bn, staff.name_en AS actor_en, audit.role,
           audit.deed, audit.subject_kind, audit.subject_id
      FROM audit
      JOIN offices ON offices.id = audit.office_id
      LEFT JOIN staff ON CAST(staff.id AS text) = audit.actor_id
     WHERE {BELOW}
       AND audit.at >= CAST(CAST(:from_on AS date) AS timestamp) AT TIME ZONE 'Asia/Dhaka'
       AND audit.at < CAST(CAST(:to_on AS date) + 1 AS timestamp) AT TIME ZONE 'Asia/Dhaka'
"""  # noqa: S608 - only texts of the house

_OVERRIDES = f"""
    SELECT {OF_BRANCH}, overrides.id AS override_id, {HER}, loans.code AS loan_code,
           CAST(overrides.decided_at AT TIME ZONE 'Asia/Dhaka' AS date) AS decided_on,
           overrides.state AS override_state, overrides.breach, overrides.figure, overrides.reason,
           maker.name_bn AS proposed_by_bn, maker.name_en AS proposed_by_en,
           CAST(overrides.proposed_at AT TIME ZONE 'Asia/Dhaka' AS date) AS proposed_on,
           checker.name_bn AS decided_by_bn, checker.name_en AS decided_by_en
      FROM offices
      JOIN overrides ON overrides.office_id = offices.id
      LEFT JOIN members ON members.id = overrides.member_id
      LEFT JOIN loans ON loans.id = overrides.subject_id AND loans.member_id = overrides.member_id
      LEFT JOIN staff AS maker ON maker.id = overrides.maker_id
      LEFT JOIN staff AS checker ON checker.id = overrides.checker_id
     WHERE {BELOW}
       AND overrides.decided_at >= CAST(CAST(:from_on AS date) AS timestamp) AT TIME ZONE 'Asia/Dhaka'
       AND overrides.decided_at < CAST(CAST(:to_on AS date) + 1 AS timestamp) AT TIME ZONE 'Asia/Dhaka'
"""  # noqa: S608 - only texts of the house

_EXPORTS = f"""
    SELECT report_exports.number AS export_number, report_exports.exported_at,
           staff.name_bn AS exported_by_bn, staff.name_en AS exported_by_en,
           report_exports.question ->> 'report' AS report,
           offices.name_bn AS asked_office_bn, offices.name_en AS asked_office_en,
           CAST(coalesce(question ->> 'from_on', question ->> 'on') AS date) AS asked_from,
           CAST(coalesce(question ->> 'to_on', question ->> 'on') AS date) AS asked_to,
           report_exports.as_what, report_exports.purpose, report_exports.purpose_words,
           report_exports.recipient, report_exports.recipient_words,
           report_exports.left_out
      FROM report_exports
      JOIN offices ON offices.id = report_exports.office_id
      LEFT JOIN staff ON staff.id = report_exports.exported_by
     WHERE {BELOW}
       AND report_exports.exported_at >= CAST(CAST(:from_on AS date) AS timestamp) AT TIME ZONE 'Asia/Dhaka'
       AND report_exports.exported_at
           < CAST(CAST(:to_on AS date) + 1 AS timestamp) AT TIME ZONE 'Asia/Dhaka'
"""  # noqa: S608 - only texts of the house

_SURPRISES = f"""
    SELECT {OF_BRANCH}, counts."on" AS counted_on, counts.id AS surprise_id, counts.counted_at,
           CASE WHEN counts.officer_id IS NULL THEN 'vault' ELSE 'officer' END AS counted_what,
           officer.name_bn AS officer_bn, officer.name_en AS officer_en,
           counts.booked, counts.in_field, counts.total AS counted,
           counts.total - counts.booked - counts.in_field AS difference, counts.remark,
           counter.name_bn AS counted_by_bn, counter.name_en AS counted_by_en,
           seer.name_bn AS seen_by_bn, seer.name_en AS seen_by_en, surprise_sightings.reply
      FROM offices
      JOIN surprise_counts AS counts ON counts.office_id = offices.id
                                    AND counts."on" BETWEEN :from_on AND :to_on
      LEFT JOIN surprise_sightings ON surprise_sightings.count_id = counts.id
      LEFT JOIN staff AS officer ON officer.id = counts.officer_id
      LEFT JOIN staff AS counter ON counter.id = counts.counted_by
      LEFT JOIN staff AS seer ON seer.id = surprise_sightings.seen_by
     WHERE {BELOW}
"""  # noqa: S608 - only texts of the house

SOURCES: dict[str, Source] = {
    CASH_POSITION.code: SqlSource(CASH_POSITION, _CASH),
    REMITTANCES.code: SqlSource(REMITTANCES, _REMITTANCES),
    OFFICER_PERFORMANCE.code: SqlSource(OFFICER_PERFORMANCE, _PERFORMANCE),
    TRANSFERS.code: SqlSource(TRANSFERS, _TRANSFERS),
    UNAUTHORISED.code: SqlSource(UNAUTHORISED, _UNAUTHORISED),
    OVERRIDES.code: SqlSource(OVERRIDES, _OVERRIDES),
    SURPRISE_COUNTS.code: SqlSource(SURPRISE_COUNTS, _SURPRISES),
    EXPORTS.code: SqlSource(EXPORTS, _EXPORTS),
    AUDIT.code: SqlSource(AUDIT, _AUDIT),
}
