"""What members who died leave, and who gets which part of it (rule L5)."""

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
)

from transactions.models.metadata import key, metadata, paisa, reference

nominee_claims = Table(
    "nominee_claims",
    metadata,
    key(),
    reference("member_id"),
    reference("office_id"),
    Column("state", String(10), nullable=False),
    Column("died_on", Date, nullable=False),
    paisa("total", nullable=True),
    Column("closed_on", Date),
    Column("agreed_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("state IN ('agreed', 'closed', 'paid')", name="state"),
    CheckConstraint("(state = 'agreed') = (total IS NULL)", name="closed_with_a_total"),
    Index("uq_nominee_claims_member_id", "member_id", unique=True),
)

nominee_shares = Table(
    "nominee_shares",
    metadata,
    Column("claim_id", ForeignKey("nominee_claims.id"), nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("name", String(100), nullable=False),
    Column("relation", String(50), nullable=False),
    Column("share_percent", SmallInteger, nullable=False),
    Column("guardian", String(100)),
    paisa("amount", nullable=True),
    Column("entry_id", ForeignKey("entries.id")),
    Column("mark", String(10)),
    reference("witness_id", nullable=True),
    reference("paid_by", nullable=True),
    PrimaryKeyConstraint("claim_id", "number"),
    CheckConstraint("share_percent BETWEEN 1 AND 100", name="share"),
    CheckConstraint("amount >= 0 AND amount % 100 = 0", name="cash_is_whole_taka"),
    CheckConstraint(
        "entry_id IS NULL OR (mark IS NOT NULL AND witness_id <> paid_by)", name="paid_against_a_mark"
    ),
)
