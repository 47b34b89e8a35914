"""Up to which amount a role may allow what waits for it: the usual limits of the trade (domain 1).

Revision ID: 0002
Revises: 0001
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BEGINNING = date(2020, 1, 1)
TAKA = 100
USUAL = (
    ("branch_manager", "withdrawal:approve", 20_000 * TAKA),
    ("area_manager", "withdrawal:approve", 500_000 * TAKA),
    ("area_manager", "withdrawal:approve_area", 500_000 * TAKA),
    ("branch_manager", "correction:approve", 5_000 * TAKA),
    ("area_manager", "correction:approve", 100_000 * TAKA),
    ("area_manager", "correction:approve_area", 100_000 * TAKA),
)


def upgrade() -> None:
    limits = op.create_table(
        "limits",
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("permission", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name="ck_limits_amount"),
        sa.PrimaryKeyConstraint("role", "permission", "effective_on", name="pk_limits"),
    )
    named = ("role", "permission", "amount")
    rows = [dict(zip(named, limit, strict=True)) | {"effective_on": BEGINNING} for limit in USUAL]
    op.bulk_insert(limits, rows)


def downgrade() -> None:
    op.drop_table("limits")
