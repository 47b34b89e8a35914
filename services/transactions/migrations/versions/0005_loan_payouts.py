"""How loans were paid out, how long a class is kept, and the way from a loan to its charge.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    create_payouts()
    op.add_column(
        "loan_schedules",
        sa.Column("good_instalments", sa.SmallInteger(), server_default="0", nullable=False),
    )
    op.create_index(
        "ix_accounts_charge_of_loan", "accounts", ["owner_id"], postgresql_where="ledger = '4110'"
    )


def create_payouts() -> None:
    op.create_table(
        "loan_payouts",
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("mark", sa.String(length=10), nullable=False),
        sa.Column("paid_by", ID, nullable=False),
        sa.Column("witness_id", ID, nullable=False),
        sa.Column("approved_by", ID, nullable=False),
        sa.Column("photo", sa.String(length=80), nullable=True),
        sa.Column("account_last4", sa.String(length=4), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("how IN ('cash', 'bank', 'mobile_money')", name="ck_loan_payouts_how"),
        sa.CheckConstraint(
            "how = 'cash' OR account_last4 IS NOT NULL", name="ck_loan_payouts_her_own_account"
        ),
        sa.CheckConstraint(
            "paid_by <> witness_id AND witness_id <> approved_by AND paid_by <> approved_by",
            name="ck_loan_payouts_three_people",
        ),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name="fk_loan_payouts_loan_id"),
        sa.PrimaryKeyConstraint("loan_id", name="pk_loan_payouts"),
    )
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON loan_payouts "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute("CREATE TRIGGER stays_whole BEFORE TRUNCATE ON loan_payouts EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_index("ix_accounts_charge_of_loan", "accounts")
    op.drop_column("loan_schedules", "good_instalments")
    op.drop_table("loan_payouts")
