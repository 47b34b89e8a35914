"""Branches that are brought over: what was handed over, what the old books said, who has confirmed it.

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
ADDED_TO = ("cut_over_chunks", "brought_accounts", "samity_confirmations", "confirmed_members")


def upgrade() -> None:
    op.create_table(
        "cut_overs",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("savings", sa.BigInteger(), nullable=False),
        sa.Column("loans", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("checker_id", ID, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("posted_at", INSTANT, nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'posting', 'posted', 'let_go')", name="ck_cut_overs_state"),
        sa.CheckConstraint(
            "(state = 'posted') = (posted_at IS NOT NULL)", name="ck_cut_overs_posted_at_a_time"
        ),
        sa.CheckConstraint("maker_id <> checker_id", name="ck_cut_overs_two_people"),
        sa.PrimaryKeyConstraint("id", name="pk_cut_overs"),
    )
    op.create_index(
        "uq_cut_overs_one_of_office",
        "cut_overs",
        ["office_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'let_go'"),
    )
    op.create_table(
        "cut_over_chunks",
        sa.Column("cut_over_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cut_over_id"], ["cut_overs.id"], name="fk_cut_over_chunks_cut_over_id_cut_overs"
        ),
        sa.PrimaryKeyConstraint("cut_over_id", "number", name="pk_cut_over_chunks"),
    )
    brought_accounts()
    confirmations()
    for table in ADDED_TO:
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def brought_accounts() -> None:
    op.create_table(
        "brought_accounts",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("cut_over_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("samity_id", ID, nullable=False),
        sa.Column("loan_id", ID, nullable=True),
        sa.Column("product_code", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("came", sa.BigInteger(), nullable=False),
        sa.Column("went", sa.BigInteger(), nullable=False),
        sa.Column("charge", sa.BigInteger(), nullable=False),
        sa.Column("last_receipt", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "amount >= 0 AND came >= 0 AND went >= 0 AND charge >= 0", name="ck_brought_accounts_amounts"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_brought_accounts_account_id_accounts"
        ),
        sa.ForeignKeyConstraint(
            ["cut_over_id"], ["cut_overs.id"], name="fk_brought_accounts_cut_over_id_cut_overs"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_brought_accounts"),
    )
    op.create_index("ix_brought_accounts_samity_id", "brought_accounts", ["samity_id", "member_id"])
    op.create_index("ix_brought_accounts_cut_over_id", "brought_accounts", ["cut_over_id"])
    op.create_index("ix_brought_accounts_member_id", "brought_accounts", ["member_id"])


def confirmations() -> None:
    op.create_table(
        "samity_confirmations",
        sa.Column("id", ID, nullable=False),
        sa.Column("samity_id", ID, nullable=False),
        sa.Column("read_out_on", sa.Date(), nullable=False),
        sa.Column("mark", sa.String(length=10), nullable=False),
        sa.Column("witness", sa.String(length=100), nullable=False),
        sa.Column("paper", sa.String(length=60), nullable=False),
        sa.Column("disputed", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("confirmed_by", ID, nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_samity_confirmations"),
    )
    op.create_index("ix_samity_confirmations_samity_id", "samity_confirmations", ["samity_id"])
    op.create_table(
        "confirmed_members",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("confirmation_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmation_id"],
            ["samity_confirmations.id"],
            name="fk_confirmed_members_confirmation_id_samity_confirmations",
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_confirmed_members"),
    )


def downgrade() -> None:
    for table in ("confirmed_members", "samity_confirmations", "brought_accounts"):
        op.drop_table(table)
    for table in ("cut_over_chunks", "cut_overs"):
        op.drop_table(table)
