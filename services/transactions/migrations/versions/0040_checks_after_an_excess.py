"""Passbooks that are drawn for an excess, beside those of the month (rules M7, P5).

Revision ID: 0040
Revises: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("passbook_checks", sa.Column("excess_id", sa.Uuid(as_uuid=False), nullable=True))
    op.create_index(
        "ix_passbook_checks_excess_id",
        "passbook_checks",
        ["excess_id"],
        postgresql_where=sa.text("excess_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_passbook_checks_excess_id", "passbook_checks")
    op.drop_column("passbook_checks", "excess_id")
