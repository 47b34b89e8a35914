"""The ends of months, branch by branch, and what the area signed for (rule M15)."""

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from transactions.models.metadata import ID, key, metadata, paisa, reference

APPEND_ONLY = ("month_signatures",)
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

month_ends = Table(
    "month_ends",
    metadata,
    key(),
    reference("office_id"),
    Column("month", Date, nullable=False),
    Column("state", String(8), nullable=False),
    Column("stage", String(12), nullable=False),
    reference("asked_by"),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    paisa("in_transit", default="0"),
    UniqueConstraint("office_id", "month"),
    CheckConstraint("state IN ('running', 'missing', 'closed')", name="state"),
    CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closes_at_a_time"),
    CheckConstraint("extract(day FROM month) = 1", name="a_month_by_its_first"),
)
"""The long work of ending a month: what was done last, so that it goes on after a crash (mechanics T7)."""

month_signatures = Table(
    "month_signatures",
    metadata,
    key(),
    reference("office_id"),
    Column("month", Date, nullable=False),
    Column("signed_for", ARRAY(ID), nullable=False),
    paisa("amount"),
    Column("reason", Text, nullable=False),
    reference("proposed_by"),
    reference("signed_by"),
    Column("signed_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("proposed_by <> signed_by", name="maker_is_not_checker"),
    CheckConstraint("cardinality(signed_for) > 0 AND amount >= 0", name="for_something"),
    Index("ix_month_signatures_office_id_month", "office_id", "month"),
)
"""For which sheets and receipts, by id, the area lets a month close: cash in transit (rule M15)."""
