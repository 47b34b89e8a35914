"""The questions of registers that an auditor or an inspector goes through (rule P12)."""

from transactions.domain.chart import Ledgers
from transactions.domain.reports.oversight import FINDINGS, HOLIDAYS, OFFICER_LOSSES, REVERSALS
from transactions.repository.findings import ABOUT, ABOUT_COLUMNS
from transactions.repository.reports.fragments import BELOW, HER, OF_BRANCH
from transactions.repository.reports.sources import Source, SqlSource

_OWED = Ledgers.OFFICER_RECEIVABLE.code
_DAY_OF = "CAST({} AT TIME ZONE 'Asia/Dhaka' AS date)"
_STEP_ON = _DAY_OF.format("finding_steps.at")

_FINDINGS = f"""
    SELECT {_DAY_OF.format("findings.raised_at")} AS raised_on, findings.id AS finding_id,
           offices.name_bn AS finding_office_bn, offices.name_en AS finding_office_en,
           findings.about AS finding_about, {ABOUT_COLUMNS}, raised.said AS found,
           auditor.name_bn AS raised_by_bn, auditor.name_en AS raised_by_en,
           CASE WHEN newest.kind IN ('answered', 'closed') THEN newest.kind
                WHEN asked.answer_by < :to_on THEN 'overdue'
                ELSE 'open' END AS finding_state,
           asked.answer_by, answered.said AS answer,
           answerer.name_bn AS answered_by_bn, answerer.name_en AS answered_by_en,
           CASE newest.kind WHEN 'closed' THEN newest."on" END AS closed_on,
           CASE newest.kind WHEN 'closed' THEN newest.said END AS closed_because
      FROM findings
      JOIN offices ON offices.id = findings.office_id
      JOIN finding_steps AS raised ON raised.finding_id = findings.id AND raised.number = 1
      JOIN LATERAL (
        SELECT kind, said, {_STEP_ON} AS "on" FROM finding_steps
         WHERE finding_id = findings.id AND {_STEP_ON} <= :to_on ORDER BY number DESC LIMIT 1
      ) AS newest ON true
      JOIN LATERAL (
        SELECT answer_by FROM finding_steps
         WHERE finding_id = findings.id AND {_STEP_ON} <= :to_on AND answer_by IS NOT NULL
         ORDER BY number DESC LIMIT 1
      ) AS asked ON true
      LEFT JOIN LATERAL (
        SELECT said, "by" FROM finding_steps
         WHERE finding_id = findings.id AND {_STEP_ON} <= :to_on AND kind = 'answered'
         ORDER BY number DESC LIMIT 1
      ) AS answered ON true
      LEFT JOIN staff AS auditor ON auditor.id = raised."by"
      LEFT JOIN staff AS answerer ON answerer.id = answered."by"
      {ABOUT}
     WHERE {BELOW} AND (newest.kind <> 'closed' OR newest."on" >= :from_on)
"""  # noqa: S608 - only texts of the house

