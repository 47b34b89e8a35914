"""A voucher by hand has limits by amount too (docs/decisions/vouchers-by-hand.md).

Revision ID: 0007
Revises: 0006
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BEGINNING = date(2020, 1, 1)
TAKA = 100
PERMISSION = "voucher:approve"
USUAL = {"branch_manager": 100_000 * TAKA, "area_manager": 1_000_000 * TAKA}
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
