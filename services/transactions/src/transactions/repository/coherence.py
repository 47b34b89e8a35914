"""Questions whose every answer is a fault: do totals, balances, postings and numbers agree? (D6, R1.9)."""

from collections.abc import Iterator

from sqlalchemy import select, text

from chassis.work import Work
from transactions.domain.coherence import Fault
from transactions.models.projections import offices

FAULTS = {
    "ENTRY_UNBALANCED": """
        SELECT entries.id::text FROM entries
          LEFT JOIN postings
            ON postings.business_on = entries.business_on AND postings.entry_id = entries.id
         GROUP BY entries.id
        HAVING count(postings.number) <> entries.lines
            OR sum(CASE side WHEN 'debit' THEN amount ELSE -amount END) <> 0
    """,
    "BALANCE_IS_NOT_THE_POSTINGS": """
        SELECT accounts.id::text FROM accounts
          LEFT JOIN (
                SELECT account_id, count(*) AS lines, min(sequence) AS first, max(sequence) AS last,
                       coalesce(sum(amount) FILTER (WHERE side = 'debit'), 0) AS debits,
                       coalesce(sum(amount) FILTER (WHERE side = 'credit'), 0) AS credits
                  FROM postings GROUP BY account_id
               ) AS posted ON posted.account_id = accounts.id
         WHERE (accounts.debits, accounts.credits, accounts.sequence)
               <> (coalesce(posted.debits, 0), coalesce(posted.credits, 0), coalesce(posted.lines, 0))
            OR coalesce(posted.first, 1) <> 1 OR coalesce(posted.last, 0) <> coalesce(posted.lines, 0)
    """,
    "BALANCE_AFTER_IS_NOT_THE_ONE_BEFORE_AND_THE_AMOUNT": """
        SELECT account_id || ' ' || sequence FROM (
            SELECT postings.account_id, postings.sequence, balance_after,
                   sum(CASE WHEN side = grows_on THEN amount ELSE -amount END)
                       OVER (PARTITION BY postings.account_id ORDER BY postings.sequence) AS running
              FROM postings JOIN accounts ON accounts.id = postings.account_id
        ) AS lines WHERE balance_after <> running
    """,
    "DAY_TOTAL_IS_NOT_THE_POSTINGS": """
        SELECT office_id || ' ' || "on" || ' ' || ledger FROM (
            SELECT entries.office_id, entries.business_on AS "on", accounts.ledger,
                   coalesce(sum(amount) FILTER (WHERE side = 'debit'), 0) AS debits,
                   coalesce(sum(amount) FILTER (WHERE side = 'credit'), 0) AS credits
              FROM entries
              JOIN postings
                ON postings.business_on = entries.business_on AND postings.entry_id = entries.id
              JOIN accounts ON accounts.id = postings.account_id
              JOIN days ON days.office_id = entries.office_id AND days."on" = entries.business_on
             WHERE days.status = 'closed'
             GROUP BY entries.office_id, entries.business_on, accounts.ledger
        ) AS posted
        FULL JOIN (
            SELECT office_id, "on", ledger, debits, credits FROM day_totals
              JOIN days USING (office_id, "on")
             WHERE days.status = 'closed' AND debits + credits > 0
        ) AS kept USING (office_id, "on", ledger)
        WHERE (posted.debits, posted.credits) IS DISTINCT FROM (kept.debits, kept.credits)
    """,
    "TOTAL_TO_DATE_IS_NOT_THE_DAYS": """
        SELECT office_id || ' ' || "on" || ' ' || ledger FROM (
            SELECT office_id, "on", ledger, debits_to_date, credits_to_date,
                   sum(debits) OVER days AS debits, sum(credits) OVER days AS credits
              FROM day_totals WINDOW days AS (PARTITION BY office_id, ledger ORDER BY "on")
        ) AS totals WHERE (debits_to_date, credits_to_date) <> (debits, credits)
    """,
    "CLOSED_DAY_HAS_ENTRY_WITHOUT_VOUCHER": """
        SELECT entries.id::text FROM entries
          JOIN days ON days.office_id = entries.office_id AND days."on" = entries.business_on
          LEFT JOIN vouchers ON vouchers.entry_id = entries.id
         WHERE days.status = 'closed' AND vouchers.entry_id IS NULL
    """,
    "VOUCHER_NUMBERS_HAVE_A_GAP": """
        SELECT office_id || ' ' || kind || ' ' || fiscal_year FROM vouchers
         GROUP BY office_id, kind, fiscal_year HAVING max(number) <> count(*)
    """,
    "RECEIPT_NUMBERS_HAVE_A_GAP": """
        SELECT office_id || ' ' || year FROM receipts
         GROUP BY office_id, year HAVING max(number) <> count(*)
    """,
    "PENDING_IS_NOT_THE_ROWS": """
        SELECT accounts.id::text FROM accounts
          LEFT JOIN (
                SELECT account_id, sum(amount) AS waiting FROM sheet_rows
                 WHERE state <> 'authorised' AND code IS NULL AND amount IS NOT NULL
                 GROUP BY account_id
               ) AS rows ON rows.account_id = accounts.id
         WHERE accounts.member_id IS NOT NULL AND accounts.pending_in <> coalesce(waiting, 0)
    """,
    "PROMISED_IS_NOT_THE_WITHDRAWALS": """
        SELECT accounts.id::text FROM accounts
          LEFT JOIN (
                SELECT account_id, sum(amount) AS promised FROM withdrawals
                 WHERE state = 'approved' GROUP BY account_id
               ) AS approved ON approved.account_id = accounts.id
         WHERE accounts.member_id IS NOT NULL AND accounts.pending_out <> coalesce(promised, 0)
    """,
    "CLOSED_ACCOUNT_HOLDS_MONEY": """
        SELECT id::text FROM accounts
         WHERE closed AND (balance + pending_out <> 0 OR (pending_in <> 0 AND ledger <> '1310'))
    """,
    "CLASS_TOTAL_IS_NOT_THE_LOANS": """
        SELECT office_id || ' ' || month || ' ' || product_code || ' ' || loan_class FROM (
            SELECT loan_classes.office_id, loan_classes.month, product_code, fund, sex, loan_class,
                   count(*) AS loans, sum(outstanding) AS outstanding, sum(overdue) AS overdue
              FROM loan_classes
              JOIN class_runs
                ON class_runs.office_id = loan_classes.office_id AND class_runs.month = loan_classes.month
             WHERE class_runs.state = 'finished'
             GROUP BY loan_classes.office_id, loan_classes.month, product_code, fund, sex, loan_class
        ) AS found
        FULL JOIN (
            SELECT office_id, month, product_code, fund, sex, loan_class, loans, outstanding, overdue
              FROM class_totals
        ) AS kept USING (office_id, month, product_code, fund, sex, loan_class)
        WHERE (found.loans, found.outstanding, found.overdue)
              IS DISTINCT FROM (kept.loans, kept.outstanding, kept.overdue)
    """,
    "LOAN_IS_NOT_ITS_ACCOUNT": """
        SELECT loans.id::text FROM loans JOIN accounts ON accounts.id = loans.account_id
         WHERE (loans.status = 'running') = accounts.closed
            OR (loans.status <> 'running' AND accounts.balance <> 0)
            OR accounts.ledger <> '1310' OR accounts.member_id <> loans.member_id
            OR accounts.balance > loans.principal
    """,
    "CHARGE_IS_NOT_THE_LOANS": """
        SELECT loans.id::text FROM loans
          JOIN accounts ON accounts.ledger = '4110' AND accounts.owner_id = loans.id
         GROUP BY loans.id, loans.charge
        HAVING sum(accounts.balance) < 0 OR sum(accounts.balance) > loans.charge
    """,
    "SCHEDULE_IS_NOT_THE_LOAN": """
        SELECT loan_id || ' ' || loan_schedules.version FROM loan_schedules
          JOIN loans ON loans.id = loan_schedules.loan_id
         WHERE loan_schedules.principal[cardinality(due_on)] <> loans.principal
            OR loan_schedules.charge[cardinality(due_on)] <> loans.charge
            OR EXISTS (
                   SELECT FROM generate_series(2, cardinality(due_on)) AS row
                    WHERE due_on[row] <= due_on[row - 1]
                       OR loan_schedules.principal[row] < loan_schedules.principal[row - 1]
                       OR loan_schedules.charge[row] < loan_schedules.charge[row - 1]
               )
    """,
    "SCHEDULE_IN_FORCE_IS_NOT_THERE": """
        SELECT loans.id::text FROM loans
          LEFT JOIN loan_schedules
            ON loan_schedules.loan_id = loans.id AND loan_schedules.version = loans.schedule_version
         WHERE loan_schedules.due_on[cardinality(loan_schedules.due_on)] IS DISTINCT FROM loans.matures_on
    """,
    "CLOSED_DAY_WITHOUT_SEAL": """
        SELECT office_id || ' ' || "on" FROM days LEFT JOIN seals USING (office_id, "on")
         WHERE days.status = 'closed' AND seals.number IS NULL
    """,
}
_SHOWN = 100


class CoherenceStore:
    """Looks for what cannot be, over the whole book."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def see_one_moment(self) -> None:
        """Let all questions of this transaction see the same state, and take the time that they need."""
        self._session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        self._session.execute(text("SET LOCAL statement_timeout = 0"))

    def faults(self) -> Iterator[Fault]:
        """Find what disagrees, at most a hundred of a kind."""
        for code, question in FAULTS.items():
            rows = self._session.execute(text(question)).scalars().fetchmany(_SHOWN)
            yield from (Fault(code, subject) for subject in rows)

    def office_ids(self) -> tuple[str, ...]:
        """Return all offices."""
        return tuple(self._session.execute(select(offices.c.id).order_by(offices.c.path)).scalars())
