"""What must be true of entries, postings, accounts and totals (mechanics D6)."""

MONEY = {
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
    "MIS_IS_NOT_AIS": """
        WITH last AS (
            SELECT office_id, max("on") AS "on" FROM day_totals JOIN days USING (office_id, "on")
             WHERE days.status = 'closed' GROUP BY office_id
        ), statements AS (
            SELECT office_id, ledger, debits_to_date AS debits, credits_to_date AS credits
              FROM day_totals JOIN last USING (office_id, "on")
            UNION ALL
            SELECT entries.office_id, coalesce(accounts.booked_under, accounts.ledger) AS ledger,
                   coalesce(sum(amount) FILTER (WHERE side = 'debit'), 0),
                   coalesce(sum(amount) FILTER (WHERE side = 'credit'), 0)
              FROM entries
              JOIN postings
                ON postings.business_on = entries.business_on AND postings.entry_id = entries.id
              JOIN accounts ON accounts.id = postings.account_id
              LEFT JOIN last ON last.office_id = entries.office_id
             WHERE last."on" IS NULL OR entries.business_on > last."on"
             GROUP BY 1, 2
        )
        SELECT office_id || ' ' || ledger FROM (
            SELECT office_id, ledger, sum(debits) AS debits, sum(credits) AS credits
              FROM statements GROUP BY office_id, ledger
        ) AS stated
        FULL JOIN (
            SELECT office_id, coalesce(booked_under, ledger) AS ledger, sum(debits) AS debits,
                   sum(credits) AS credits
              FROM accounts GROUP BY 1, 2
        ) AS registered USING (office_id, ledger)
        WHERE (coalesce(stated.debits, 0), coalesce(stated.credits, 0))
              <> (coalesce(registered.debits, 0), coalesce(registered.credits, 0))
    """,
    "ACCOUNT_WITHOUT_ITS_TERMS": """
        SELECT accounts.id::text FROM accounts
          LEFT JOIN account_terms
            ON account_terms.account_id = accounts.id AND account_terms.version = accounts.terms_version
         WHERE accounts.member_id IS NOT NULL AND account_terms.account_id IS NULL
    """,
    "IN_TRANSIT_IS_NOT_THE_REMITTANCES": """
        SELECT booked || ' ' || sent FROM (
            SELECT coalesce((SELECT sum(balance) FROM accounts WHERE ledger = '1410'), 0) AS booked,
                   coalesce((SELECT sum(amount) FROM remittances JOIN entries USING (id)
                     WHERE NOT EXISTS (
                           SELECT FROM remittance_takings JOIN entries AS taken USING (id)
                            WHERE remittance_takings.remittance_id = remittances.id)), 0) AS sent
        ) AS way WHERE booked <> sent
    """,
    "ROW_BOOKED_TWICE": """
        SELECT row_id::text FROM postings
          JOIN entries ON entries.business_on = postings.business_on AND entries.id = postings.entry_id
         WHERE row_id IS NOT NULL
           AND entries.kind IN ('collection', 'deposit', 'repayment', 'fee', 'withdrawal')
         GROUP BY row_id HAVING count(*) > count(DISTINCT account_id) OR count(DISTINCT entry_id) > 1
    """,
    "REVERSED_ROW_IS_NOT_THERE": """
        SELECT entries.id::text FROM entries
         WHERE reverses_row_id IS NOT NULL
           AND NOT EXISTS (
                   SELECT FROM entries AS wrong
                     JOIN postings
                       ON postings.business_on = wrong.business_on AND postings.entry_id = wrong.id
                    WHERE wrong.id = entries.reverses_entry_id
                      AND postings.row_id = entries.reverses_row_id
               )
    """,
}
