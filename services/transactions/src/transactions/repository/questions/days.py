"""What must be true of closed days: their totals, numbers, seals, and what they leave open."""

DAYS = {
    "DAY_TOTAL_IS_NOT_THE_POSTINGS": """
        SELECT office_id || ' ' || "on" || ' ' || ledger FROM (
            SELECT entries.office_id, entries.business_on AS "on",
                   coalesce(accounts.booked_under, accounts.ledger) AS ledger,
                   coalesce(sum(amount) FILTER (WHERE side = 'debit'), 0) AS debits,
                   coalesce(sum(amount) FILTER (WHERE side = 'credit'), 0) AS credits
              FROM entries
              JOIN postings
                ON postings.business_on = entries.business_on AND postings.entry_id = entries.id
              JOIN accounts ON accounts.id = postings.account_id
              JOIN days ON days.office_id = entries.office_id AND days."on" = entries.business_on
             WHERE days.status = 'closed'
             GROUP BY 1, 2, 3
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
    "CLOSED_DAY_WITHOUT_SEAL": """
        SELECT office_id || ' ' || "on" FROM days LEFT JOIN seals USING (office_id, "on")
         WHERE days.status = 'closed' AND seals.number IS NULL
    """,
    "DAYS_ARE_NOT_IN_ORDER": """
        SELECT days.office_id || ' ' || days."on" FROM days
         WHERE days.status IN ('open', 'closing')
           AND EXISTS (
                   SELECT FROM days AS later
                    WHERE later.office_id = days.office_id AND later."on" > days."on"
                      AND later.status <> 'waiting'
               )
    """,
    "VOUCHER_IS_NOT_ITS_ENTRY": """
        SELECT entries.id::text FROM vouchers JOIN entries ON entries.id = vouchers.entry_id
         WHERE (vouchers.office_id, vouchers.business_on) <> (entries.office_id, entries.business_on)
    """,
    "RECEIPT_COUNTER_IS_NOT_THE_RECEIPTS": """
        SELECT office_id || ' ' || year FROM (
            SELECT office_id, year, max(number) AS last FROM receipts GROUP BY office_id, year
        ) AS given
        FULL JOIN receipt_counters USING (office_id, year)
        WHERE given.last IS DISTINCT FROM receipt_counters.last
    """,
    "SEAL_HAS_NOT_ITS_LEAVES": """
        SELECT seals.office_id || ' ' || seals."on" || ' ' || seals.number FROM seals
          LEFT JOIN seal_leaves
            ON seal_leaves.office_id = seals.office_id AND seal_leaves."on" = seals."on"
               AND seal_leaves.seal = seals.number
         GROUP BY seals.office_id, seals."on", seals.number, seals.leaves
        HAVING count(seal_leaves.position) <> seals.leaves
    """,
}
