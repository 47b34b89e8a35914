"""Findings of auditors and what became of them.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "findings",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("about", sa.String(length=8), nullable=False),
        sa.Column("about_id", ID, nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "about IN ('office', 'entry', 'sheet', 'member', 'count')", name="ck_findings_about"
        ),
        sa.CheckConstraint("(about = 'office') = (about_id IS NULL)", name="ck_findings_names_its_thing"),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
    )
    op.create_index("ix_findings_office_id", "findings", ["office_id", "raised_at", "id"])
    op.create_table(
        "finding_steps",
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("by", ID, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "kind IN ('raised', 'answered', 'asked_again', 'closed')", name="ck_finding_steps_kind"
        ),
        sa.CheckConstraint(
            "number >= 1 AND (number = 1) = (kind = 'raised')",
            name="ck_finding_steps_begins_by_being_raised",
        ),
        sa.CheckConstraint(
            "(kind IN ('raised', 'asked_again')) = (answer_by IS NOT NULL)",
            name="ck_finding_steps_asks_until_a_day",
        ),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name="fk_finding_steps_finding_id_findings"),
        sa.PrimaryKeyConstraint("finding_id", "number", name="pk_finding_steps"),
    )
    for table in ("findings", "finding_steps"):
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    for table in ("finding_steps", "findings"):
        op.drop_table(table)
