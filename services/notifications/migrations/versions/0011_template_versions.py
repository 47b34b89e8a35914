"""Wordings of the institution's own, each set by two people (rules P2, P7).

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = (
    "deposit_confirmed",
    "nothing_received",
    "row_changed",
    "entry_reversed",
    "savings_opened",
    "login_changed",
    "withdrawal_requested",
    "withdrawal_approved",
    "withdrawal_paid",
    "account_closed",
    "correction_posted",
    "loan_paid_out",
    "loan_closed",
    "number_change_asked",
    "number_code",
    "number_changed",
    "payout_code",
    "membership_ended",
    "savings_moved",
    "counter_money",
    "accounts_moved",
    "loan_rescheduled",
)


def upgrade() -> None:
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_table(
        "template_versions",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("wordings", JSONB(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("maker_id", sa.Text(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("checker_id", sa.Text(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decline_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(f"kind IN ({kinds})", name="ck_template_versions_kind"),
        sa.CheckConstraint("state IN ('waiting', 'approved', 'declined')", name="ck_template_versions_state"),
        sa.CheckConstraint("checker_id <> maker_id", name="ck_template_versions_second_person"),
        sa.CheckConstraint(
            "(state = 'waiting') = (checker_id IS NULL) AND (checker_id IS NULL) = (decided_at IS NULL)",
            name="ck_template_versions_decided",
        ),
        sa.CheckConstraint(
            "(state = 'approved') = (version IS NOT NULL)", name="ck_template_versions_version"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_template_versions"),
        sa.UniqueConstraint("kind", "version", name="uq_template_versions_kind_version"),
    )
    op.create_index(
        "uq_template_versions_waiting",
        "template_versions",
        ["kind"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_table("template_versions")
