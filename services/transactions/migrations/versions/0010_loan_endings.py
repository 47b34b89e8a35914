"""How loans ended by a decision, and fees at the counter.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    create_endings()
    create_fees()


def create_endings() -> None:
    op.create_table(
        "loan_endings",
        sa.Column("id", ID, nullable=False),
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("principal", sa.BigInteger(), nullable=False),
        sa.Column("charge", sa.BigInteger(), nullable=False),
        sa.Column("rebate", sa.BigInteger(), nullable=False),
        sa.Column("claim", sa.BigInteger(), nullable=False),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("checker_id", ID, nullable=False),
        sa.Column("undone_by", ID, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('settled', 'waived', 'written_off')", name="ck_loan_endings_kind"),
        sa.CheckConstraint("principal >= 0 AND rebate >= 0 AND claim >= 0", name="ck_loan_endings_amounts"),
        sa.CheckConstraint(
            "kind = 'written_off' OR claim = 0", name="ck_loan_endings_only_a_write_off_leaves_a_claim"
        ),
        sa.CheckConstraint(
            "(kind = 'waived') = (died_on IS NOT NULL)", name="ck_loan_endings_waived_after_a_death"
        ),
        sa.CheckConstraint("maker_id <> checker_id", name="ck_loan_endings_maker_is_not_checker"),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name="fk_loan_endings_loan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_loan_endings"),
    )
    op.create_index(
        "uq_loan_endings_standing",
        "loan_endings",
        ["loan_id"],
        unique=True,
        postgresql_where="undone_by IS NULL",
    )


def create_fees() -> None:
    op.create_table(
        "fees",
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('form', 'passbook', 'additional', 'risk_premium')", name="ck_fees_kind"),
        sa.CheckConstraint("amount > 0 AND amount % 100 = 0", name="ck_fees_cash_is_whole_taka"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_fees_entry_id"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_fees"),
    )
    op.create_index("ix_fees_member_id", "fees", ["member_id", "recorded_at"])
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON fees FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute("CREATE TRIGGER stays_whole BEFORE TRUNCATE ON fees EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_table("fees")
    op.drop_table("loan_endings")
