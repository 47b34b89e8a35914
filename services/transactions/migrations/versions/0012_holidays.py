"""Holidays are told by accounts, and may be one samity's.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.add_column(
        "holidays", sa.Column("id", ID, server_default=sa.text("gen_random_uuid()"), nullable=False)
    )
    op.add_column("holidays", sa.Column("samity_id", ID, nullable=True))
    op.add_column("holidays", sa.Column("version", sa.BigInteger(), server_default="1", nullable=False))
    op.alter_column("holidays", "id", server_default=None)
    op.alter_column("holidays", "version", server_default=None)
    op.drop_constraint("pk_holidays", "holidays", type_="primary")
    op.create_primary_key("pk_holidays", "holidays", ["id"])
    op.create_unique_constraint(
        "uq_holidays_office_id_samity_id_on",
        "holidays",
        ["office_id", "samity_id", "on"],
        postgresql_nulls_not_distinct=True,
    )


def downgrade() -> None:
    op.drop_constraint("uq_holidays_office_id_samity_id_on", "holidays", type_="unique")
    op.drop_constraint("pk_holidays", "holidays", type_="primary")
    op.execute("DELETE FROM holidays WHERE samity_id IS NOT NULL")
    op.create_primary_key("pk_holidays", "holidays", ["office_id", "on"])
    for column in ("id", "samity_id", "version"):
        op.drop_column("holidays", column)
