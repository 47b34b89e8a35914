"""Whose set a holiday is of, who declared it and who agreed.

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

PEOPLE = ("declared_by", "agreed_by")


def upgrade() -> None:
    op.add_column("holidays", sa.Column("holiday_set", sa.String(length=12), nullable=True))
    for person in PEOPLE:
        op.add_column("holidays", sa.Column(person, sa.Uuid(as_uuid=False), nullable=True))


def downgrade() -> None:
    for column in (*PEOPLE, "holiday_set"):
        op.drop_column("holidays", column)
