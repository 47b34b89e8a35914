"""Holidays of several days, declared together.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("holidays", sa.Column("request_id", sa.Uuid(as_uuid=False), nullable=True))
    op.execute("UPDATE holidays SET request_id = id")
    op.alter_column("holidays", "request_id", nullable=False)
    op.create_index("holidays_of_request", "holidays", ["request_id"])


def downgrade() -> None:
    op.drop_index("holidays_of_request", table_name="holidays")
    op.drop_column("holidays", "request_id")
