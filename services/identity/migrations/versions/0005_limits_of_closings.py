"""A closing pays out like a withdrawal: it has limits too (docs/decisions/limits-of-lending.md).

Revision ID: 0005
Revises: 0004
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BEGINNING = date(2020, 1, 1)
TAKA = 100
PERMISSION = "closing:approve"
USUAL = {"branch_manager": 50_000 * TAKA, "area_manager": 500_000 * TAKA}
LIMITS = sa.table("limits", *(sa.column(name) for name in ("role", "permission", "effective_on", "amount")))


def upgrade() -> None:
    op.bulk_insert(
        LIMITS,
        [
            {"role": role, "permission": PERMISSION, "effective_on": BEGINNING, "amount": amount}
            for role, amount in USUAL.items()
        ],
    )


def downgrade() -> None:
    op.execute(sa.delete(LIMITS).where(LIMITS.c.permission == PERMISSION))
