"""Days that closed past a sheet: what was said about it stays (rule M3)."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from transactions.models.metadata import key, metadata, paisa, reference

APPEND_ONLY = ("deferrals",)
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

deferrals = Table(
    "deferrals",
    metadata,
    key(),
    Column("sheet_id", ForeignKey("sheets.id"), nullable=False),
    reference("office_id"),
    Column("on", Date, nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("reason", Text, nullable=False),
    reference("officer_id"),
    paisa("cash_overnight"),
    paisa("pending"),
    reference("deferred_by"),
    Column("deferred_at", DateTime(timezone=True), nullable=False),
    Column("fingerprint", String(80), nullable=False),
    ForeignKeyConstraint(["office_id", "on"], ["days.office_id", "days.on"]),
    UniqueConstraint("sheet_id", "on"),
    UniqueConstraint("sheet_id", "number"),
    CheckConstraint("number >= 1", name="number_counts"),
    CheckConstraint("cash_overnight >= 0 AND pending >= 0", name="cash_is_not_negative"),
    CheckConstraint("deferred_by <> officer_id", name="officer_defers_not"),
    Index("ix_deferrals_office_id_on", "office_id", "on"),
)
"""A sheet may be deferred once a day; the next day it is missing again (rule M3)."""
