"""The register of exports: what left the system as a file, for what and to whom.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "report_exports",
        sa.Column("office_id", ID, nullable=False),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("question", JSONB(), nullable=False),
        sa.Column("as_what", sa.String(length=4), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("purpose_words", sa.Text(), nullable=True),
        sa.Column("recipient", sa.String(length=20), nullable=False),
        sa.Column("recipient_words", sa.Text(), nullable=True),
        sa.Column("exported_by", ID, nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_report_exports"),
    )
    op.create_index("ix_report_exports_office_id", "report_exports", ["office_id", "exported_at"])
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON report_exports"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER stays_whole BEFORE TRUNCATE ON report_exports EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("report_exports")
