"""Codes that go to borrowers' telephones before payouts.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "payout_codes",
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("send", sa.Integer(), nullable=False),
        sa.Column("code_index", sa.Text(), nullable=False),
        sa.Column("sent_by", ID, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("tries_left", sa.SmallInteger(), nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.CheckConstraint("send > 0 AND tries_left >= 0", name="payout_codes_counted"),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name="payout_codes_loan_id_fkey"),
        sa.PrimaryKeyConstraint("loan_id", "send", name="payout_codes_pkey"),
    )


def downgrade() -> None:
    op.drop_table("payout_codes")
