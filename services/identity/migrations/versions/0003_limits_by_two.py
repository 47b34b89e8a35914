"""Limits are set by two administrators; the usual ones of lending (docs/decisions/limits-of-lending.md).

Revision ID: 0003
Revises: 0002
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEGINNING = date(2020, 1, 1)
TAKA = 100
LAKH = 100_000 * TAKA
USUAL = (
    ("branch_manager", "loan:approve", 1 * LAKH),
    ("area_manager", "loan:approve", 10 * LAKH),
    ("area_manager", "loan:approve_change", 10 * LAKH),
    ("branch_manager", "settlement:approve", 1 * LAKH),
    ("area_manager", "settlement:approve", 10 * LAKH),
    ("area_manager", "override:approve", 10 * LAKH),
)
LIMITS = sa.table("limits", *(sa.column(name) for name in ("role", "permission", "effective_on", "amount")))


def upgrade() -> None:
    op.add_column("limits", sa.Column("approval_id", sa.Uuid(as_uuid=False), nullable=True))
    op.create_foreign_key("fk_limits_approval_id", "limits", "approvals", ["approval_id"], ["id"])
    named = ("role", "permission", "amount")
    op.bulk_insert(
        LIMITS, [dict(zip(named, limit, strict=True)) | {"effective_on": BEGINNING} for limit in USUAL]
    )
    name_kinds("staff_creation", "member_login", "limit_change", "acting")


def downgrade() -> None:
    op.execute("DELETE FROM limits WHERE approval_id IS NOT NULL")
    op.execute("DELETE FROM approvals WHERE kind IN ('limit_change', 'acting')")
    name_kinds("staff_creation", "member_login")
    for role, permission, _ in USUAL:
        op.execute(sa.delete(LIMITS).where(LIMITS.c.role == role, LIMITS.c.permission == permission))
    op.drop_constraint("fk_limits_approval_id", "limits", type_="foreignkey")
    op.drop_column("limits", "approval_id")


def name_kinds(*kinds: str) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint("ck_approvals_kind", "approvals", type_="check")
    op.create_check_constraint("ck_approvals_kind", "approvals", f"kind IN ({listed})")
