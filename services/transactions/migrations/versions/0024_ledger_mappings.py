"""Ledgers of products: under which ledger accounts are opened, from a day on.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.add_column("accounts", sa.Column("booked_under", sa.String(length=4), nullable=True))
    op.create_table(
        "ledger_mappings",
        sa.Column("id", ID, nullable=False),
        sa.Column("product_code", sa.String(length=20), nullable=False),
        sa.Column("control", sa.String(length=4), nullable=False),
        sa.Column("ledger", sa.String(length=4), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", ID, nullable=False),
        sa.Column("approved_by", ID, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("proposed_by <> approved_by", name="ck_ledger_mappings_two_people"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_mappings"),
        sa.UniqueConstraint(
            "product_code",
            "control",
            "effective_on",
            name="uq_ledger_mappings_product_code_control_effective_on",
        ),
    )
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON ledger_mappings "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER stays_whole BEFORE TRUNCATE ON ledger_mappings EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("ledger_mappings")
    op.drop_column("accounts", "booked_under")
