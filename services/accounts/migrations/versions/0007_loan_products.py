"""Loan products that head office sets, in versions, each proposed and approved.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "loan_products",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        sa.Column("offered", sa.Boolean, nullable=False),
        sa.Column("name_bn", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("fund", sa.Text, nullable=False),
        sa.Column("least", sa.BigInteger, nullable=False),
        sa.Column("most", sa.BigInteger, nullable=False),
        sa.Column("terms", JSONB, nullable=False),
        sa.Column("proposal_id", sa.Uuid(as_uuid=False)),
        sa.CheckConstraint("0 < least AND least <= most", name="loan_products_amounts"),
        sa.CheckConstraint("version >= 1", name="loan_products_version"),
        sa.ForeignKeyConstraint(["code"], ["products.code"], name="loan_products_code_fkey"),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["product_proposals.id"], name="loan_products_proposal_id_fkey"
        ),
        sa.PrimaryKeyConstraint("code", "version", name="loan_products_pkey"),
        sa.UniqueConstraint("proposal_id", name="loan_products_proposal_id_key"),
    )


def downgrade() -> None:
    op.drop_table("loan_products")
