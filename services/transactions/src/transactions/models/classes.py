"""The age of loans: dated rules, freezes, a branch's run of a month, and what it found (domain 4.9)."""

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from transactions.models.metadata import key, metadata, paisa, reference

APPEND_ONLY = ("class_rules", "class_freezes", "loan_classes", "class_totals")

class_rules = Table(
    "class_rules",
    metadata,
    key(),
    Column("effective_on", Date, nullable=False),
    Column("from_days", ARRAY(Integer), nullable=False),
    Column("provision_bps", ARRAY(Integer), nullable=False),
    Column("provision_months", ARRAY(SmallInteger), nullable=False),
    Column("reason", Text, nullable=False),
    reference("proposed_by", nullable=True),
    reference("approved_by", nullable=True),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("cardinality(from_days) = 5 AND cardinality(provision_bps) = 5", name="five_classes"),
    CheckConstraint("cardinality(provision_months) > 0", name="provision_is_booked"),
    UniqueConstraint("effective_on"),
)
"""From the best class to the worst: from how many days on, and how much is set aside."""

class_freezes = Table(
    "class_freezes",
    metadata,
    key(),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
    reference("proposed_by", nullable=True),
    reference("approved_by", nullable=True),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("to_on >= from_on", name="ends_after_it_begins"),
)

class_runs = Table(
    "class_runs",
    metadata,
    key(),
    reference("office_id"),
    Column("month", Date, nullable=False),
    Column("state", String(10), nullable=False),
    Column("rules_id", ForeignKey("class_rules.id"), nullable=False),
    Column("frozen_from", Date),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False, server_default="0"),
    reference("after_id", nullable=True),
    paisa("provision_needed", nullable=True),
    paisa("provision_booked", nullable=True),
    paisa("advance_booked", nullable=True),
    reference("asked_by"),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    Column("fingerprint", String(80), nullable=False),
    CheckConstraint("state IN ('running', 'finished', 'cancelled')", name="state"),
    CheckConstraint("(state = 'running') = (finished_at IS NULL)", name="finishes_at_a_time"),
    CheckConstraint("extract(day FROM month) = 1", name="a_month_by_its_first"),
    Index(
        "uq_class_runs_standing",
        "office_id",
        "month",
        unique=True,
        postgresql_where="state <> 'cancelled'",
    ),
)
"""One run a branch and month; `after_id` is the last loan that it has classed."""

loan_classes = Table(
    "loan_classes",
    metadata,
    Column("month", Date, nullable=False),
    reference("loan_id"),
    reference("office_id"),
    Column("product_code", String(20), nullable=False),
    Column("fund", String(40), nullable=False),
    Column("sex", String(10), nullable=False),
    Column("loan_class", SmallInteger, nullable=False),
    Column("days", Integer, nullable=False),
    Column("days_frozen", Integer),
    Column("kept_class", SmallInteger),
    paisa("outstanding"),
    paisa("overdue"),
    paisa("charge_advance"),
    PrimaryKeyConstraint("month", "loan_id"),
    ForeignKeyConstraint(["loan_id"], ["loans.id"]),
    CheckConstraint("loan_class BETWEEN 0 AND 4", name="class"),
    CheckConstraint("outstanding > 0 AND overdue >= 0 AND charge_advance >= 0", name="amounts"),
    Index("ix_loan_classes_office_id_month", "office_id", "month"),
)
"""A loan at a month's end, as it was known when its branch was run: never restated (rule M2)."""

class_totals = Table(
    "class_totals",
    metadata,
    reference("office_id"),
    Column("month", Date, nullable=False),
    Column("product_code", String(20), nullable=False),
    Column("fund", String(40), nullable=False),
    Column("sex", String(10), nullable=False),
    Column("loan_class", SmallInteger, nullable=False),
    Column("loans", Integer, nullable=False),
    paisa("outstanding"),
    paisa("overdue"),
    paisa("at_risk"),
    paisa("provision"),
    PrimaryKeyConstraint("office_id", "month", "product_code", "fund", "sex", "loan_class"),
)
