"""What must be true of loans, their accounts, schedules and classes (mechanics D5)."""

LENDING = {
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
    "PAID_AND_OUTSTANDING_ARE_NOT_THE_PRINCIPAL": """
        SELECT loans.id::text FROM loans
          JOIN accounts ON accounts.id = loans.account_id
          LEFT JOIN LATERAL (
                SELECT sum(CASE side WHEN 'credit' THEN amount ELSE -amount END) AS all_in_all
                  FROM postings
                  JOIN entries ON entries.business_on = postings.business_on AND entries.id = entry_id
                 WHERE postings.account_id IN (
                           SELECT loans.account_id
                           UNION ALL
                           SELECT account_id FROM transferred_accounts WHERE loan_id = loans.id
                       )
                   AND entries.kind NOT IN ('transfer_out', 'transfer_in')
                   AND NOT (entry_id = loans.id AND side = 'debit')
               ) AS paid ON true
         WHERE loans.status = 'running'
           AND loans.principal - accounts.balance <> coalesce(paid.all_in_all, 0)
    """,
    "REPAID_LOAN_OWES_CHARGE": """
        SELECT loans.id::text FROM loans
          JOIN accounts ON accounts.ledger = '4110' AND accounts.owner_id = loans.id
         WHERE loans.status = 'repaid'
         GROUP BY loans.id, loans.charge HAVING sum(accounts.balance) <> loans.charge
    """,
    "LOAN_STANDS_OTHERWISE_THAN_IT_WAS_TOLD": """
        SELECT loans.id::text FROM loans
          LEFT JOIN LATERAL (
                SELECT data ->> 'status' AS status FROM outbox
                 WHERE name = 'loan_closed' AND data ->> 'loan_id' = loans.id::text
                 ORDER BY (data ->> 'version')::integer DESC LIMIT 1
               ) AS told ON true
         WHERE coalesce(told.status, 'running') <> loans.status
           AND (told.status IS NOT NULL OR loans.ended_on > current_date - 30)
    """,
}
