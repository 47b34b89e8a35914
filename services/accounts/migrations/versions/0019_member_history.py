"""All requests about one member are found at once.

Revision ID: 0019
Revises: 0018
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("approvals_member_id", "approvals", ["member_id", "proposed_at", "id"])


def downgrade() -> None:
    op.drop_index("approvals_member_id", table_name="approvals")
