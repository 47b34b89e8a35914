"""Members who died, and what their nominees get (rule L5).

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.add_column("members", sa.Column("deceased_on", sa.Date(), nullable=True))
    op.create_table(
        "nominee_claims",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("died_on", sa.Date(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('agreed', 'closed', 'paid')", name="ck_nominee_claims_state"),
        sa.CheckConstraint(
            "(state = 'agreed') = (total IS NULL)", name="ck_nominee_claims_closed_with_a_total"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_nominee_claims"),
    )
    op.create_index("uq_nominee_claims_member_id", "nominee_claims", ["member_id"], unique=True)
    create_shares()


def downgrade() -> None:
    op.drop_table("nominee_shares")
    op.drop_table("nominee_claims")
    op.drop_column("members", "deceased_on")


def create_shares() -> None:
    op.create_table(
        "nominee_shares",
        sa.Column("claim_id", ID, nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("relation", sa.String(length=50), nullable=False),
        sa.Column("share_percent", sa.SmallInteger(), nullable=False),
        sa.Column("guardian", sa.String(length=100), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("entry_id", ID, nullable=True),
        sa.Column("mark", sa.String(length=10), nullable=True),
        sa.Column("witness_id", ID, nullable=True),
        sa.Column("paid_by", ID, nullable=True),
        sa.CheckConstraint("share_percent BETWEEN 1 AND 100", name="ck_nominee_shares_share"),
        sa.CheckConstraint("amount >= 0 AND amount % 100 = 0", name="ck_nominee_shares_cash_is_whole_taka"),
        sa.CheckConstraint(
            "entry_id IS NULL OR (mark IS NOT NULL AND witness_id <> paid_by)",
            name="ck_nominee_shares_paid_against_a_mark",
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["nominee_claims.id"], name="fk_nominee_shares_claim_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_nominee_shares_entry_id"),
        sa.PrimaryKeyConstraint("claim_id", "number", name="pk_nominee_shares"),
    )
