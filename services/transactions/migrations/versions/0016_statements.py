"""What came and went as cash beside the totals of closed days, and the looks that statements need.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FLOWS = ("received", "paid", "received_to_date", "paid_to_date")

# Days that were closed before are told what came and went on them, once, by the owner.
FILL = """
WITH lines AS (
    SELECT entries.office_id, entries.business_on, accounts.ledger, postings.side, postings.amount,
           bool_or(accounts.ledger IN ('1110', '1120', '1130', '1140')) OVER (PARTITION BY entries.id)
               AND accounts.ledger NOT IN ('1110', '1120', '1130', '1140') AS of_cash
      FROM entries
      JOIN postings ON postings.business_on = entries.business_on AND postings.entry_id = entries.id
      JOIN accounts ON accounts.id = postings.account_id
), moved AS (
    SELECT office_id, business_on, ledger,
           coalesce(sum(amount) FILTER (WHERE side = 'credit' AND of_cash), 0) AS received,
           coalesce(sum(amount) FILTER (WHERE side = 'debit' AND of_cash), 0) AS paid
      FROM lines GROUP BY office_id, business_on, ledger
), told AS (
    SELECT day_totals.office_id, day_totals."on", day_totals.ledger,
           coalesce(moved.received, 0) AS received, coalesce(moved.paid, 0) AS paid,
           sum(coalesce(moved.received, 0)) OVER so_far AS received_to_date,
           sum(coalesce(moved.paid, 0)) OVER so_far AS paid_to_date
      FROM day_totals
      LEFT JOIN moved ON moved.office_id = day_totals.office_id AND moved.business_on = day_totals."on"
       AND moved.ledger = day_totals.ledger
    WINDOW so_far AS (PARTITION BY day_totals.office_id, day_totals.ledger ORDER BY day_totals."on")
)
UPDATE day_totals SET received = told.received, paid = told.paid,
       received_to_date = told.received_to_date, paid_to_date = told.paid_to_date
  FROM told
 WHERE told.office_id = day_totals.office_id AND told."on" = day_totals."on"
   AND told.ledger = day_totals.ledger
"""


def upgrade() -> None:
    for name in FLOWS:
        op.add_column("day_totals", sa.Column(name, sa.BigInteger(), server_default="0", nullable=False))
    op.execute("ALTER TABLE day_totals DISABLE TRIGGER stays")
    op.execute(FILL)
    op.execute("ALTER TABLE day_totals ENABLE TRIGGER stays")
    op.create_index("ix_vouchers_office_id_business_on", "vouchers", ["office_id", "business_on"])
    op.create_index("ix_approvals_subject_id", "approvals", ["subject_id"])
    op.create_index(
        "ix_entries_closing_years",
        "entries",
        ["office_id", "business_on"],
        postgresql_where="kind = 'year_closing'",
    )


def downgrade() -> None:
    op.drop_index("ix_entries_closing_years", table_name="entries")
    op.drop_index("ix_approvals_subject_id", table_name="approvals")
    op.drop_index("ix_vouchers_office_id_business_on", table_name="vouchers")
    for name in reversed(FLOWS):
        op.drop_column("day_totals", name)
