"""How loans ended by a decision, and fees at the counter."""

from sqlalchemy import CheckConstraint, Column, Date, DateTime, ForeignKey, Index, String, Table, Text

from transactions.models.metadata import key, metadata, paisa, reference

APPEND_ONLY = ("fees",)

loan_endings = Table(
    "loan_endings",
    metadata,
    key(),
    Column("loan_id", ForeignKey("loans.id"), nullable=False),
    reference("office_id"),
    Column("kind", String(12), nullable=False),
    Column("on", Date, nullable=False),
    Column("value_on", Date, nullable=False),
    paisa("principal"),
    paisa("charge"),
    paisa("rebate"),
    paisa("claim"),
    Column("died_on", Date),
    Column("evidence", Text, nullable=False),
    reference("maker_id"),
    reference("checker_id"),
    reference("undone_by", nullable=True),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("kind IN ('settled', 'waived', 'written_off')", name="kind"),
    CheckConstraint("principal >= 0 AND rebate >= 0 AND claim >= 0", name="amounts"),
    CheckConstraint("kind = 'written_off' OR claim = 0", name="only_a_write_off_leaves_a_claim"),
    CheckConstraint("(kind = 'waived') = (died_on IS NOT NULL)", name="waived_after_a_death"),
    CheckConstraint("maker_id <> checker_id", name="maker_is_not_checker"),
    Index("uq_loan_endings_standing", "loan_id", unique=True, postgresql_where="undone_by IS NULL"),
)
"""The id is the request's and the entry's. One ending a loan stands: there is one rebate (domain 4.8)."""

fees = Table(
    "fees",
    metadata,
    Column("entry_id", ForeignKey("entries.id"), primary_key=True),
    reference("member_id"),
    reference("office_id"),
    Column("kind", String(12), nullable=False),
    paisa("amount"),
    Column("on", Date, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("kind IN ('form', 'passbook', 'additional', 'risk_premium')", name="kind"),
    CheckConstraint("amount > 0 AND amount % 100 = 0", name="cash_is_whole_taka"),
    Index("ix_fees_member_id", "member_id", "recorded_at"),
)
