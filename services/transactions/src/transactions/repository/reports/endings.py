"""The questions of reports of how loans end."""

from transactions.domain.reports.endings import (
    FULLY_PAID,
    REBATES,
    WAIVERS,
    WRITE_OFF_COLLECTIONS,
    WRITE_OFFS,
)
from transactions.repository.reports.fragments import HER, OF_PRODUCT, SEEN, SIGNED
from transactions.repository.reports.sources import Source, SqlSource

_LOANS = f"""
      FROM seen
      JOIN members ON members.samity_id = seen.id
      JOIN loans ON loans.member_id = members.id AND {OF_PRODUCT}
"""

_SHOWN = f"""seen.*, {HER}, loans.code AS loan_code, loans.product_code, loans.disbursed_on, loans.principal,
           loans.charge"""

_FULLY_PAID = f"""
    WITH {SEEN}
    SELECT {_SHOWN}, loans.ended_on, loans.status AS ended_how
    {_LOANS}
     WHERE loans.status IN ('repaid', 'settled') AND loans.ended_on BETWEEN :from_on AND :to_on
"""


def _ended(kind: str, columns: str, where: str = "true") -> str:
    """Return the question for loans that a decision ended, one that was not undone since."""
    return f"""
    WITH {SEEN}
    SELECT {_SHOWN}, loan_endings.on AS ended_on, {columns}
    {_LOANS}
      JOIN loan_endings ON loan_endings.loan_id = loans.id AND loan_endings.kind = '{kind}'
                       AND loan_endings.undone_by IS NULL
                       AND loan_endings.on BETWEEN :from_on AND :to_on
      LEFT JOIN LATERAL (
            SELECT coalesce(sum(claims.balance), 0)::bigint AS recovered FROM accounts AS claims
             WHERE claims.owner_id = loans.id AND claims.ledger = :recovered_ledger
           ) AS recoveries ON true
     WHERE {where}
    """  # noqa: S608 - only texts of the house


_REBATES = _ended(
    "settled",
    "loan_endings.principal AS settled_principal, loan_endings.charge AS settled_charge, loan_endings.rebate",
    "loan_endings.rebate > 0",
)
_WAIVERS = _ended(
    "waived",
    "died_on, loan_endings.principal AS waived_principal, loan_endings.charge AS waived_charge, evidence",
)
_WRITE_OFFS = _ended(
    "written_off",
    "loan_endings.principal AS written_off, claim, recovered, claim - recovered AS claim_left",
)

_COLLECTIONS = f"""
    WITH {SEEN}
    SELECT seen.*, {HER}, loans.code AS loan_code, postings.business_on AS collected_on, postings.entry_id,
           max(postings.receipt) AS receipt, sum({SIGNED})::bigint AS collected
    {_LOANS}
      JOIN accounts ON accounts.owner_id = loans.id AND accounts.ledger = :recovered_ledger
      JOIN postings ON postings.account_id = accounts.id
                   AND postings.business_on BETWEEN :from_on AND :to_on
     GROUP BY seen.id, seen.samity_code, seen.samity_bn, seen.samity_en, seen.officer_id, seen.officer_bn,
              seen.officer_en, seen.office_id, seen.branch_code, seen.branch_bn, seen.branch_en,
              members.code, members.name_bn, members.name_en, loans.code, postings.business_on,
              postings.entry_id
"""

SOURCES: dict[str, Source] = {
    FULLY_PAID.code: SqlSource(FULLY_PAID, _FULLY_PAID),
    REBATES.code: SqlSource(REBATES, _REBATES),
    WAIVERS.code: SqlSource(WAIVERS, _WAIVERS),
    WRITE_OFFS.code: SqlSource(WRITE_OFFS, _WRITE_OFFS),
    WRITE_OFF_COLLECTIONS.code: SqlSource(WRITE_OFF_COLLECTIONS, _COLLECTIONS),
}
