"""In which union a member lives.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("union", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("members", "union")
