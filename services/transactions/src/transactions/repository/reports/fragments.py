"""What the questions of several reports have in common: who is seen, and what was collected."""

SEEN = """
seen AS (
    SELECT samities.id, samities.code AS samity_code, samities.name_bn AS samity_bn,
           samities.name_en AS samity_en, samities.officer_id,
           staff.name_bn AS officer_bn, staff.name_en AS officer_en,
           offices.id AS office_id, offices.code AS branch_code, offices.name_bn AS branch_bn,
           offices.name_en AS branch_en
      FROM samities
      JOIN offices ON offices.id = samities.branch_id
      LEFT JOIN staff ON staff.id = samities.officer_id
     WHERE starts_with(offices.path, :path)
       AND (CAST(:own_officer AS uuid) IS NULL OR samities.officer_id = CAST(:own_officer AS uuid))
       AND (CAST(:officer_id AS uuid) IS NULL OR samities.officer_id = CAST(:officer_id AS uuid))
       AND (CAST(:samity_id AS uuid) IS NULL OR samities.id = CAST(:samity_id AS uuid))
)"""
"""The samities of the offices asked for that the caller may see: a field officer's own (`:own_officer`)."""

OF_PRODUCT = "(CAST(:product_code AS text) IS NULL OR loans.product_code = CAST(:product_code AS text))"
"""Only the loans of a product, where one was asked for."""

COLLECTING = """(
    'collection', 'repayment', 'mobile_money', 'settlement', 'savings_to_loan', 'unallocated', 'correction'
)"""
"""The kinds of entries by which a borrower pays; what ends a loan without her money is none of them."""


SAVING = "('collection', 'deposit', 'mobile_money', 'unallocated', 'correction')"
"""The kinds of entries by which a member saves; interest and what a transfer brings are none of them."""


def paid_between(begin: str, end: str, *, in_old_books: bool = False) -> str:
    """Return the question for what each loan of `lent` was paid by value date, within two conditions.

    A reversal counts as what it reverses, with the other sign. Rows: loan_id, paid.

    Args:
        begin: The first value date that counts, as SQL; `'-infinity'` for all.
        end: The last one.
        in_old_books: Whether what was paid before its branch came over counts too (rule P13).
    """
    brought = "OR (entries.kind = 'opening' AND postings.side = 'credit')" if in_old_books else ""
    return f"""
    SELECT held.loan_id,
           sum(CASE postings.side WHEN 'credit' THEN amount ELSE -amount END)::bigint AS paid
      FROM (
            SELECT lent.loan_id, loans.account_id FROM lent JOIN loans ON loans.id = lent.loan_id
             UNION ALL
            SELECT loan_id, account_id FROM transferred_accounts
             WHERE loan_id IN (SELECT loan_id FROM lent)
             UNION ALL
            SELECT owner_id, id FROM accounts
             WHERE ledger = :charge_ledger AND owner_id IN (SELECT loan_id FROM lent)
           ) AS held
      JOIN postings ON postings.account_id = held.account_id
                   AND postings.value_on BETWEEN {begin} AND {end}
      JOIN entries ON entries.id = postings.entry_id
      LEFT JOIN entries AS undone ON undone.id = entries.reverses_entry_id
     WHERE coalesce(undone.kind, entries.kind) IN {COLLECTING} {brought}
     GROUP BY held.loan_id
    """  # noqa: S608 - only texts of the house


HER = "members.code AS member_code, members.name_bn AS member_bn, members.name_en AS member_en"
"""Who a row is about."""

BELOW = "starts_with(offices.path, :path)"
"""The offices asked for; only for reports that no field officer reads."""

OF_BRANCH = "offices.code AS branch_code, offices.name_bn AS branch_bn, offices.name_en AS branch_en"
"""Which branch a row is of."""

SIGNED = "CASE postings.side WHEN 'credit' THEN amount ELSE -amount END"
"""What a posting adds to an account that grows on the credit side."""


def balance_at(account: str, on: str, dates: str = "value_on") -> str:
    """Return what a savings account held at the end of a day: what it holds now without what came later.

    Args:
        account: The alias of `accounts`.
        on: The name of the parameter that says which day.
        dates: By which of the two dates (rule M2).
    """
    return f"""({account}.balance - coalesce((
        SELECT sum({SIGNED})::bigint FROM postings
         WHERE postings.account_id = {account}.id
           AND business_on > :{on} AND postings.{dates} > :{on}), 0))"""  # noqa: S608 - only texts of the house
