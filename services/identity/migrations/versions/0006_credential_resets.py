"""Passwords that were lost are reset by two people (P7).

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BEFORE = "kind IN ('staff_creation', 'member_login', 'limit_change', 'acting')"
AFTER = BEFORE.removesuffix(")") + ", 'credential_reset')"


def upgrade() -> None:
    take_kinds(AFTER)


def take_kinds(kinds: str) -> None:
    """Take approvals of these kinds only."""
    op.drop_constraint("ck_approvals_kind", "approvals", type_="check")
    op.create_check_constraint("ck_approvals_kind", "approvals", kinds)


def downgrade() -> None:
    op.execute("DELETE FROM approvals WHERE kind = 'credential_reset'")
    take_kinds(BEFORE)
