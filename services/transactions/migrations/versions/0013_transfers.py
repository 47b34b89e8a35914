"""Members who moved to another branch's book.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
TABLES = ("transfers", "transferred_accounts")


def upgrade() -> None:
    op.create_table(
        "transfers",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("from_office_id", ID, nullable=False),
        sa.Column("to_office_id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("from_office_id <> to_office_id", name="ck_transfers_between_two_offices"),
        sa.CheckConstraint(
            "value_on <= from_on AND value_on <= to_on", name="ck_transfers_valued_by_both_days"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_transfers"),
    )
    op.create_index("ix_transfers_member_id", "transfers", ["member_id"])
    op.create_table(
        "transferred_accounts",
        sa.Column("new_account_id", ID, nullable=False),
        sa.Column("transfer_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("loan_id", ID, nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("provisioned", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name="ck_transferred_accounts_amount_is_not_negative"),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfers.id"], name="fk_transferred_accounts_transfer_id"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_transferred_accounts_account_id"),
        sa.PrimaryKeyConstraint("new_account_id", name="pk_transferred_accounts"),
        sa.UniqueConstraint("account_id", name="uq_transferred_accounts_account_id"),
    )
    op.create_index(
        "ix_transferred_accounts_loan_id",
        "transferred_accounts",
        ["loan_id"],
        postgresql_where="loan_id IS NOT NULL",
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
