"""What branches and officers are to reach in a month.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "targets",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("savings", sa.BigInteger(), nullable=False),
        sa.Column("disbursement", sa.BigInteger(), nullable=False),
        sa.Column("recovery", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("set_by", ID, nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("extract(day FROM month) = 1", name="ck_targets_a_month_by_its_first"),
        sa.CheckConstraint(
            "members >= 0 AND savings >= 0 AND disbursement >= 0 AND recovery >= 0",
            name="ck_targets_not_negative",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_targets"),
        sa.UniqueConstraint("number", name="uq_targets_number"),
    )
    op.create_index("ix_targets_office_id_month", "targets", ["office_id", "month"])
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON targets"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute("CREATE TRIGGER stays_whole BEFORE TRUNCATE ON targets EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_table("targets")
