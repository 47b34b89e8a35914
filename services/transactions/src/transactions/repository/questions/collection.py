"""What must be true between the book and collection: rows, cash, money without an account."""

COLLECTION = {
    "PENDING_IS_NOT_THE_ROWS": """
        SELECT accounts.id::text FROM accounts
          LEFT JOIN (
                SELECT account_id, sum(amount) AS waiting FROM sheet_rows
                 WHERE state <> 'authorised' AND code IS NULL AND amount IS NOT NULL AND kind = 'collected'
                 GROUP BY account_id
               ) AS rows ON rows.account_id = accounts.id
         WHERE accounts.member_id IS NOT NULL AND accounts.pending_in <> coalesce(waiting, 0)
    """,
    "ROW_AUTHORISED_WITHOUT_ITS_SHEET": """
        SELECT row_id::text FROM sheet_rows JOIN sheets ON sheets.id = sheet_rows.sheet_id
         WHERE (sheet_rows.state = 'authorised') <> (sheets.status = 'authorised')
           AND sheet_rows.state <> 'unallocated'
    """,
    "CLOSED_DAY_LEFT_A_SHEET": """
        SELECT sheets.id::text FROM sheets
          JOIN LATERAL (
                SELECT "on", closed_at FROM days
                 WHERE days.office_id = sheets.office_id AND days.status = 'closed'
                 ORDER BY "on" DESC LIMIT 1
               ) AS last ON sheets.meeting_on <= last."on" AND sheets.issued_at < last.closed_at
          LEFT JOIN deferrals ON deferrals.sheet_id = sheets.id AND deferrals."on" = last."on"
         WHERE sheets.status NOT IN ('authorised', 'not_held') AND deferrals.id IS NULL
    """,
    "FEE_ROW_IS_NOT_ITS_FEE": """
        SELECT sheet_rows.row_id::text FROM sheet_rows
          LEFT JOIN (
                SELECT fees.*, postings.row_id, postings.amount AS booked FROM fees
                  JOIN postings ON postings.entry_id = fees.entry_id AND postings.side = 'credit'
               ) AS fee ON fee.row_id = sheet_rows.row_id
         WHERE sheet_rows.kind NOT IN ('collected', 'withdrawal')
           AND sheet_rows.code IS NULL AND sheet_rows.amount IS NOT NULL
           AND ((sheet_rows.state = 'authorised') <> (fee.entry_id IS NOT NULL)
                OR fee.member_id <> sheet_rows.member_id OR fee.kind <> replace(sheet_rows.kind, '_fee', '')
                OR fee.amount <> sheet_rows.amount OR fee.booked <> sheet_rows.amount)
    """,
    "COUNT_IS_NOT_THE_ROWS": """
        SELECT handovers.id::text FROM handovers
          JOIN handover_counts ON handover_counts.id = handovers.authorised_count_id
          LEFT JOIN (
                SELECT handover_id, sum(cash) AS cash FROM (
                    SELECT sheets.handover_id,
                           CASE sheet_rows.kind WHEN 'withdrawal' THEN -amount ELSE amount END AS cash
                      FROM sheets JOIN sheet_rows ON sheet_rows.sheet_id = sheets.id
                     WHERE sheet_rows.state IN ('authorised', 'unallocated')
                       AND sheet_rows.paid_by <> 'mobile_money'
                    UNION ALL
                    SELECT sheets.handover_id, floats.amount
                      FROM sheets JOIN floats ON floats.sheet_id = sheets.id
                     WHERE floats.state = 'settled'
                ) AS parts GROUP BY handover_id
               ) AS brought ON brought.handover_id = handovers.id
         WHERE coalesce(brought.cash, 0) <> handover_counts.expected
    """,
    "OFFICER_HOLDS_CASH_IN_THE_BOOK": """
        SELECT accounts.id::text FROM accounts
          LEFT JOIN (
                SELECT office_id, officer_id, sum(amount) AS amount FROM floats
                 WHERE state = 'accepted' GROUP BY office_id, officer_id
               ) AS taken ON taken.office_id = accounts.office_id AND taken.officer_id = accounts.owner_id
         WHERE accounts.ledger = '1120' AND accounts.balance <> coalesce(taken.amount, 0)
    """,
    "UNALLOCATED_IS_NOT_THE_RECEIPTS": """
        SELECT office_id::text FROM (
            SELECT office_id, balance AS kept FROM accounts WHERE ledger = '2210'
            UNION ALL
            SELECT office_id, -amount FROM unallocated_receipts WHERE state = 'open'
        ) AS moved GROUP BY office_id HAVING sum(kept) <> 0
    """,
    "APPLICANTS_MONEY_IS_NOT_THE_RECEIPTS": """
        SELECT office_id::text FROM (
            SELECT office_id, balance AS kept FROM accounts WHERE ledger = '2250'
            UNION ALL
            SELECT office_id, -amount FROM applicant_receipts WHERE state = 'held'
        ) AS moved GROUP BY office_id HAVING sum(kept) <> 0
    """,
}
