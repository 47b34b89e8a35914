"""What must be true of withdrawals, closings and interest."""

SAVINGS = {
    "PROMISED_IS_NOT_THE_WITHDRAWALS": """
        SELECT accounts.id::text FROM accounts
          LEFT JOIN (
                SELECT account_id, sum(amount) AS promised FROM withdrawals
                 WHERE state IN ('approved', 'carried') GROUP BY account_id
               ) AS approved ON approved.account_id = accounts.id
         WHERE accounts.member_id IS NOT NULL AND accounts.pending_out <> coalesce(promised, 0)
    """,
    "CLOSED_ACCOUNT_HOLDS_MONEY": """
        SELECT id::text FROM accounts
         WHERE closed AND (balance + pending_out <> 0 OR (pending_in <> 0 AND ledger <> '1310'))
    """,
    "PROMISED_IS_MORE_THAN_THE_BALANCE": """
        SELECT id::text FROM accounts
         WHERE member_id IS NOT NULL AND grows_on = 'credit' AND pending_out > balance
    """,
    "PAID_WITHDRAWAL_IS_NOT_IN_THE_BOOK": """
        SELECT withdrawals.id::text FROM withdrawals
          LEFT JOIN entries ON entries.id = withdrawals.id
          LEFT JOIN postings
            ON postings.business_on = entries.business_on AND postings.entry_id = entries.id
               AND postings.account_id = withdrawals.account_id
         WHERE (withdrawals.state = 'paid') <> (postings.amount IS NOT NULL)
            OR postings.amount <> withdrawals.amount OR postings.side <> 'debit'
    """,
    "FLOAT_IS_NOT_ITS_WITHDRAWALS": """
        SELECT floats.id::text FROM floats
          LEFT JOIN (
                SELECT float_id, sum(amount) AS amount, bool_and(state = 'paid') AS paid FROM withdrawals
                 WHERE float_id IS NOT NULL GROUP BY float_id
               ) AS carried ON carried.float_id = floats.id
         WHERE (floats.state IN ('issued', 'accepted') AND carried.amount IS DISTINCT FROM floats.amount)
            OR (floats.state = 'settled'
                AND NOT coalesce(carried.paid AND carried.amount <= floats.amount, true))
            OR (floats.state IN ('returned', 'withdrawn') AND carried.float_id IS NOT NULL)
    """,
    "PAID_IN_THE_FIELD_WITHOUT_ITS_ROW": """
        SELECT withdrawals.id::text FROM withdrawals
          LEFT JOIN sheet_rows
            ON sheet_rows.withdrawal_id = withdrawals.id AND sheet_rows.amount IS NOT NULL
          LEFT JOIN postings ON postings.entry_id = withdrawals.id AND postings.row_id = sheet_rows.row_id
         WHERE withdrawals.state = 'paid' AND withdrawals.float_id IS NOT NULL
           AND (sheet_rows.state IS DISTINCT FROM 'authorised' OR postings.amount IS NULL
                OR sheet_rows.amount <> withdrawals.amount)
    """,
    "PROVISION_IS_NOT_THE_ACCRUALS": """
        SELECT office_id::text FROM (
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
    "INTEREST_RUN_IS_NOT_ITS_POSTINGS": """
        SELECT run_id::text FROM (
            SELECT run_id, sum(amount) AS credited FROM interest_postings GROUP BY run_id
            UNION ALL
            SELECT id, -amount FROM interest_runs WHERE kind = 'posting'
        ) AS runs GROUP BY run_id HAVING sum(credited) <> 0
    """,
}
