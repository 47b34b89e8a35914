"""Loans in the book, and their schedules.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    create_loans()
    create_schedules()


def create_loans() -> None:
    op.create_table(
        "loans",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("product_code", sa.String(length=20), nullable=False),
        sa.Column("fund", sa.String(length=40), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        sa.Column("split", sa.String(length=16), nullable=False),
        sa.Column("principal", sa.BigInteger(), nullable=False),
        sa.Column("charge", sa.BigInteger(), nullable=False),
        sa.Column("disbursed_on", sa.Date(), nullable=False),
        sa.Column("matures_on", sa.Date(), nullable=False),
        sa.Column("schedule_version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by_entry_id", ID, nullable=True),
        sa.Column("kept_class", sa.SmallInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("principal > 0 AND charge >= 0", name="ck_loans_amounts"),
        sa.CheckConstraint("split IN ('proportional', 'by_instalment')", name="ck_loans_split"),
        sa.CheckConstraint(
            "status IN ('running', 'repaid', 'settled', 'waived', 'written_off', 'undone')",
            name="ck_loans_status",
        ),
        sa.CheckConstraint("(status = 'running') = (ended_on IS NULL)", name="ck_loans_ends_on_a_day"),
        sa.CheckConstraint("kept_class BETWEEN 0 AND 4", name="ck_loans_kept_class"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_loans_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_loans"),
        sa.UniqueConstraint("account_id", name="uq_loans_account_id"),
    )
    op.create_index("ix_loans_member_id", "loans", ["member_id"])
    op.create_index("ix_loans_running", "loans", ["office_id", "id"], postgresql_where="status = 'running'")


def create_schedules() -> None:
    op.create_table(
        "loan_schedules",
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("due_on", ARRAY(sa.Date()), nullable=False),
        sa.Column("principal", ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("charge", ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cardinality(due_on) > 0 AND cardinality(due_on) = cardinality(principal)"
            " AND cardinality(due_on) = cardinality(charge)",
            name="ck_loan_schedules_a_day_for_every_instalment",
        ),
        sa.CheckConstraint(
            "reason IN ('payout', 'holiday', 'meeting_day', 'reschedule', 'transfer')",
            name="ck_loan_schedules_reason",
        ),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name="fk_loan_schedules_loan_id"),
        sa.PrimaryKeyConstraint("loan_id", "version", name="pk_loan_schedules"),
    )
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON loan_schedules "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER stays_whole BEFORE TRUNCATE ON loan_schedules EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("loan_schedules")
    op.drop_table("loans")
