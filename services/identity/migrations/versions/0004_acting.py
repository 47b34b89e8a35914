"""Acting assignments: a person in the post of one who is away.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
ROLES = "role IN ('area_manager', 'branch_manager', 'accountant')"
STATES = "state IN ('proposed', 'agreed', 'declined', 'ended')"


def upgrade() -> None:
    op.create_table(
        "acting_assignments",
        sa.Column("id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("away_id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", ID, nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(ROLES, name="ck_acting_assignments_role"),
        sa.CheckConstraint(STATES, name="ck_acting_assignments_state"),
        sa.CheckConstraint("staff_id NOT IN (away_id, proposed_by)", name="ck_acting_assignments_another"),
        sa.CheckConstraint("to_on >= from_on", name="ck_acting_assignments_days"),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_at IS NOT NULL)"
            " AND num_nulls(ended_at, ended_by, end_reason) IN (0, 3)",
            name="ck_acting_assignments_ended",
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_acting_assignments_staff_id"),
        sa.ForeignKeyConstraint(["away_id"], ["staff.id"], name="fk_acting_assignments_away_id"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_acting_assignments_office_id"),
        sa.PrimaryKeyConstraint("id", name="pk_acting_assignments"),
    )
    for column in ("staff_id", "away_id"):
        op.create_index(
            f"ix_acting_assignments_{column}",
            "acting_assignments",
            [column],
            postgresql_where=sa.text("state = 'agreed'"),
        )


def downgrade() -> None:
    op.drop_table("acting_assignments")
