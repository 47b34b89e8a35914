"""Whose passbooks were drawn to be checked, and what their paper said (rule P5)."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from transactions.models.metadata import key, metadata, paisa, reference

APPEND_ONLY = ("passbook_draws", "passbook_papers")
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

passbook_draws = Table(
    "passbook_draws",
    metadata,
    reference("office_id"),
    Column("month", Date, nullable=False),
    Column("seed", String(64), nullable=False),
    Column("drawn_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("office_id", "month"),
    CheckConstraint("extract(day FROM month) = 1", name="a_month_by_its_first"),
)
"""A branch draws once a month; from the seed anybody can draw again what was drawn."""

passbook_checks = Table(
    "passbook_checks",
    metadata,
    key(),
    reference("office_id"),
    Column("month", Date, nullable=False),
    reference("member_id"),
    reference("samity_id"),
    reference("officer_id", nullable=True),
    Column("due_on", Date, nullable=False),
    Column("state", String(10), nullable=False),
    reference("checked_by", nullable=True),
    Column("checked_at", DateTime(timezone=True)),
    Column("fingerprint", String(80)),
    reference("excess_id", nullable=True),
    UniqueConstraint("office_id", "month", "member_id"),
    CheckConstraint("state IN ('waiting', 'matched', 'differs')", name="state"),
    CheckConstraint("(state = 'waiting') = (checked_by IS NULL)", name="checked_by_somebody"),
    CheckConstraint(
        "(checked_by IS NULL) = (checked_at IS NULL) AND (checked_by IS NULL) = (fingerprint IS NULL)",
        name="checked_whole",
    ),
    CheckConstraint("checked_by <> officer_id", name="her_officer_checks_not"),
    Index("ix_passbook_checks_samity_id", "samity_id", "month"),
    Index("ix_passbook_checks_excess_id", "excess_id", postgresql_where="excess_id IS NOT NULL"),
)
"""A member whose passbook somebody is to see until a day; what was typed stands in `passbook_papers`.

A difference opens a case in the register of complaints (rule P4), where it is answered.
`excess_id` is the entry of an excess for which she was drawn beside the month's draw (rule M7).
"""

passbook_papers = Table(
    "passbook_papers",
    metadata,
    Column("check_id", ForeignKey("passbook_checks.id"), nullable=False),
    reference("account_id"),
    paisa("paper"),
    paisa("book"),
    PrimaryKeyConstraint("check_id", "account_id"),
    CheckConstraint("paper >= 0", name="paper_not_negative"),
)
"""What the paper said, and what it should have said when it was typed, in paisa."""
