"""Deaths, from the report to the nominees (rule L5).

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
    op.create_table(
        "death_cases",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("whose", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("died_on", sa.Date, nullable=False),
        sa.Column("reported_by", sa.Text, nullable=False),
        sa.Column("reported_on", sa.Date, nullable=False),
        sa.Column("certificate", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("settled_on", sa.Date),
        sa.Column("loan_id", ID),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.CheckConstraint("whose IN ('member', 'spouse')", name="death_cases_whose"),
        sa.CheckConstraint(
            "state IN ('reported', 'verified', 'approved', 'settled', 'rejected')", name="death_cases_state"
        ),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_on IS NOT NULL)", name="death_cases_settled_on_a_day"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="death_cases_member_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="death_cases_pkey"),
    )
    op.create_index("death_cases_member_id", "death_cases", ["member_id"])
    op.create_index(
        "death_cases_open",
        "death_cases",
        ["due_on", "id"],
        postgresql_where=sa.text("state IN ('reported', 'verified', 'approved')"),
    )
    op.create_index(
        "death_cases_once",
        "death_cases",
        ["member_id", "whose"],
        unique=True,
        postgresql_where=sa.text("state <> 'rejected' AND (whose = 'member' OR state <> 'settled')"),
    )


def downgrade() -> None:
    op.drop_table("death_cases")
