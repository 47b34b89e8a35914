"""Counts that nobody was told of, and who saw them; both are only ever added (rule P12)."""

from sqlalchemy import CheckConstraint, Column, Date, DateTime, ForeignKey, Index, String, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from transactions.models.metadata import key, metadata, paisa, reference

APPEND_ONLY = ("surprise_counts", "surprise_sightings")
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

surprise_counts = Table(
    "surprise_counts",
    metadata,
    key(),
    reference("office_id"),
    Column("on", Date, nullable=False),
    reference("officer_id", nullable=True),
    Column("denominations", JSONB, nullable=False),
    paisa("total"),
    paisa("booked"),
    paisa("in_field"),
    Column("remark", Text),
    reference("counted_by"),
    Column("counted_at", DateTime(timezone=True), nullable=False),
    Column("fingerprint", String(80), nullable=False),
    CheckConstraint("total >= 0", name="total_is_not_negative"),
    CheckConstraint("officer_id IS NULL OR officer_id <> counted_by", name="nobody_surprises_himself"),
    Index("ix_surprise_counts_office_id", "office_id", "counted_at", "id"),
)
"""Of the vault where no officer is named."""

surprise_sightings = Table(
    "surprise_sightings",
    metadata,
    Column("count_id", ForeignKey("surprise_counts.id"), primary_key=True),
    reference("seen_by"),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("reply", Text),
)
