"""Replays of parked events, asked for by one person and agreed to by another (rule P7).

Revision ID: 0036
Revises: 0035
"""

from alembic import op

from chassis.migrations import create_replays, drop_replays

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_replays(op)


def downgrade() -> None:
    drop_replays(op)
