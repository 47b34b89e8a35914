"""Members who have moved no money for long: transactions tells, accounts shows it.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("dormant_since", sa.Date(), nullable=True))
    op.add_column("members", sa.Column("dormancy_told_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("members", "dormancy_told_at")
    op.drop_column("members", "dormant_since")
