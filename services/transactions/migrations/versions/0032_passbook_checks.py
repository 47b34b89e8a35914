"""Passbook checking: whose passbooks were drawn, and what their paper said.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "passbook_draws",
        sa.Column("office_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("extract(day FROM month) = 1", name="ck_passbook_draws_a_month_by_its_first"),
        sa.PrimaryKeyConstraint("office_id", "month", name="pk_passbook_draws"),
    )
    op.create_table(
        "passbook_checks",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("samity_id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("checked_by", ID, nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.String(length=80), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'matched', 'differs', 'settled')", name="ck_passbook_checks_state"
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (checked_by IS NULL)", name="ck_passbook_checks_checked_by_somebody"
        ),
        sa.CheckConstraint(
            "(checked_by IS NULL) = (checked_at IS NULL) AND (checked_by IS NULL) = (fingerprint IS NULL)",
            name="ck_passbook_checks_checked_whole",
        ),
        sa.CheckConstraint("checked_by <> officer_id", name="ck_passbook_checks_her_officer_checks_not"),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_by IS NOT NULL)", name="ck_passbook_checks_settled_by_somebody"
        ),
        sa.CheckConstraint(
            "settled_by <> checked_by AND settled_by <> officer_id",
            name="ck_passbook_checks_checker_settles_not",
        ),
        sa.CheckConstraint(
            "settled_by IS NULL OR (outcome IN ('book_right', 'paper_right', 'unclear')"
            " AND reason IS NOT NULL AND settled_at IS NOT NULL)",
            name="ck_passbook_checks_settled_whole",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_passbook_checks"),
        sa.UniqueConstraint(
            "office_id", "month", "member_id", name="uq_passbook_checks_office_id_month_member_id"
        ),
    )
    op.create_index("ix_passbook_checks_samity_id", "passbook_checks", ["samity_id", "month"])
    op.create_table(
        "passbook_papers",
        sa.Column("check_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("paper", sa.BigInteger(), nullable=False),
        sa.Column("book", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("paper >= 0", name="ck_passbook_papers_paper_not_negative"),
        sa.ForeignKeyConstraint(
            ["check_id"], ["passbook_checks.id"], name="fk_passbook_papers_check_id_passbook_checks"
        ),
        sa.PrimaryKeyConstraint("check_id", "account_id", name="pk_passbook_papers"),
    )
    for table in ("passbook_draws", "passbook_papers"):
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    for table in ("passbook_papers", "passbook_checks", "passbook_draws"):
        op.drop_table(table)
