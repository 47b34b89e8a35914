"""Counts that nobody was told of: of a vault, or of an officer's cash.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "surprise_counts",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("denominations", JSONB(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("booked", sa.BigInteger(), nullable=False),
        sa.Column("in_field", sa.BigInteger(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("counted_by", ID, nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.CheckConstraint("total >= 0", name="ck_surprise_counts_total_is_not_negative"),
        sa.CheckConstraint(
            "officer_id IS NULL OR officer_id <> counted_by",
            name="ck_surprise_counts_nobody_surprises_himself",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_surprise_counts"),
    )
    op.create_index("ix_surprise_counts_office_id", "surprise_counts", ["office_id", "counted_at", "id"])
    op.create_table(
        "surprise_sightings",
        sa.Column("count_id", ID, nullable=False),
        sa.Column("seen_by", ID, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["count_id"], ["surprise_counts.id"], name="fk_surprise_sightings_count_id_surprise_counts"
        ),
        sa.PrimaryKeyConstraint("count_id", name="pk_surprise_sightings"),
    )
    for table in ("surprise_counts", "surprise_sightings"):
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_table("surprise_sightings")
    op.drop_table("surprise_counts")
