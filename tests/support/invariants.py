"""What must be true of the books at any moment, as questions that answer with no rows (mechanics S4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psycopg2.extensions import connection

LEDGER = {
    "between branches nothing stays on its way": """
        SELECT sum(balance) FROM accounts WHERE ledger = '1410' HAVING sum(balance) <> 0
    """,
    "every entry balances": """
        SELECT entry_id FROM postings GROUP BY entry_id
        HAVING sum(CASE side WHEN 'debit' THEN amount ELSE -amount END) <> 0
    """,
    "every entry has all of its postings": """
        SELECT entries.id FROM entries LEFT JOIN postings ON postings.entry_id = entries.id
        GROUP BY entries.id, entries.lines HAVING count(postings.number) <> entries.lines
    """,
    "a balance is the sum of its postings": """
        SELECT accounts.id FROM accounts LEFT JOIN postings ON postings.account_id = accounts.id
        GROUP BY accounts.id
        HAVING accounts.balance <> coalesce(
            sum(CASE WHEN side = grows_on THEN amount ELSE -amount END), 0)
    """,
    "sequences have no gaps": """
        SELECT account_id FROM postings GROUP BY account_id
        HAVING max(sequence) <> count(*) OR min(sequence) <> 1
    """,
    "the last balance after is the balance": """
        SELECT accounts.id FROM accounts JOIN postings
            ON postings.account_id = accounts.id AND postings.sequence = accounts.sequence
        WHERE postings.balance_after <> accounts.balance
    """,
    "each balance after follows from the one before": """
        SELECT account_id FROM (
            SELECT postings.account_id, balance_after
                   - coalesce(lag(balance_after) OVER (PARTITION BY account_id ORDER BY postings.sequence), 0)
                   AS moved,
                   CASE WHEN side = grows_on THEN amount ELSE -amount END AS said
            FROM postings JOIN accounts ON accounts.id = postings.account_id
        ) AS steps WHERE moved <> said
    """,
    "pending is what the sheets say": """
        SELECT accounts.id FROM accounts
        LEFT JOIN sheet_rows
            ON sheet_rows.account_id = accounts.id AND sheet_rows.state IN ('pending', 'returned')
        WHERE accounts.member_id IS NOT NULL
        GROUP BY accounts.id HAVING accounts.pending_in <> coalesce(sum(sheet_rows.amount), 0)
    """,
    "what is promised is what was agreed to and not paid": """
        SELECT accounts.id FROM accounts
        LEFT JOIN withdrawals ON withdrawals.account_id = accounts.id AND withdrawals.state = 'approved'
        WHERE accounts.member_id IS NOT NULL
        GROUP BY accounts.id HAVING accounts.pending_out <> coalesce(sum(withdrawals.amount), 0)
    """,
    "what was paid out is in the book as it was agreed to": """
        SELECT withdrawals.id FROM withdrawals LEFT JOIN postings
            ON postings.entry_id = withdrawals.id AND postings.account_id = withdrawals.account_id
        WHERE (withdrawals.state = 'paid') <> (postings.amount IS NOT NULL)
           OR postings.amount <> withdrawals.amount OR postings.side <> 'debit'
    """,
    "what is put aside for interest is in the book": """
        SELECT office_id FROM (
            SELECT office_id, sum(amount) AS aside FROM interest_accruals GROUP BY office_id
            UNION ALL
            SELECT office_id, -sum(provided) FROM interest_postings GROUP BY office_id
            UNION ALL
            SELECT office_id, -provisioned FROM account_closings WHERE undone_by IS NULL
            UNION ALL
            SELECT from_office_id, -provisioned FROM transferred_accounts
              JOIN transfers ON transfers.id = transfer_id
            UNION ALL
            SELECT office_id, -balance FROM accounts WHERE ledger = '2310'
        ) AS moved GROUP BY office_id HAVING sum(aside) <> 0
    """,
    "what runs credited is in the book": """
        SELECT run_id FROM (
            SELECT run_id, sum(amount) AS credited FROM interest_postings GROUP BY run_id
            UNION ALL
            SELECT id, -amount FROM interest_runs WHERE kind = 'posting'
        ) AS runs GROUP BY run_id HAVING sum(credited) <> 0
    """,
    "a closed account holds nothing": """
        SELECT id FROM accounts
        WHERE closed AND ((balance, pending_out) <> (0, 0) OR (pending_in <> 0 AND ledger <> '1310'))
    """,
    "a row is booked once": """
        SELECT row_id FROM postings JOIN entries ON entries.id = postings.entry_id
        WHERE row_id IS NOT NULL AND entries.kind IN ('collection', 'deposit', 'repayment')
        GROUP BY row_id HAVING count(*) > count(DISTINCT account_id) OR count(DISTINCT entry_id) > 1
    """,
    "a row in the book is a row of an authorised sheet": """
        SELECT row_id FROM sheet_rows JOIN sheets ON sheets.id = sheet_rows.sheet_id
        WHERE (sheet_rows.state = 'authorised') <> (sheets.status = 'authorised')
          AND sheet_rows.state <> 'unallocated'
    """,
    "what is paid of a loan and what is outstanding make up its principal": """
        SELECT loans.id FROM loans
        JOIN accounts ON accounts.id = loans.account_id
        LEFT JOIN LATERAL (
            SELECT sum(CASE side WHEN 'credit' THEN amount ELSE -amount END) AS all_in_all
            FROM postings JOIN entries ON entries.id = entry_id
            WHERE postings.account_id IN (
                SELECT loans.account_id
                UNION ALL
                SELECT account_id FROM transferred_accounts WHERE loan_id = loans.id)
              AND entries.kind NOT IN ('transfer_out', 'transfer_in')
              AND NOT (entry_id = loans.id AND side = 'debit')
        ) AS paid ON true
        WHERE loans.status = 'running'
          AND loans.principal - accounts.balance <> coalesce(paid.all_in_all, 0)
    """,
    "an ended loan owes nothing, a running one is open": """
        SELECT loans.id FROM loans JOIN accounts ON accounts.id = loans.account_id
        WHERE (loans.status = 'running' AND accounts.closed)
           OR (loans.status <> 'running' AND (NOT accounts.closed OR accounts.balance <> 0))
    """,
    "a repaid loan was paid to the last paisa of its charge": """
        SELECT loans.id FROM loans JOIN accounts ON accounts.ledger = '4110' AND accounts.owner_id = loans.id
        WHERE loans.status = 'repaid'
        GROUP BY loans.id, loans.charge HAVING sum(accounts.balance) <> loans.charge
    """,
    "schedules rise and end at the whole loan": """
        SELECT loan_id FROM (
            SELECT loan_schedules.loan_id, loan_schedules.version, said.*, loans.principal AS whole,
                   loans.charge AS all_charge,
                   lag(said.due) OVER rows AS due_before, lag(said.principal) OVER rows AS principal_before,
                   lag(said.charge) OVER rows AS charge_before, lead(said.due) OVER rows AS due_after
            FROM loan_schedules JOIN loans ON loans.id = loan_schedules.loan_id
            CROSS JOIN unnest(due_on, loan_schedules.principal, loan_schedules.charge)
                AS said(due, principal, charge)
            WINDOW rows AS (PARTITION BY loan_schedules.loan_id, loan_schedules.version ORDER BY said.due)
        ) AS steps
        WHERE due <= due_before OR principal < principal_before OR charge < charge_before
           OR (due_after IS NULL AND (principal, charge) <> (whole, all_charge))
    """,
    "a loan stands where it was told last": """
        SELECT loans.id FROM loans LEFT JOIN LATERAL (
            SELECT data ->> 'status' AS status FROM outbox
            WHERE name = 'loan_closed' AND data ->> 'loan_id' = loans.id::text
            ORDER BY (data ->> 'version')::integer DESC LIMIT 1
        ) AS told ON true
        WHERE coalesce(told.status, 'running') <> loans.status
    """,
}
"""For the transactions database."""

EVERYWHERE = {
    "no event is parked": "SELECT event_id FROM parked WHERE state = 'parked'",
}
"""For each service's database."""

UNDER_WAY = {
    "every event is told": "SELECT id FROM outbox WHERE sent_at IS NULL",
    "every event that met a fault was heard at a later try": """
        SELECT event_id FROM parked WHERE state = 'waiting'
    """,
}
"""For each service's database: true again soon after whatever happened."""


def broken(database: connection, questions: dict[str, str]) -> dict[str, int]:
    """The questions that answered with rows, each with how many: nothing, where all is well."""
    with database.cursor() as books:
        found = {}
        for what, question in questions.items():
            books.execute(question)
            found[what] = len(books.fetchall())
    return {what: count for what, count in found.items() if count}
