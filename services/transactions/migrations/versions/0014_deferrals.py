"""Days that closed past a sheet.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "deferrals",
        sa.Column("id", ID, nullable=False),
        sa.Column("sheet_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("cash_overnight", sa.BigInteger(), nullable=False),
        sa.Column("pending", sa.BigInteger(), nullable=False),
        sa.Column("deferred_by", ID, nullable=False),
        sa.Column("deferred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.CheckConstraint("number >= 1", name="ck_deferrals_number_counts"),
        sa.CheckConstraint("cash_overnight >= 0 AND pending >= 0", name="ck_deferrals_cash_is_not_negative"),
        sa.CheckConstraint("deferred_by <> officer_id", name="ck_deferrals_officer_defers_not"),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheets.id"], name="fk_deferrals_sheet_id"),
        sa.ForeignKeyConstraint(
            ["office_id", "on"], ["days.office_id", "days.on"], name="fk_deferrals_office_id_on"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deferrals"),
        sa.UniqueConstraint("sheet_id", "on", name="uq_deferrals_sheet_id_on"),
        sa.UniqueConstraint("sheet_id", "number", name="uq_deferrals_sheet_id_number"),
    )
    op.create_index("ix_deferrals_office_id_on", "deferrals", ["office_id", "on"])
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON deferrals"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute("CREATE TRIGGER stays_whole BEFORE TRUNCATE ON deferrals EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_table("deferrals")
