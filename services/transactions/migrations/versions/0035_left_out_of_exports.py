"""How many rows of a file stayed back, since members have not agreed to what it is for.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report_exports", sa.Column("left_out", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("report_exports", "left_out")
