"""How much cash a vault should hold.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "cash_limits",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", ID, nullable=False),
        sa.Column("approved_by", ID, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount >= 0", name="ck_cash_limits_amount_is_not_negative"),
        sa.CheckConstraint("proposed_by <> approved_by", name="ck_cash_limits_maker_is_not_checker"),
        sa.PrimaryKeyConstraint("id", name="pk_cash_limits"),
        sa.UniqueConstraint("office_id", "effective_on", name="uq_cash_limits_office_id_effective_on"),
    )
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON cash_limits"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute("CREATE TRIGGER stays_whole BEFORE TRUNCATE ON cash_limits EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_table("cash_limits")
