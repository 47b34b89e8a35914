"""The age of loans: dated rules, freezes, runs of months, and what they found.

Revision ID: 0006
Revises: 0005
"""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
STAY = ("class_rules", "class_freezes", "loan_classes", "class_totals")


def upgrade() -> None:
    op.create_index(
        "ix_loans_ended", "loans", ["office_id", "ended_on"], postgresql_where="ended_on IS NOT NULL"
    )
    create_rules()
    create_freezes()
    create_runs()
    create_loan_classes()
    create_totals()
    for table in STAY:
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def create_rules() -> None:
    """Begin with the classes of the MRA's rules of 2010 and the percentages of the trade (domain 4.9)."""
    rules = op.create_table(
        "class_rules",
        sa.Column("id", ID, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("from_days", ARRAY(sa.Integer()), nullable=False),
        sa.Column("provision_bps", ARRAY(sa.Integer()), nullable=False),
        sa.Column("provision_months", ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", ID, nullable=True),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "cardinality(from_days) = 5 AND cardinality(provision_bps) = 5",
            name="ck_class_rules_five_classes",
        ),
        sa.CheckConstraint("cardinality(provision_months) > 0", name="ck_class_rules_provision_is_booked"),
        sa.UniqueConstraint("effective_on", name="uq_class_rules_effective_on"),
        sa.PrimaryKeyConstraint("id", name="pk_class_rules"),
    )
    op.bulk_insert(
        rules,
        [
            {
                "id": "0c1a55e5-0000-4000-8000-000000002010",
                "effective_on": date(2010, 11, 10),
                "from_days": [0, 1, 31, 181, 366],
                "provision_bps": [100, 500, 2500, 7500, 10_000],
                "provision_months": [6, 12],
                "reason": "MRA Rules 2010",
                "recorded_at": datetime(2026, 11, 27, tzinfo=UTC),
            }
        ],
    )


def create_freezes() -> None:
    freezes = op.create_table(
        "class_freezes",
        sa.Column("id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", ID, nullable=True),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("to_on >= from_on", name="ck_class_freezes_ends_after_it_begins"),
        sa.PrimaryKeyConstraint("id", name="pk_class_freezes"),
    )
    op.bulk_insert(
        freezes,
        [
            {
                "id": "0c1a55e5-0000-4000-8000-000000002020",
                "from_on": date(2020, 1, 1),
                "to_on": date(2020, 9, 30),
                "reason": "MRA, COVID-19",
                "recorded_at": datetime(2026, 11, 27, tzinfo=UTC),
            }
        ],
    )


def create_runs() -> None:
    op.create_table(
        "class_runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rules_id", ID, nullable=False),
        sa.Column("frozen_from", sa.Date(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("after_id", ID, nullable=True),
        sa.Column("provision_needed", sa.BigInteger(), nullable=True),
        sa.Column("provision_booked", sa.BigInteger(), nullable=True),
        sa.Column("advance_booked", sa.BigInteger(), nullable=True),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.CheckConstraint("state IN ('running', 'finished')", name="ck_class_runs_state"),
        sa.CheckConstraint(
            "(state = 'finished') = (finished_at IS NOT NULL)", name="ck_class_runs_finishes_at_a_time"
        ),
        sa.CheckConstraint("extract(day FROM month) = 1", name="ck_class_runs_a_month_by_its_first"),
        sa.ForeignKeyConstraint(["rules_id"], ["class_rules.id"], name="fk_class_runs_rules_id"),
        sa.UniqueConstraint("office_id", "month", name="uq_class_runs_office_id_month"),
        sa.PrimaryKeyConstraint("id", name="pk_class_runs"),
    )


def create_loan_classes() -> None:
    op.create_table(
        "loan_classes",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("product_code", sa.String(length=20), nullable=False),
        sa.Column("fund", sa.String(length=40), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        sa.Column("loan_class", sa.SmallInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("days_frozen", sa.Integer(), nullable=True),
        sa.Column("kept_class", sa.SmallInteger(), nullable=True),
        sa.Column("outstanding", sa.BigInteger(), nullable=False),
        sa.Column("overdue", sa.BigInteger(), nullable=False),
        sa.Column("charge_advance", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("loan_class BETWEEN 0 AND 4", name="ck_loan_classes_class"),
        sa.CheckConstraint(
            "outstanding > 0 AND overdue >= 0 AND charge_advance >= 0", name="ck_loan_classes_amounts"
        ),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name="fk_loan_classes_loan_id"),
        sa.PrimaryKeyConstraint("month", "loan_id", name="pk_loan_classes"),
    )
    op.create_index("ix_loan_classes_office_id_month", "loan_classes", ["office_id", "month"])


def create_totals() -> None:
    op.create_table(
        "class_totals",
        sa.Column("office_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("product_code", sa.String(length=20), nullable=False),
        sa.Column("fund", sa.String(length=40), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        sa.Column("loan_class", sa.SmallInteger(), nullable=False),
        sa.Column("loans", sa.Integer(), nullable=False),
        sa.Column("outstanding", sa.BigInteger(), nullable=False),
        sa.Column("overdue", sa.BigInteger(), nullable=False),
        sa.Column("at_risk", sa.BigInteger(), nullable=False),
        sa.Column("provision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "office_id", "month", "product_code", "fund", "sex", "loan_class", name="pk_class_totals"
        ),
    )


def downgrade() -> None:
    for table in ("class_totals", "loan_classes", "class_runs", "class_freezes", "class_rules"):
        op.drop_table(table)
    op.drop_index("ix_loans_ended", table_name="loans")
