"""What must be true of what was written by hand, of money between offices, and of years that are closed."""

BOOK = {
    "VOUCHER_BY_HAND_IS_NOT_ITS_ENTRY": """
        SELECT entries.id::text FROM entries
          LEFT JOIN manual_vouchers ON manual_vouchers.id = entries.id
         WHERE entries.kind = 'voucher'
           AND (manual_vouchers.office_id IS DISTINCT FROM entries.office_id
                OR manual_vouchers.amount <> (
                   SELECT sum(postings.amount) FROM postings
                    WHERE postings.business_on = entries.business_on AND postings.entry_id = entries.id
                      AND side = 'debit'
                ))
    """,
    "REMITTANCE_IS_NOT_ITS_ENTRIES": """
        SELECT entries.id::text FROM (
            SELECT id, from_office_id AS office_id, amount FROM remittances
             UNION ALL
            SELECT remittance_takings.id, office_id, amount
              FROM remittance_takings JOIN remittances ON remittances.id = remittance_id
        ) AS legs
        JOIN entries ON entries.id = legs.id
        WHERE legs.office_id <> entries.office_id
           OR legs.amount <> (
                  SELECT coalesce(sum(postings.amount), 0)
                    FROM postings JOIN accounts ON accounts.id = postings.account_id
                   WHERE postings.business_on = entries.business_on AND postings.entry_id = entries.id
                     AND accounts.ledger = '1410'
              )
    """,
    "REMITTANCE_TAKEN_TWICE": """
        SELECT remittance_id::text FROM remittance_takings JOIN entries USING (id)
         GROUP BY remittance_id HAVING count(*) > 1
    """,
    "YEAR_IS_NOT_ITS_ENTRY": """
        SELECT year_closings.office_id || ' ' || year FROM year_closings
         WHERE surplus <> (
                   SELECT coalesce(sum(CASE side WHEN 'credit' THEN amount ELSE -amount END), 0)
                     FROM postings JOIN accounts ON accounts.id = postings.account_id
                    WHERE postings.business_on = year_closings.business_on
                      AND postings.entry_id = year_closings.id AND accounts.ledger = '3110'
               )
    """,
}
