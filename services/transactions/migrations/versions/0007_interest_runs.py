"""Interest on savings: runs, what they put aside and what they credited.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FIRST_OF_MONTH = "extract(day FROM month) = 1"


def upgrade() -> None:
    op.alter_column("entries", "kind", type_=sa.String(length=24), existing_nullable=False)
    create_runs()
    create_accruals()
    create_postings()
    for table in ("interest_accruals", "interest_postings"):
        let_only_be_added_to(table)
    op.create_index(
        "ix_accounts_of_members",
        "accounts",
        ["office_id", "id"],
        postgresql_where="member_id IS NOT NULL AND NOT closed",
    )


def let_only_be_added_to(table: str) -> None:
    """Refuse every change of a table's rows, whoever asks."""
    op.execute(
        f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def create_runs() -> None:
    op.create_table(
        "interest_runs",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("after_account", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Integer(), server_default="0", nullable=False),
        sa.Column("moved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("amount", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("asked_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('provision', 'posting')", name="ck_interest_runs_kind"),
        sa.CheckConstraint("state IN ('running', 'finished', 'cancelled')", name="ck_interest_runs_state"),
        sa.CheckConstraint("(state = 'running') = (finished_at IS NULL)", name="ck_interest_runs_ends"),
        sa.CheckConstraint(FIRST_OF_MONTH, name="ck_interest_runs_a_month_by_its_first"),
        sa.PrimaryKeyConstraint("id", name="pk_interest_runs"),
    )
    op.create_index(
        "uq_interest_runs_standing",
        "interest_runs",
        ["office_id", "kind", "month"],
        unique=True,
        postgresql_where="state <> 'cancelled'",
    )
    op.create_index("ix_interest_runs_office_id_asked_at", "interest_runs", ["office_id", "asked_at", "id"])


def create_accruals() -> None:
    op.create_table(
        "interest_accruals",
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("run_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(FIRST_OF_MONTH, name="ck_interest_accruals_a_month_by_its_first"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_interest_accruals_account_id"),
        sa.ForeignKeyConstraint(["run_id"], ["interest_runs.id"], name="fk_interest_accruals_run_id"),
        sa.PrimaryKeyConstraint("account_id", "month", name="pk_interest_accruals"),
    )


def create_postings() -> None:
    op.create_table(
        "interest_postings",
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("through_on", sa.Date(), nullable=False),
        sa.Column("run_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("provided", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name="ck_interest_postings_amount_is_not_negative"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_interest_postings_account_id"),
        sa.ForeignKeyConstraint(["run_id"], ["interest_runs.id"], name="fk_interest_postings_run_id"),
        sa.PrimaryKeyConstraint("account_id", "through_on", name="pk_interest_postings"),
    )


def downgrade() -> None:
    op.drop_index("ix_accounts_of_members", table_name="accounts")
    for table in ("interest_postings", "interest_accruals", "interest_runs"):
        op.drop_table(table)
    op.alter_column("entries", "kind", type_=sa.String(length=16), existing_nullable=False)
