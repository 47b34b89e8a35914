"""The law on loans and compulsory savings as dated data; its first rows are those that the sources gave.

Revision ID: 0009
Revises: 0008
"""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
FOUNDED = datetime(2026, 11, 27, tzinfo=UTC)
FIRST_ROWS = (
    ("019ac000-0000-7000-8000-000000000010", date(2010, 11, 10), 27, "MRA, November 2010"),
    ("019ac000-0000-7000-8000-000000000019", date(2019, 7, 1), 24, "MRA, 2019"),
)


def upgrade() -> None:
    laws = op.create_table(
        "laws",
        sa.Column("id", ID, nullable=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        sa.Column("cap_percent", sa.Numeric(7, 4), nullable=False),
        sa.Column("formula", sa.Text, nullable=False),
        sa.Column("counted", ARRAY(sa.Text), nullable=False),
        sa.Column("first_due_days", sa.SmallInteger, nullable=False),
        sa.Column("nothing_deducted", sa.Boolean, nullable=False),
        sa.Column("compulsory_savings_bps", sa.Integer, nullable=False),
        sa.Column("allowed_fees", ARRAY(sa.Text), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text),
        sa.Column("maker_id", ID),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.CheckConstraint("formula IN ('daily_times_365', 'compounded_year')", name="laws_formula"),
        sa.CheckConstraint("cap_percent > 0 AND first_due_days >= 0", name="laws_figures"),
        sa.PrimaryKeyConstraint("id", name="laws_pkey"),
    )
    op.bulk_insert(
        laws,
        [
            {
                "id": row_id,
                "effective_on": effective_on,
                "cap_percent": cap_percent,
                "formula": "daily_times_365",
                "counted": ["principal_and_charge"],
                "first_due_days": 15,
                "nothing_deducted": True,
                "compulsory_savings_bps": 600,
                "allowed_fees": ["form", "risk_fund"],
                "reason": source,
                "proposed_at": FOUNDED,
            }
            for row_id, effective_on, cap_percent, source in FIRST_ROWS
        ],
    )


def downgrade() -> None:
    op.drop_table("laws")
