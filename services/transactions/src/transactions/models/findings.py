"""Findings of auditors and their steps; both are only ever added (rule P12)."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
)

from transactions.models.metadata import key, metadata, reference

APPEND_ONLY = ("findings", "finding_steps")
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

findings = Table(
    "findings",
    metadata,
    key(),
    reference("office_id"),
    Column("about", String(8), nullable=False),
    reference("about_id", nullable=True),
    Column("raised_at", DateTime(timezone=True), nullable=False),
    Column("fingerprint", String(80), nullable=False),
    CheckConstraint("about IN ('office', 'entry', 'sheet', 'member', 'count')", name="about"),
    CheckConstraint("(about = 'office') = (about_id IS NULL)", name="names_its_thing"),
    Index("ix_findings_office_id", "office_id", "raised_at", "id"),
)

finding_steps = Table(
    "finding_steps",
    metadata,
    Column("finding_id", ForeignKey("findings.id"), nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("said", Text, nullable=False),
    Column("answer_by", Date),
    reference("by"),
    Column("role", String(32), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("fingerprint", String(80), nullable=False),
    PrimaryKeyConstraint("finding_id", "number"),
    CheckConstraint("kind IN ('raised', 'answered', 'asked_again', 'closed')", name="kind"),
    CheckConstraint("number >= 1 AND (number = 1) = (kind = 'raised')", name="begins_by_being_raised"),
    CheckConstraint("(kind IN ('raised', 'asked_again')) = (answer_by IS NOT NULL)", name="asks_until_a_day"),
)
"""A step's number is its place: of two that were taken at once the second finds it taken."""
