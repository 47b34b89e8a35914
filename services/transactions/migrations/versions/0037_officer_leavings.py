"""Officers who leave, and the lists of balances that both sign (rule P8).

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
OF_A_SHEET = (
    ["leaving_id", "samity_id", "number"],
    ["leaving_sheets.leaving_id", "leaving_sheets.samity_id", "leaving_sheets.number"],
)


def upgrade() -> None:
    op.create_table(
        "officer_leavings",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("successor_id", ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begun_by", ID, nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("finished_by", ID, nullable=True),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.CheckConstraint("officer_id <> successor_id", name="ck_officer_leavings_another_follows"),
        sa.CheckConstraint(
            "(finished_by IS NULL) = (finished_at IS NULL)", name="ck_officer_leavings_finished_by_somebody"
        ),
        sa.CheckConstraint(
            "begun_by <> officer_id AND finished_by <> officer_id",
            name="ck_officer_leavings_nobody_lets_himself_go",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_officer_leavings"),
    )
    op.create_index(
        "uq_officer_leavings_officer_id",
        "officer_leavings",
        ["officer_id"],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_index("ix_officer_leavings_office_id", "officer_leavings", ["office_id", "begun_at", "id"])
    op.create_table(
        "leaving_sheets",
        sa.Column("leaving_id", ID, nullable=False),
        sa.Column("samity_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", INSTANT, nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("savings", sa.BigInteger(), nullable=False),
        sa.Column("loans", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("number >= 1 AND members >= 0", name="ck_leaving_sheets_counted"),
        sa.ForeignKeyConstraint(
            ["leaving_id"], ["officer_leavings.id"], name="fk_leaving_sheets_leaving_id_officer_leavings"
        ),
        sa.PrimaryKeyConstraint("leaving_id", "samity_id", "number", name="pk_leaving_sheets"),
    )
    op.create_table(
        "leaving_lines",
        sa.Column("leaving_id", ID, nullable=False),
        sa.Column("samity_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("savings", sa.BigInteger(), nullable=False),
        sa.Column("loans", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(*OF_A_SHEET, name="fk_leaving_lines_sheet"),
        sa.PrimaryKeyConstraint("leaving_id", "samity_id", "number", "member_id", name="pk_leaving_lines"),
    )
    op.create_table(
        "leaving_signatures",
        sa.Column("leaving_id", ID, nullable=False),
        sa.Column("samity_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("signed_by", ID, nullable=False),
        sa.Column("signed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(*OF_A_SHEET, name="fk_leaving_signatures_sheet"),
        sa.PrimaryKeyConstraint(
            "leaving_id", "samity_id", "number", "signed_by", name="pk_leaving_signatures"
        ),
    )
    for table in ("leaving_lines", "leaving_signatures"):
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    for table in ("leaving_signatures", "leaving_lines", "leaving_sheets", "officer_leavings"):
        op.drop_table(table)
