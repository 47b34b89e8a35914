"""Offices charge each other where no money moves: a ledger of either takes the place of vault and bank.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

TABLES = ("remittances", "remittance_takings")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("ledger", sa.String(length=4), nullable=True))
        op.alter_column(table, "held_in", type_=sa.String(length=6), existing_nullable=False)
        op.drop_constraint(f"ck_{table}_held_in", table)
        op.create_check_constraint(f"ck_{table}_held_in", table, "held_in IN ('vault', 'bank', 'ledger')")
        op.create_check_constraint(
            f"ck_{table}_ledger_is_named", table, "(held_in = 'ledger') = (ledger IS NOT NULL)"
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_constraint(f"ck_{table}_ledger_is_named", table)
        op.drop_constraint(f"ck_{table}_held_in", table)
        op.create_check_constraint(f"ck_{table}_held_in", table, "held_in IN ('vault', 'bank')")
        op.alter_column(table, "held_in", type_=sa.String(length=5), existing_nullable=False)
        op.drop_column(table, "ledger")
