"""The questions of reports of savings and of a member's whole book."""

from transactions.domain.reports.savings import DORMANT, INTEREST_PROVISIONS, MEMBER_LEDGER, SAVINGS_REFUNDS
from transactions.repository.reports.fragments import HER, SEEN
from transactions.repository.reports.sources import Source, SqlSource

_ACCOUNTS = """
      FROM seen
      JOIN members ON members.samity_id = seen.id
      JOIN accounts ON accounts.member_id = members.id AND accounts.ledger = ANY(:savings_ledgers)
"""

_REFUNDS = f"""
    WITH {SEEN}, paid AS (
        SELECT accounts.id, postings.business_on AS paid_on, postings.entry_id,
               coalesce(undone.kind, entries.kind) AS entry_kind,
               sum(CASE postings.side WHEN 'debit' THEN amount ELSE -amount END)::bigint AS refunded
        {_ACCOUNTS}
          JOIN postings ON postings.account_id = accounts.id
                       AND postings.business_on BETWEEN :from_on AND :to_on
          JOIN entries ON entries.id = postings.entry_id
          LEFT JOIN entries AS undone ON undone.id = entries.reverses_entry_id
         WHERE coalesce(undone.kind, entries.kind) IN ('withdrawal', 'closing', 'nominee_payout')
         GROUP BY accounts.id, postings.business_on, postings.entry_id, coalesce(undone.kind, entries.kind)
    )
    SELECT seen.*, {HER}, accounts.code AS account_code, paid_on, entry_id, entry_kind, refunded
    {_ACCOUNTS}
      JOIN paid ON paid.id = accounts.id
"""

_PROVISIONS = f"""
    WITH {SEEN}
    SELECT seen.*, {HER}, accounts.code AS account_code, interest_accruals.month,
           interest_accruals.amount AS provided
    {_ACCOUNTS}
      JOIN interest_accruals ON interest_accruals.account_id = accounts.id
       AND interest_accruals.month BETWEEN date_trunc('month', CAST(:from_on AS date)) AND :to_on
"""

_DORMANT = f"""
    WITH {SEEN}
    SELECT seen.*, {HER}, accounts.code AS account_code, accounts.dormant_since,
           accounts.balance AS savings_balance
    {_ACCOUNTS}
     WHERE accounts.dormant_since IS NOT NULL AND NOT accounts.closed
"""

_LEDGER = f"""
    WITH {SEEN}, hers AS (
        SELECT accounts.id, accounts.code AS account_code, seen.branch_code, true AS is_own,
               false AS is_charge
          FROM seen
          JOIN members ON members.samity_id = seen.id AND members.id = :member_id
          JOIN accounts ON accounts.member_id = members.id
         UNION ALL
        SELECT paid.id, loans.code, seen.branch_code, false, paid.ledger = :charge_ledger
          FROM seen
          JOIN members ON members.samity_id = seen.id AND members.id = :member_id
          JOIN loans ON loans.member_id = members.id
          JOIN accounts AS paid ON paid.owner_id = loans.id
                               AND paid.ledger IN (:charge_ledger, :recovered_ledger)
    )
    SELECT branch_code, account_code, postings.entry_id, entries.kind AS entry_kind,
           postings.business_on, postings.value_on, max(postings.receipt) AS receipt,
           coalesce(max(postings.sequence) FILTER (WHERE is_own), 0) AS sequence,
           coalesce(sum(amount) FILTER (WHERE postings.side = 'credit'), 0)::bigint AS received,
           coalesce(sum(amount) FILTER (WHERE postings.side = 'debit'), 0)::bigint AS paid_out,
           coalesce(sum(CASE postings.side WHEN 'credit' THEN amount ELSE -amount END)
                    FILTER (WHERE is_charge), 0)::bigint AS of_it_charge,
           (array_agg(balance_after ORDER BY postings.sequence DESC) FILTER (WHERE is_own))[1]
               AS balance
      FROM hers
      JOIN postings ON postings.account_id = hers.id AND postings.business_on BETWEEN :from_on AND :to_on
      JOIN entries ON entries.id = postings.entry_id
     GROUP BY branch_code, account_code, postings.entry_id, entries.kind, postings.business_on,
              postings.value_on
"""  # noqa: S608 - only texts of the house

SOURCES: dict[str, Source] = {
    SAVINGS_REFUNDS.code: SqlSource(SAVINGS_REFUNDS, _REFUNDS),
    INTEREST_PROVISIONS.code: SqlSource(INTEREST_PROVISIONS, _PROVISIONS),
    DORMANT.code: SqlSource(DORMANT, _DORMANT),
    MEMBER_LEDGER.code: SqlSource(MEMBER_LEDGER, _LEDGER),
}
