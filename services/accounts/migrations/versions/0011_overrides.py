"""The register of overrides: which breach of the law may pass for which loan.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
BREACHES = "breach IN ('yearly_rate', 'first_due', 'fee_not_allowed', 'risk_fund_not_allowed')"


def upgrade() -> None:
    op.create_table(
        "overrides",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("breach", sa.Text, nullable=False),
        sa.Column("figure", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_on", sa.Date, nullable=False),
        sa.CheckConstraint(BREACHES, name="overrides_breach"),
        sa.PrimaryKeyConstraint("id", name="overrides_pkey"),
    )
    op.create_index("overrides_subject_id", "overrides", ["subject_id"])
    op.create_index("overrides_proposed_at", "overrides", ["proposed_at", "id"])


def downgrade() -> None:
    op.drop_table("overrides")
