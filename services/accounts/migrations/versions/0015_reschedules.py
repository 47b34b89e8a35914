"""Reschedules of running loans.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "reschedules",
        sa.Column("id", ID, nullable=False),
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("outstanding", sa.BigInteger(), nullable=False),
        sa.Column("remaining_charge", sa.BigInteger(), nullable=False),
        sa.Column("wanted_instalments", sa.Integer(), nullable=True),
        sa.Column("wanted_instalment", sa.BigInteger(), nullable=True),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("last_due_on", sa.Date(), nullable=False),
        sa.Column("instalments", sa.Integer(), nullable=False),
        sa.Column("instalment", sa.BigInteger(), nullable=False),
        sa.Column("last_instalment", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        *checks(),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name="reschedules_loan_id_fkey"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="reschedules_member_id_fkey"),
        sa.UniqueConstraint("loan_id", "version", name="reschedules_loan_id_version_key"),
        sa.PrimaryKeyConstraint("id", name="reschedules_pkey"),
    )
    op.create_index(
        "reschedules_one_under_way",
        "reschedules",
        ["loan_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('proposed', 'agreed', 'handed_over')"),
    )
    op.create_index("reschedules_branch_id", "reschedules", ["branch_id", "proposed_at", "id"])


def checks() -> tuple[sa.CheckConstraint, ...]:
    """Return what always holds of a row."""
    told = {
        "state": "state IN ('proposed', 'agreed', 'handed_over', 'in_force', 'declined', 'dropped')",
        "number_or_amount": "(wanted_instalments IS NULL) <> (wanted_instalment IS NULL)",
        "dropped_says_why": "(state = 'dropped') = (refusal IS NOT NULL)",
        "in_force_on_a_day": "(state = 'in_force') = (in_force_on IS NOT NULL)",
        "handed_over_as_a_version": "state NOT IN ('handed_over', 'in_force') OR version IS NOT NULL",
    }
    return tuple(sa.CheckConstraint(said, name=f"reschedules_{name}") for name, said in told.items())


def downgrade() -> None:
    op.drop_table("reschedules")
