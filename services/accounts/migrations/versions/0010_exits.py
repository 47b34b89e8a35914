"""How members leave for good (rule L7).

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
STATES = "state IN ('proposed', 'closing', 'closed', 'blocked', 'declined', 'undoing', 'undone')"


def upgrade() -> None:
    op.create_table(
        "exits",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("witness", sa.Text, nullable=False),
        sa.Column("blacklist", sa.Boolean, nullable=False),
        sa.Column("checklist", JSONB, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("undo_id", ID),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.CheckConstraint(STATES, name="exits_state"),
        sa.CheckConstraint(
            "closed_on IS NOT NULL OR state NOT IN ('closed', 'undoing', 'undone')",
            name="exits_closed_on_a_day",
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="exits_member_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="exits_pkey"),
    )
    op.create_index("exits_member_id", "exits", ["member_id", "asked_at"])
    op.create_index(
        "exits_one_under_way",
        "exits",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('proposed', 'closing', 'closed', 'undoing')"),
    )


def downgrade() -> None:
    op.drop_table("exits")
