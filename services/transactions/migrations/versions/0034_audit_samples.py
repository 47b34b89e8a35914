"""Samples that the system draws for an auditor.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "audit_samples",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("of_what", sa.String(length=8), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("size", sa.SmallInteger(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("drawn_by", ID, nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.CheckConstraint("of_what IN ('entries', 'members')", name="ck_audit_samples_of_what"),
        sa.CheckConstraint("from_on <= to_on", name="ck_audit_samples_a_period"),
        sa.CheckConstraint("size >= 1 AND population >= 1", name="ck_audit_samples_of_something"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_samples"),
    )
    op.create_index("ix_audit_samples_office_id", "audit_samples", ["office_id", "drawn_at", "id"])
    op.create_table(
        "audit_sample_items",
        sa.Column("sample_id", ID, nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("thing_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["audit_samples.id"], name="fk_audit_sample_items_sample_id_audit_samples"
        ),
        sa.PrimaryKeyConstraint("sample_id", "place", name="pk_audit_sample_items"),
    )
    for table in ("audit_samples", "audit_sample_items"):
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    for table in ("audit_sample_items", "audit_samples"):
        op.drop_table(table)