_REVERSALS = f"""
    SELECT {OF_BRANCH}, entries.id AS entry_id, entries.business_on AS booked_on,
           upper(left(vouchers.kind, 1)) || '-' || vouchers.fiscal_year || '-'
               || lpad(vouchers.number::text, 6, '0') AS voucher,
           CASE WHEN entries.kind = 'correction' THEN 'correction'
                WHEN approvals.kind = 'reversal' THEN approvals.facts ->> 'kind'
                ELSE 'with_its_deed' END AS undone_how,
           {HER}, undone.business_on AS was_booked_on,
           officer.name_bn AS officer_bn, officer.name_en AS officer_en,
           maker.name_bn AS maker_bn, maker.name_en AS maker_en,
           checker.name_bn AS checker_bn, checker.name_en AS checker_en, entries.reason,
           coalesce(approvals.amount, row_of.amount, 0) AS undone_amount,
           coalesce(owed.amount, 0) AS on_officer
      FROM offices
      JOIN entries ON entries.office_id = offices.id AND entries.business_on BETWEEN :from_on AND :to_on
                  AND entries.reverses_entry_id IS NOT NULL
      JOIN entries AS undone ON undone.id = entries.reverses_entry_id
      LEFT JOIN vouchers ON vouchers.entry_id = entries.id
      LEFT JOIN approvals ON approvals.id = entries.id
      LEFT JOIN LATERAL (
        SELECT greatest(coalesce(sum(amount) FILTER (WHERE side = 'debit'), 0),
                        coalesce(sum(amount) FILTER (WHERE side = 'credit'), 0))::bigint AS amount,
               (array_agg(accounts.member_id) FILTER (WHERE accounts.member_id IS NOT NULL))[1] AS member_id
          FROM postings JOIN accounts ON accounts.id = postings.account_id
         WHERE postings.business_on = undone.business_on AND postings.entry_id = undone.id
           AND postings.row_id = entries.reverses_row_id
      ) AS row_of ON true
      LEFT JOIN LATERAL (
        SELECT sum(amount)::bigint AS amount
          FROM postings JOIN accounts ON accounts.id = postings.account_id
         WHERE postings.business_on = entries.business_on AND postings.entry_id = entries.id
           AND postings.side = 'debit' AND accounts.ledger = '{_OWED}'
      ) AS owed ON true
      LEFT JOIN members ON members.id = row_of.member_id
      LEFT JOIN staff AS officer ON officer.id = undone.officer_id
      LEFT JOIN staff AS maker ON maker.id = entries.maker_id
      LEFT JOIN staff AS checker ON checker.id = entries.checker_id
     WHERE {BELOW}
"""  # noqa: S608 - only texts of the house

_HOLIDAYS = """
    SELECT holidays."on" AS holiday_on, holidays.id AS holiday_id,
           holidays.name_bn AS holiday_bn, holidays.name_en AS holiday_en,
           offices.name_bn AS declared_for_bn, offices.name_en AS declared_for_en,
           samities.name_bn AS samity_bn, samities.name_en AS samity_en, holidays.holiday_set,
           maker.name_bn AS maker_bn, maker.name_en AS maker_en,
           checker.name_bn AS checker_bn, checker.name_en AS checker_en
      FROM holidays
      JOIN offices ON offices.id = holidays.office_id
      LEFT JOIN samities ON samities.id = holidays.samity_id
      LEFT JOIN staff AS maker ON maker.id = holidays.declared_by
      LEFT JOIN staff AS checker ON checker.id = holidays.agreed_by
     WHERE (starts_with(offices.path, :path) OR starts_with(:path, offices.path))
       AND holidays."on" BETWEEN :from_on AND :to_on
"""

_LOSSES = f"""
    SELECT * FROM (
        SELECT {OF_BRANCH}, offices.id AS office_id, accounts.ledger,
               concat(staff.name_en, ' ', accounts.owner_id) AS owner_key,
               staff.name_bn AS owed_by_bn, staff.name_en AS owed_by_en,
               moved.before AS owed_before, moved.opened AS loss_opened, moved.settled AS loss_settled,
               moved.before + moved.opened - moved.settled AS still_owed
          FROM offices
          JOIN accounts ON accounts.office_id = offices.id AND accounts.ledger = '{_OWED}'
          LEFT JOIN staff ON staff.id = accounts.owner_id
          CROSS JOIN LATERAL (
            SELECT coalesce(sum(CASE side WHEN 'debit' THEN amount ELSE -amount END)
                            FILTER (WHERE business_on < :from_on), 0)::bigint AS before,
                   coalesce(sum(amount) FILTER (WHERE side = 'debit' AND business_on >= :from_on), 0)::bigint
                       AS opened,
                   coalesce(sum(amount) FILTER (WHERE side = 'credit' AND business_on >= :from_on), 0)::bigint
                       AS settled
              FROM postings WHERE postings.account_id = accounts.id AND business_on <= :to_on
          ) AS moved
         WHERE {BELOW}
    ) AS standing
     WHERE owed_before <> 0 OR loss_opened <> 0 OR loss_settled <> 0
"""  # noqa: S608 - only texts of the house

SOURCES: dict[str, Source] = {
    FINDINGS.code: SqlSource(FINDINGS, _FINDINGS),
    REVERSALS.code: SqlSource(REVERSALS, _REVERSALS),
    HOLIDAYS.code: SqlSource(HOLIDAYS, _HOLIDAYS),
    OFFICER_LOSSES.code: SqlSource(OFFICER_LOSSES, _LOSSES),
}
