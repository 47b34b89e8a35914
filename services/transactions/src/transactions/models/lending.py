"""Loans in the book, and their schedules; nothing here is marked as paid (mechanics D5)."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
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
    UniqueConstraint,
)

from transactions.models.metadata import key, metadata, paisa, reference

loans = Table(
    "loans",
    metadata,
    key(),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    reference("member_id"),
    reference("office_id"),
    Column("code", String(40), nullable=False),
    Column("product_code", String(20), nullable=False),
    Column("fund", String(40), nullable=False),
    Column("sex", String(10), nullable=False),
    Column("split", String(16), nullable=False),
    paisa("principal"),
    paisa("charge"),
    Column("disbursed_on", Date, nullable=False),
    Column("matures_on", Date, nullable=False),
    Column("schedule_version", Integer, nullable=False),
    Column("status", String(12), nullable=False),
    Column("ended_on", Date),
    reference("ended_by_entry_id", nullable=True),
    Column("kept_class", SmallInteger),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("fingerprint", String(80), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("principal > 0 AND charge >= 0", name="amounts"),
    CheckConstraint("split IN ('proportional', 'by_instalment')", name="split"),
    CheckConstraint(
        "status IN ('running', 'repaid', 'settled', 'waived', 'written_off', 'undone')", name="status"
    ),
    CheckConstraint("(status = 'running') = (ended_on IS NULL)", name="ends_on_a_day"),
    CheckConstraint("kept_class BETWEEN 0 AND 4", name="kept_class"),
    UniqueConstraint("account_id"),
    Index("ix_loans_member_id", "member_id"),
    Index("ix_loans_running", "office_id", "id", postgresql_where="status = 'running'"),
    Index("ix_loans_ended", "office_id", "ended_on", postgresql_where="ended_on IS NOT NULL"),
)
"""The id is the loan's in accounts too. Its principal stands on `account_id`, under ledger 1310; its
charge on an account of its own under 4110, whose owner it is."""

loan_schedules = Table(
    "loan_schedules",
    metadata,
    Column("loan_id", ForeignKey("loans.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("reason", String(12), nullable=False),
    Column("good_instalments", SmallInteger, nullable=False, server_default="0"),
    Column("recorded_on", Date, nullable=False),
    Column("begins_on", Date, nullable=False),
    Column("due_on", ARRAY(Date), nullable=False),
    Column("principal", ARRAY(BigInteger), nullable=False),
    Column("charge", ARRAY(BigInteger), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("loan_id", "version"),
    CheckConstraint(
        "cardinality(due_on) > 0 AND cardinality(due_on) = cardinality(principal)"
        " AND cardinality(due_on) = cardinality(charge)",
        name="a_day_for_every_instalment",
    ),
    CheckConstraint(
        "reason IN ('payout', 'holiday', 'meeting_day', 'reschedule', 'transfer')", name="reason"
    ),
)
"""Only ever added to. Principal and charge are cumulative, so that one look answers what is due by a day.
A rescheduled loan keeps its class until so many good instalments are paid (domain 4.9)."""

loan_payouts = Table(
    "loan_payouts",
    metadata,
    Column("loan_id", ForeignKey("loans.id"), primary_key=True),
    Column("how", String(12), nullable=False),
    Column("mark", String(10), nullable=False),
    reference("paid_by"),
    reference("witness_id"),
    reference("approved_by"),
    Column("photo", String(80)),
    Column("account_last4", String(4)),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("how IN ('cash', 'bank', 'mobile_money')", name="how"),
    CheckConstraint("how = 'cash' OR account_last4 IS NOT NULL", name="her_own_account"),
    CheckConstraint(
        "paid_by <> witness_id AND witness_id <> approved_by AND paid_by <> approved_by",
        name="three_people",
    ),
)
"""How each payout is proved: to her in person or to her own account, before a second witness (rule L4)."""
