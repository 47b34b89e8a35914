"""Money of applicants: a liability until she is a member, or has it back (rule L8).

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.alter_column("entries", "kind", type_=sa.String(length=24), existing_nullable=False)
    op.create_table(
        "applicants",
        sa.Column("id", ID, nullable=False),
        sa.Column("name_bn", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("samity_id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_applicants"),
    )
    create_receipts()
    op.create_table(
        "applicant_moves",
        sa.Column("applicant_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_applicant_moves_account_id"),
        sa.PrimaryKeyConstraint("applicant_id", name="pk_applicant_moves"),
    )
    op.execute(
        "CREATE TRIGGER stays_whole BEFORE TRUNCATE ON applicant_moves EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("applicant_moves")
    op.drop_table("applicant_receipts")
    op.drop_table("applicants")
    op.alter_column("entries", "kind", type_=sa.String(length=16), existing_nullable=False)


def create_receipts() -> None:
    op.create_table(
        "applicant_receipts",
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("applicant_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("refund_by", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("ended_by_entry_id", ID, nullable=True),
        sa.Column("mark", sa.String(length=10), nullable=True),
        sa.Column("witness_id", ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('held', 'moved', 'refunded')", name="ck_applicant_receipts_state"),
        sa.CheckConstraint(
            "(state = 'held') = (ended_by_entry_id IS NULL)", name="ck_applicant_receipts_ended_by_an_entry"
        ),
        sa.CheckConstraint(
            "state <> 'refunded' OR (mark IS NOT NULL AND witness_id IS NOT NULL)",
            name="ck_applicant_receipts_refunded_against_a_mark",
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_applicant_receipts_entry_id"),
        sa.ForeignKeyConstraint(
            ["ended_by_entry_id"], ["entries.id"], name="fk_applicant_receipts_ended_by_entry_id"
        ),
        sa.PrimaryKeyConstraint("entry_id", name="pk_applicant_receipts"),
    )
    op.create_index("ix_applicant_receipts_applicant_id", "applicant_receipts", ["applicant_id"])
    op.create_index(
        "ix_applicant_receipts_held",
        "applicant_receipts",
        ["office_id", "refund_by", "entry_id"],
        postgresql_where=sa.text("state = 'held'"),
    )
