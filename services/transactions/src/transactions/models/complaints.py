"""The register of mismatches and complaints: what was said, and what was done about it (rule P4)."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from transactions.models.metadata import key, metadata, reference

APPEND_ONLY = ("complaints", "complaint_acts")
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

complaints = Table(
    "complaints",
    metadata,
    key(),
    reference("office_id"),
    reference("member_id"),
    reference("samity_id"),
    reference("officer_id", nullable=True),
    Column("about", String(10), nullable=False),
    Column("via", String(16), nullable=False),
    Column("against", String(10), nullable=False),
    reference("entry_id", nullable=True),
    reference("row_id", nullable=True),
    reference("account_id", nullable=True),
    Column("happened_on", Date),
    Column("check_id", ForeignKey("passbook_checks.id"), unique=True),
    Column("said", Text),
    reference("taken_by"),
    Column("taken_on", Date, nullable=False),
    Column("taken_at", DateTime(timezone=True), nullable=False),
    Column("acknowledge_by", Date, nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("repeated", Boolean, nullable=False),
    Column("fingerprint", String(80), nullable=False),
    CheckConstraint("about IN ('entry', 'no_entry', 'conduct', 'passbook')", name="about"),
    CheckConstraint("via IN ('app', 'phone', 'counter', 'passbook_check')", name="via"),
    CheckConstraint("against IN ('officer', 'manager', 'other')", name="against"),
    CheckConstraint("taken_by <> officer_id", name="her_officer_takes_not"),
    CheckConstraint("(about = 'passbook') = (check_id IS NOT NULL)", name="a_check_says_which"),
    CheckConstraint("about <> 'entry' OR row_id IS NOT NULL", name="an_entry_says_which"),
    CheckConstraint(
        "about <> 'no_entry' OR (account_id IS NOT NULL AND happened_on IS NOT NULL)",
        name="a_missing_entry_says_where",
    ),
    CheckConstraint("about = 'passbook' OR said IS NOT NULL", name="somebody_said_something"),
    Index("ix_complaints_office_id", "office_id", "taken_at"),
    Index("ix_complaints_member_id", "member_id", "taken_at"),
)
"""A case as it was taken; it is never changed, and nobody takes it out of the register."""

complaint_acts = Table(
    "complaint_acts",
    metadata,
    Column("complaint_id", ForeignKey("complaints.id"), nullable=False),
    Column("deed", String(12), nullable=False),
    reference("by"),
    Column("on", Date, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("contact", String(8)),
    Column("outcome", String(12)),
    Column("answer", Text),
    reference("correction_id", nullable=True),
    PrimaryKeyConstraint("complaint_id", "deed"),
    CheckConstraint("deed IN ('acknowledged', 'contacted', 'answered')", name="deed"),
    CheckConstraint("contact IN ('phone', 'visit', 'counter')", name="contact"),
    CheckConstraint("deed <> 'contacted' OR contact IS NOT NULL", name="contacted_somehow"),
    CheckConstraint(
        "outcome IN ('book_right', 'paper_right', 'unclear', 'upheld', 'not_upheld')", name="outcome"
    ),
    CheckConstraint(
        "(deed = 'answered') = (outcome IS NOT NULL) AND (deed = 'answered') = (answer IS NOT NULL)",
        name="answered_whole",
    ),
    CheckConstraint(
        "(outcome IS NOT DISTINCT FROM 'paper_right') = (correction_id IS NOT NULL)",
        name="paper_right_has_its_correction",
    ),
)
"""What was done about a case, each deed once: acknowledged, spoken with her, answered."""
