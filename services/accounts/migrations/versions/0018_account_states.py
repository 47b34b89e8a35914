"""Which news of an account's closing is the newest.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("savings_accounts", sa.Column("state_version", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("savings_accounts", "state_version")
