"""The questions of reports that read closed months."""

from contracts.transactions.classes_words import LOAN_CLASSES
from transactions.domain.reports.ratios import PROVISION, RATIOS
from transactions.repository.reports.sources import Source, SqlSource

_TOLD = """
told AS (
    SELECT offices.id AS office_id, offices.code AS branch_code, offices.name_bn AS branch_bn,
           offices.name_en AS branch_en, snapshots.month, snapshots.until AS month_end
      FROM snapshots
      JOIN offices ON offices.id = snapshots.office_id
     WHERE starts_with(offices.path, :path) AND snapshots.stage = 'finished'
       AND snapshots.month = date_trunc('month', CAST(:on AS date) + 1) - interval '1 month'
)"""
"""The branches whose snapshot of the last month that had ended by a day is whole."""


def _at_least(loan_class: str) -> str:
    """Return the sum of the principal in a class or a worse one."""
    return f"sum(outstanding) FILTER (WHERE loan_class >= {LOAN_CLASSES.index(loan_class)})"


_RATIOS = f"""
    WITH {_TOLD}
    SELECT told.*,
           (SELECT count(*) FROM staff
             WHERE staff.office_id = told.office_id AND role = 'field_officer'
               AND coalesce(from_on, month_end) <= month_end AND coalesce(to_on, month_end) >= month_end
               AND (active OR to_on IS NOT NULL)) AS officers,
           (SELECT coalesce(sum(borrowers), 0) FROM member_snapshots AS people
             WHERE people.office_id = told.office_id AND people.month = told.month) AS borrower_count,
           coalesce(recoverable, 0) AS recoverable, coalesce(collected_regular, 0) AS collected_regular,
           coalesce(recoverable_ever, 0) AS recoverable_ever, coalesce(recovered_ever, 0) AS recovered_ever,
           coalesce(outstanding, 0) AS outstanding, coalesce(overdue, 0) AS overdue_principal,
           coalesce(at_risk, 0) AS at_risk, coalesce(at_risk_sub_standard, 0) AS at_risk_sub_standard,
           coalesce(at_risk_doubtful, 0) AS at_risk_doubtful, coalesce(at_risk_bad, 0) AS at_risk_bad,
           coalesce(average_outstanding, 0) AS average_outstanding,
           coalesce(charge_recovered, 0) AS charge_recovered
      FROM told
      CROSS JOIN LATERAL (
        SELECT sum(lent.recoverable) FILTER (WHERE lent.month = told.month) AS recoverable,
               sum(regular_recovered) FILTER (WHERE lent.month = told.month) AS collected_regular,
               sum(lent.recoverable) AS recoverable_ever,
               sum(due_recovered + regular_recovered) AS recovered_ever,
               div(sum(opening + outstanding) FILTER (WHERE lent.month = told.month) + 1, 2)
                   AS average_outstanding,
               sum(recovered_charge) FILTER (WHERE lent.month = told.month) AS charge_recovered
          FROM loan_snapshots AS lent
         WHERE lent.office_id = told.office_id AND lent.month <= told.month
      ) AS lent
      CROSS JOIN LATERAL (
        SELECT sum(outstanding) AS outstanding, sum(overdue) AS overdue, sum(at_risk) AS at_risk,
               {_at_least("sub_standard")} AS at_risk_sub_standard,
               {_at_least("doubtful")} AS at_risk_doubtful, {_at_least("bad")} AS at_risk_bad
          FROM class_totals
         WHERE class_totals.office_id = told.office_id AND class_totals.month = told.month
      ) AS classed
"""  # noqa: S608 - only texts of the house

_CLASSES = ", ".join(f"({at}, '{name}')" for at, name in enumerate(LOAN_CLASSES))
_PROVISION = f"""
    WITH {_TOLD}
    SELECT branch_code, branch_bn, branch_en, month_end, product_code, fund, classes.place AS class_order,
           classes.name AS loan_class, sum(loans) AS borrowers, sum(outstanding) AS outstanding,
           sum(overdue) AS overdue_principal, sum(at_risk) AS at_risk, sum(provision) AS provision
      FROM told
      JOIN class_totals ON class_totals.office_id = told.office_id AND class_totals.month = told.month
      JOIN (VALUES {_CLASSES}) AS classes (place, name) ON classes.place = loan_class
     WHERE CAST(:product_code AS text) IS NULL OR product_code = CAST(:product_code AS text)
     GROUP BY branch_code, branch_bn, branch_en, month_end, product_code, fund, classes.place, classes.name
"""  # noqa: S608 - only texts of the house

SOURCES: dict[str, Source] = {
    RATIOS.code: SqlSource(RATIOS, _RATIOS),
    PROVISION.code: SqlSource(PROVISION, _PROVISION),
}
