"""Holidays, transfers of members, and the codes that members had before.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
KEY = sa.Text(collation="C")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_holidays()
    create_transfers()
    create_former_codes()


def create_holidays() -> None:
    op.create_table(
        "holidays",
        sa.Column("id", ID, nullable=False),
        sa.Column("holiday_set", sa.Text(), nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("samity_id", ID, nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name_bn", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("redated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("declared_by", ID, nullable=False),
        sa.Column("declared_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "holiday_set IN ('government', 'organisation', 'branch', 'samity')", name="holidays_holiday_set"
        ),
        sa.CheckConstraint("state IN ('proposed', 'in_force', 'dropped')", name="holidays_state"),
        sa.CheckConstraint(
            "(holiday_set = 'samity') = (samity_id IS NOT NULL)", name="holidays_a_samitys_has_a_samity"
        ),
        sa.ForeignKeyConstraint(["samity_id"], ["samities.id"], name="holidays_samity_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="holidays_pkey"),
    )
    op.create_index(
        "holidays_in_force",
        "holidays",
        ["office_id", "samity_id", "on"],
        unique=True,
        postgresql_where=sa.text("state = 'in_force'"),
        postgresql_nulls_not_distinct=True,
    )


def create_transfers() -> None:
    op.create_table(
        "transfers",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("from_samity_id", ID, nullable=False),
        sa.Column("to_samity_id", ID, nullable=False),
        sa.Column("from_branch_id", ID, nullable=False),
        sa.Column("to_branch_id", ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("old_code", KEY, nullable=False),
        sa.Column("new_code", KEY, nullable=True),
        sa.Column("codes", JSONB(none_as_null=True), nullable=True),
        sa.Column("value_on", sa.Date(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'moving', 'moved', 'declined', 'refused')", name="transfers_state"
        ),
        sa.CheckConstraint("from_samity_id <> to_samity_id", name="transfers_to_another_samity"),
        sa.CheckConstraint("(state = 'moved') = (value_on IS NOT NULL)", name="transfers_moved_on_a_day"),
        sa.CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="transfers_refused_says_why"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="transfers_member_id_fkey"),
        sa.ForeignKeyConstraint(["from_samity_id"], ["samities.id"], name="transfers_from_samity_id_fkey"),
        sa.ForeignKeyConstraint(["to_samity_id"], ["samities.id"], name="transfers_to_samity_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="transfers_pkey"),
    )
    op.create_index(
        "transfers_one_under_way",
        "transfers",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('proposed', 'moving')"),
    )
    op.create_index("transfers_from", "transfers", ["from_branch_id", "proposed_at", "id"])
    op.create_index("transfers_to", "transfers", ["to_branch_id", "proposed_at", "id"])


def create_former_codes() -> None:
    op.create_table(
        "former_codes",
        sa.Column("code", KEY, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="former_codes_member_id_fkey"),
        sa.PrimaryKeyConstraint("code", name="former_codes_pkey"),
    )
    op.create_index("former_codes_member_id", "former_codes", ["member_id"])


def downgrade() -> None:
    for table in ("former_codes", "transfers", "holidays"):
        op.drop_table(table)
