"""A savings account's life: withdrawals, closings, dormant members.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("dormant_since", sa.Date(), nullable=True))
    let_approvals_lapse()
    create_withdrawals()
    create_account_closings()
    create_dormancy()


def let_approvals_lapse() -> None:
    """A request whose subject is gone is decided by nobody."""
    op.drop_constraint("ck_approvals_state", "approvals", type_="check")
    op.drop_constraint("ck_approvals_decided_by_somebody", "approvals", type_="check")
    op.create_check_constraint(
        "ck_approvals_state", "approvals", "state IN ('waiting', 'approved', 'declined', 'lapsed')"
    )
    op.create_check_constraint(
        "ck_approvals_decided_by_somebody",
        "approvals",
        "(state IN ('waiting', 'lapsed')) = (checker_id IS NULL)",
    )


def create_withdrawals() -> None:
    op.create_table(
        "withdrawals",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("member_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("caution", ARRAY(sa.String(length=16)), server_default="{}", nullable=False),
        sa.Column("approval_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("maker_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("approved_by", ARRAY(sa.String(length=36)), server_default="{}", nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=True),
        sa.Column("finished_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finish_reason", sa.Text(), nullable=True),
        sa.Column("mark", sa.String(length=10), nullable=True),
        sa.Column("witness_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.CheckConstraint("amount > 0 AND amount % 100 = 0", name="ck_withdrawals_cash_is_whole_taka"),
        sa.CheckConstraint(
            "state IN ('requested', 'approved', 'paid', 'declined', 'cancelled', 'lapsed')",
            name="ck_withdrawals_state",
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'paid', 'lapsed') OR lapses_on IS NOT NULL",
            name="ck_withdrawals_lapses",
        ),
        sa.CheckConstraint(
            "state <> 'paid' OR (mark IS NOT NULL AND witness_id <> finished_by)",
            name="ck_withdrawals_paid_against_a_mark",
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_withdrawals_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_withdrawals"),
    )
    op.create_index("ix_withdrawals_account_id", "withdrawals", ["account_id", "made_at"])
    op.create_index(
        "ix_withdrawals_unfinished",
        "withdrawals",
        ["office_id", "made_at", "id"],
        postgresql_where="state IN ('requested', 'approved')",
    )


def create_account_closings() -> None:
    op.create_table(
        "account_closings",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("interest", sa.BigInteger(), nullable=False),
        sa.Column("provisioned", sa.BigInteger(), nullable=False),
        sa.Column("charge", sa.BigInteger(), nullable=False),
        sa.Column("rounding", sa.BigInteger(), nullable=False),
        sa.Column("payout", sa.BigInteger(), nullable=False),
        sa.Column("undone_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("how IN ('ordinary', 'maturity', 'premature')", name="ck_account_closings_how"),
        sa.CheckConstraint("payout >= 0 AND payout % 100 = 0", name="ck_account_closings_cash_is_whole_taka"),
        sa.CheckConstraint(
            "balance + interest - charge + rounding = payout", name="ck_account_closings_ends_at_nothing"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_account_closings_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account_closings"),
    )
    op.create_index(
        "uq_account_closings_standing",
        "account_closings",
        ["account_id"],
        unique=True,
        postgresql_where="undone_by IS NULL",
    )


def create_dormancy() -> None:
    op.create_table(
        "member_contacts",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("mobile_changed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_member_contacts"),
    )
    op.create_table(
        "dormancy_runs",
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("after_member", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("extract(day FROM month) = 1", name="ck_dormancy_runs_a_month_by_its_first"),
        sa.PrimaryKeyConstraint("office_id", "month", name="pk_dormancy_runs"),
    )


def downgrade() -> None:
    for table in ("dormancy_runs", "member_contacts", "account_closings", "withdrawals"):
        op.drop_table(table)
    op.drop_constraint("ck_approvals_state", "approvals", type_="check")
    op.drop_constraint("ck_approvals_decided_by_somebody", "approvals", type_="check")
    op.create_check_constraint(
        "ck_approvals_state", "approvals", "state IN ('waiting', 'approved', 'declined')"
    )
    op.create_check_constraint(
        "ck_approvals_decided_by_somebody", "approvals", "(state = 'waiting') = (checker_id IS NULL)"
    )
    op.drop_column("accounts", "dormant_since")
