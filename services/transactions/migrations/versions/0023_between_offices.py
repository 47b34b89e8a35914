"""Money between offices, and fiscal years that are closed.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
TABLES = ("remittances", "remittance_takings", "year_closings")


def upgrade() -> None:
    create_remittances()
    create_takings()
    create_year_closings()
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def create_remittances() -> None:
    op.create_table(
        "remittances",
        sa.Column("id", ID, nullable=False),
        sa.Column("from_office_id", ID, nullable=False),
        sa.Column("to_office_id", ID, nullable=False),
        sa.Column("held_in", sa.String(length=5), nullable=False),
        sa.Column("bank_account_id", ID, nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("narration", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.CheckConstraint("from_office_id <> to_office_id", name="ck_remittances_between_two_offices"),
        sa.CheckConstraint("amount > 0", name="ck_remittances_amount_is_positive"),
        sa.CheckConstraint("held_in IN ('vault', 'bank')", name="ck_remittances_held_in"),
        sa.PrimaryKeyConstraint("id", name="pk_remittances"),
    )
    op.create_index("ix_remittances_from_office_id", "remittances", ["from_office_id", "made_at"])
    op.create_index("ix_remittances_to_office_id", "remittances", ["to_office_id", "made_at"])


def create_takings() -> None:
    op.create_table(
        "remittance_takings",
        sa.Column("id", ID, nullable=False),
        sa.Column("remittance_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("held_in", sa.String(length=5), nullable=False),
        sa.Column("bank_account_id", ID, nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.CheckConstraint("held_in IN ('vault', 'bank')", name="ck_remittance_takings_held_in"),
        sa.ForeignKeyConstraint(
            ["remittance_id"], ["remittances.id"], name="fk_remittance_takings_remittance_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_remittance_takings"),
    )
    op.create_index("ix_remittance_takings_remittance_id", "remittance_takings", ["remittance_id"])


def create_year_closings() -> None:
    op.create_table(
        "year_closings",
        sa.Column("office_id", ID, nullable=False),
        sa.Column("year", sa.String(length=7), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("business_on", sa.Date(), nullable=False),
        sa.Column("surplus", sa.BigInteger(), nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("checker_id", ID, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("maker_id <> checker_id", name="ck_year_closings_two_people"),
        sa.CheckConstraint("value_on <= business_on", name="ck_year_closings_valued_by_its_day"),
        sa.PrimaryKeyConstraint("office_id", "year", name="pk_year_closings"),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
