"""Payments in the field: where they are allowed, and the cash that officers carry for them (rule M9)."""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from transactions.models.metadata import key, metadata, paisa, reference

APPEND_ONLY = ("field_payment_settings",)
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""


def _instant(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


field_payment_settings = Table(
    "field_payment_settings",
    metadata,
    key(),
    reference("office_id"),
    Column("effective_on", Date, nullable=False),
    Column("allowed", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    reference("proposed_by"),
    reference("approved_by"),
    _instant("recorded_at"),
    UniqueConstraint("office_id", "effective_on"),
    CheckConstraint("proposed_by <> approved_by", name="maker_is_not_checker"),
)
"""The nearest office above a branch that has a setting decides; without one nothing is paid in the field."""

floats = Table(
    "floats",
    metadata,
    key(),
    Column("sheet_id", ForeignKey("sheets.id"), nullable=False),
    reference("office_id"),
    reference("officer_id"),
    Column("on", Date, nullable=False),
    paisa("amount"),
    Column("state", String(10), nullable=False),
    Column("fingerprint", String(80), nullable=False),
    reference("issued_by"),
    _instant("issued_at"),
    _instant("accepted_at", nullable=True),
    reference("finished_by", nullable=True),
    _instant("finished_at", nullable=True),
    Column("finish_reason", Text),
    CheckConstraint("amount > 0 AND amount % 100 = 0", name="cash_is_whole_taka"),
    CheckConstraint("state IN ('issued', 'accepted', 'returned', 'settled', 'withdrawn')", name="state"),
    CheckConstraint("issued_by <> officer_id", name="officer_issues_not"),
    CheckConstraint(
        "(state IN ('issued', 'withdrawn')) = (accepted_at IS NULL)", name="taken_before_it_is_told_apart"
    ),
    CheckConstraint("(state IN ('issued', 'accepted')) = (finished_at IS NULL)", name="finished_by_somebody"),
    Index("ix_floats_sheet_id", "sheet_id"),
    Index("ix_floats_office_id_issued_at", "office_id", "issued_at", "id"),
    Index("ix_floats_out", "office_id", postgresql_where="state IN ('issued', 'accepted')"),
)
"""The id is the entry's that brings the cash into the officer's hands."""
