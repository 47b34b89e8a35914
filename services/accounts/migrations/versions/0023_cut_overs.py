"""Branches that are brought over from their old books.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
JSON = postgresql.JSONB()
KEY = sa.Text(collation="C")
SHEETS = "sheet IN ('samities', 'members', 'savings', 'loans')"
STATES = (
    "state IN ('draft', 'checking', 'faulty', 'checked', 'proposed', 'declined', 'entering', 'refused',"
    " 'entered')"
)


def upgrade() -> None:
    op.create_table(
        "cut_overs",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("ledger", JSON, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("done", "total", "samities", "members", "faults")
        ),
        sa.Column("products", JSON, nullable=False),
        sa.Column("first_serial", sa.Integer(), nullable=True),
        sa.Column("refusal", JSON, nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("checker_id", ID, nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.CheckConstraint(STATES, name="cut_overs_state"),
        sa.CheckConstraint("done >= 0 AND done <= total AND faults >= 0", name="cut_overs_progress"),
        sa.CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="cut_overs_refused_says_why"),
        sa.CheckConstraint(
            "state NOT IN ('entering', 'entered') OR (checker_id IS NOT NULL AND first_serial IS NOT NULL)",
            name="cut_overs_entering_was_agreed",
        ),
        sa.PrimaryKeyConstraint("id", name="cut_overs_pkey"),
    )
    op.create_index("cut_overs_branch_id", "cut_overs", ["branch_id", "made_at", "id"])
    rows()
    op.create_table(
        "brought_over",
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("cut_over_id", ID, nullable=False),
        sa.CheckConstraint(SHEETS, name="brought_over_sheet"),
        sa.ForeignKeyConstraint(["cut_over_id"], ["cut_overs.id"], name="brought_over_cut_over_id_fkey"),
        sa.UniqueConstraint("id", name="brought_over_id_key"),
        sa.PrimaryKeyConstraint("branch_id", "sheet", "source_id", name="brought_over_pkey"),
    )


def rows() -> None:
    op.create_table(
        "cut_over_rows",
        sa.Column("cut_over_id", ID, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("cells", JSON, nullable=False),
        sa.Column("nid", sa.Text(), nullable=True),
        sa.Column("nid_index", sa.Text(), nullable=True),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("mobile_index", sa.Text(), nullable=True),
        sa.Column("wrong", JSON, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.CheckConstraint(SHEETS, name="cut_over_rows_sheet"),
        sa.ForeignKeyConstraint(["cut_over_id"], ["cut_overs.id"], name="cut_over_rows_cut_over_id_fkey"),
        sa.PrimaryKeyConstraint("cut_over_id", "sheet", "row", name="cut_over_rows_pkey"),
    )
    op.create_table(
        "cut_over_faults",
        sa.Column("cut_over_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.CheckConstraint(SHEETS, name="cut_over_faults_sheet"),
        sa.ForeignKeyConstraint(["cut_over_id"], ["cut_overs.id"], name="cut_over_faults_cut_over_id_fkey"),
        sa.PrimaryKeyConstraint("cut_over_id", "number", name="cut_over_faults_pkey"),
    )


def downgrade() -> None:
    for table in ("brought_over", "cut_over_faults", "cut_over_rows", "cut_overs"):
        op.drop_table(table)
