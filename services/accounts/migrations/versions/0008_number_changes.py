"""Changes of members' telephone numbers, and since when a member has another one.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
CHECKS = {
    "state": "state IN ('asked', 'confirmed', 'approved', 'declined', 'lapsed')",
    "called": "called IN ('old', 'new')",
    "counted": "tries_left >= 0 AND sends BETWEEN 1 AND 3",
    "called_back": "num_nulls(called_by, called_at, called, call_note) IN (0, 4)",
    "called_by_another": "called_by <> maker_id",
    "called_before_approval": "state <> 'approved' OR called_by IS NOT NULL",
}


def upgrade() -> None:
    op.add_column("members", sa.Column("mobile_changed_on", sa.Date(), nullable=True))
    op.create_table(
        "number_changes",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("mobile_index", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("warnings", ARRAY(sa.Text()), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("code_index", sa.Text(), nullable=False),
        sa.Column("code_ends_at", INSTANT, nullable=False),
        sa.Column("tries_left", sa.SmallInteger(), nullable=False),
        sa.Column("sends", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("called_by", ID, nullable=True),
        sa.Column("called_at", INSTANT, nullable=True),
        sa.Column("called", sa.Text(), nullable=True),
        sa.Column("call_note", sa.Text(), nullable=True),
        *(sa.CheckConstraint(rule, name=f"number_changes_{name}") for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="number_changes_member_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="number_changes_pkey"),
    )
    op.create_index("number_changes_member_id", "number_changes", ["member_id"])
    op.create_index(
        "number_changes_one_runs",
        "number_changes",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('asked', 'confirmed')"),
    )


def downgrade() -> None:
    op.drop_table("number_changes")
    op.drop_column("members", "mobile_changed_on")
