"""The book beside the deeds: added ledgers, accounts at banks, vouchers that are written by hand.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
TABLES = ("ledgers", "bank_accounts", "manual_vouchers")


def upgrade() -> None:
    create_ledgers()
    create_bank_accounts()
    create_manual_vouchers()
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def create_ledgers() -> None:
    op.create_table(
        "ledgers",
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("parent", sa.String(length=4), nullable=False),
        sa.Column("name_bn", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("is_control", sa.Boolean(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("approval_id", ID, nullable=False),
        sa.Column("proposed_by", ID, nullable=False),
        sa.Column("approved_by", ID, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("code ~ '^[1-5][0-9]{3}$'", name="ck_ledgers_code"),
        sa.CheckConstraint("left(code, 1) = left(parent, 1)", name="ck_ledgers_class"),
        sa.CheckConstraint("proposed_by <> approved_by", name="ck_ledgers_two_people"),
        sa.PrimaryKeyConstraint("code", name="pk_ledgers"),
    )


def create_bank_accounts() -> None:
    op.create_table(
        "bank_accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("bank_bn", sa.String(length=120), nullable=False),
        sa.Column("bank_en", sa.String(length=120), nullable=False),
        sa.Column("branch", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("proposed_by", ID, nullable=False),
        sa.Column("approved_by", ID, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("proposed_by <> approved_by", name="ck_bank_accounts_two_people"),
        sa.PrimaryKeyConstraint("id", name="pk_bank_accounts"),
        sa.UniqueConstraint("bank_en", "number", name="uq_bank_accounts_bank_en_number"),
    )
    op.create_index("ix_bank_accounts_office_id", "bank_accounts", ["office_id"])


def create_manual_vouchers() -> None:
    op.create_table(
        "manual_vouchers",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("lines", JSONB(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("narration", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("undoes_id", ID, nullable=True),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('receipt', 'payment', 'journal', 'contra')", name="ck_manual_vouchers_kind"
        ),
        sa.CheckConstraint("amount > 0", name="ck_manual_vouchers_amount_is_positive"),
        sa.ForeignKeyConstraint(["undoes_id"], ["manual_vouchers.id"], name="fk_manual_vouchers_undoes_id"),
        sa.PrimaryKeyConstraint("id", name="pk_manual_vouchers"),
    )
    op.create_index("ix_manual_vouchers_office_id", "manual_vouchers", ["office_id", "made_at", "id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
