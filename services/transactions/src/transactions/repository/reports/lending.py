"""The questions of reports of loans."""

from transactions.domain.reports.lending import ADVANCES, DISBURSEMENTS, DUES, OVERDUE
from transactions.repository.ageing import aged, days
from transactions.repository.reports.fragments import HER, OF_PRODUCT, SEEN
from transactions.repository.reports.sources import Source, SqlSource

_DISBURSEMENTS = f"""
    WITH {SEEN}
    SELECT seen.*, {HER},
           loans.code AS loan_code, loans.product_code, loans.fund, loans.sex, loans.disbursed_on,
           loans.principal, loans.charge, loans.principal + loans.charge AS payable,
           cardinality(agreed.due_on) AS instalments, agreed.due_on[1] AS first_due_on,
           agreed.due_on[cardinality(agreed.due_on)] AS matures_on, loan_payouts.how AS payout_how
      FROM seen
      JOIN members ON members.samity_id = seen.id
      JOIN loans ON loans.member_id = members.id AND loans.status <> 'undone'
                AND loans.disbursed_on BETWEEN :from_on AND :to_on AND {OF_PRODUCT}
      JOIN loan_schedules AS agreed ON agreed.loan_id = loans.id AND agreed.version = 1
      LEFT JOIN loan_payouts ON loan_payouts.loan_id = loans.id
"""  # noqa: S608 - only texts of the house

_ASKED = f"""
        SELECT loans.id AS loan_id
          FROM seen
          JOIN members ON members.samity_id = seen.id
          JOIN loans ON loans.member_id = members.id AND loans.disbursed_on <= :on
                    AND (loans.status = 'running' OR loans.ended_on > :on) AND {OF_PRODUCT}
"""  # noqa: S608 - only texts of the house

_OVERDUE = f"""
    WITH {SEEN}, asked AS (
        {_ASKED}
    ), aged AS ({aged("on")})
    SELECT seen.*, {HER},
           loans.code AS loan_code, loans.product_code, loans.disbursed_on, aged.oldest_unpaid_on,
           {days("aged", "on")} AS days_late, agreed.due_on AS agreed_due_on,
           coalesce(least(CAST(:on AS date), aged.until_on) - agreed.due_on, 0) AS days_late_as_agreed,
           aged.outstanding, aged.overdue AS overdue_principal,
           greatest(aged.overdue,
                    coalesce(due[width_bucket(until_on - 1, aged.due_on)]
                             + due_charge[width_bucket(until_on - 1, aged.due_on)], 0)
                    - aged.paid - aged.charge_paid) AS overdue_in_all
      FROM aged
      CROSS JOIN LATERAL (
        SELECT first.due_on[width_bucket(aged.paid, aged.due) + 1] AS due_on
          FROM loan_schedules AS first
         WHERE first.loan_id = aged.loan_id AND first.version <= aged.version_then
           AND first.reason <> 'holiday'
         ORDER BY first.version DESC LIMIT 1
      ) AS agreed
      JOIN loans ON loans.id = aged.loan_id
      JOIN members ON members.id = loans.member_id
      JOIN seen ON seen.id = members.samity_id
     WHERE aged.outstanding > 0 AND aged.oldest_unpaid_on IS NOT NULL
"""  # noqa: S608 - only texts of the house


def _standing(figure: str, where: str) -> str:
    """Return the question for loans by what has fallen due and what is paid at the end of a day."""
    return f"""
    WITH {SEEN}, asked AS ({_ASKED}), aged AS ({aged("on")}), standing AS (
        SELECT aged.loan_id, aged.outstanding, aged.paid + aged.charge_paid AS paid_until_then, at.due_by,
               coalesce(aged.due[at.due_by] + aged.due_charge[at.due_by], 0) AS due_until_then
          FROM aged
          CROSS JOIN LATERAL (SELECT width_bucket(aged.until_on, aged.due_on) AS due_by) AS at
    )
    SELECT seen.*, {HER}, loans.code AS loan_code, loans.product_code, standing.outstanding,
           due_by AS instalments_due, due_until_then, paid_until_then, {figure}
      FROM standing
      JOIN loans ON loans.id = standing.loan_id
      JOIN members ON members.id = loans.member_id
      JOIN seen ON seen.id = members.samity_id
     WHERE {where}
    """  # noqa: S608 - only texts of the house


_DUES = _standing("due_until_then - paid_until_then AS due", "due_until_then > paid_until_then")
_ADVANCES = _standing("paid_until_then - due_until_then AS advance", "paid_until_then > due_until_then")

SOURCES: dict[str, Source] = {
    DISBURSEMENTS.code: SqlSource(DISBURSEMENTS, _DISBURSEMENTS),
    DUES.code: SqlSource(DUES, _DUES),
    OVERDUE.code: SqlSource(OVERDUE, _OVERDUE),
    ADVANCES.code: SqlSource(ADVANCES, _ADVANCES),
}
