"""The ends of months, what the area signs for, and runs of classes that are cancelled.

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


def upgrade() -> None:
    create_month_ends()
    create_signatures()
    op.drop_constraint("uq_class_runs_office_id_month", "class_runs", type_="unique")
    op.create_index(
        "uq_class_runs_standing",
        "class_runs",
        ["office_id", "month"],
        unique=True,
        postgresql_where="state <> 'cancelled'",
    )
    op.drop_constraint("ck_class_runs_state", "class_runs", type_="check")
    op.create_check_constraint(
        "ck_class_runs_state", "class_runs", "state IN ('running', 'finished', 'cancelled')"
    )
    op.drop_constraint("ck_class_runs_finishes_at_a_time", "class_runs", type_="check")
    op.create_check_constraint(
        "ck_class_runs_finishes_at_a_time", "class_runs", "(state = 'running') = (finished_at IS NULL)"
    )


def create_month_ends() -> None:
    op.create_table(
        "month_ends",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_transit", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("state IN ('running', 'missing', 'closed')", name="ck_month_ends_state"),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name="ck_month_ends_closes_at_a_time"
        ),
        sa.CheckConstraint("extract(day FROM month) = 1", name="ck_month_ends_a_month_by_its_first"),
        sa.PrimaryKeyConstraint("id", name="pk_month_ends"),
        sa.UniqueConstraint("office_id", "month", name="uq_month_ends_office_id_month"),
    )


def create_signatures() -> None:
    op.create_table(
        "month_signatures",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("signed_for", sa.ARRAY(ID), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", ID, nullable=False),
        sa.Column("signed_by", ID, nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("proposed_by <> signed_by", name="ck_month_signatures_maker_is_not_checker"),
        sa.CheckConstraint(
            "cardinality(signed_for) > 0 AND amount >= 0", name="ck_month_signatures_for_something"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_month_signatures"),
    )
    op.create_index("ix_month_signatures_office_id_month", "month_signatures", ["office_id", "month"])
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON month_signatures"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER stays_whole BEFORE TRUNCATE ON month_signatures EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.execute("DELETE FROM class_runs WHERE state = 'cancelled'")
    op.drop_constraint("ck_class_runs_finishes_at_a_time", "class_runs", type_="check")
    op.create_check_constraint(
        "ck_class_runs_finishes_at_a_time", "class_runs", "(state = 'finished') = (finished_at IS NOT NULL)"
    )
    op.drop_constraint("ck_class_runs_state", "class_runs", type_="check")
    op.create_check_constraint("ck_class_runs_state", "class_runs", "state IN ('running', 'finished')")
    op.drop_index("uq_class_runs_standing", "class_runs")
    op.create_unique_constraint("uq_class_runs_office_id_month", "class_runs", ["office_id", "month"])
    op.drop_table("month_signatures")
    op.drop_table("month_ends")
