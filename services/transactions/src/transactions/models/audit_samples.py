"""Samples that the system drew for an auditor; they are only ever added (rule P12)."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
)

from transactions.models.metadata import key, metadata, reference

APPEND_ONLY = ("audit_samples", "audit_sample_items")
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

audit_samples = Table(
    "audit_samples",
    metadata,
    key(),
    reference("office_id"),
    Column("of_what", String(8), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date, nullable=False),
    Column("size", SmallInteger, nullable=False),
    Column("population", Integer, nullable=False),
    Column("seed", String(64), nullable=False),
    reference("drawn_by"),
    Column("drawn_at", DateTime(timezone=True), nullable=False),
    Column("fingerprint", String(80), nullable=False),
    CheckConstraint("of_what IN ('entries', 'members')", name="of_what"),
    CheckConstraint("from_on <= to_on", name="a_period"),
    CheckConstraint("size >= 1 AND population >= 1", name="of_something"),
    Index("ix_audit_samples_office_id", "office_id", "drawn_at", "id"),
)
"""From seed and period anybody can draw again what was drawn."""

audit_sample_items = Table(
    "audit_sample_items",
    metadata,
    Column("sample_id", ForeignKey("audit_samples.id"), nullable=False),
    Column("place", SmallInteger, nullable=False),
    reference("thing_id"),
    PrimaryKeyConstraint("sample_id", "place"),
)
