"""Interest on savings: runs over a branch, what they put aside for each account, and what they credited."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
)

from transactions.models.metadata import key, metadata, paisa, reference

APPEND_ONLY = ("interest_accruals", "interest_postings")

interest_runs = Table(
    "interest_runs",
    metadata,
    key(),
    reference("office_id"),
    Column("kind", String(9), nullable=False),
    Column("month", Date, nullable=False),
    Column("state", String(9), nullable=False),
    reference("after_account", nullable=True),
    Column("accounts", Integer, nullable=False),
    Column("looked_at", Integer, nullable=False, server_default="0"),
    Column("moved", Integer, nullable=False, server_default="0"),
    paisa("amount", default="0"),
    reference("asked_by"),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    CheckConstraint("kind IN ('provision', 'posting')", name="kind"),
    CheckConstraint("state IN ('running', 'finished', 'cancelled')", name="state"),
    CheckConstraint("(state = 'running') = (finished_at IS NULL)", name="ends"),
    CheckConstraint("extract(day FROM month) = 1", name="a_month_by_its_first"),
    Index(
        "uq_interest_runs_standing",
        "office_id",
        "kind",
        "month",
        unique=True,
        postgresql_where="state <> 'cancelled'",
    ),
    Index("ix_interest_runs_office_id_asked_at", "office_id", "asked_at", "id"),
)
"""How far a run has come, account by account (mechanics T7); a branch has one of a kind and month."""

interest_accruals = Table(
    "interest_accruals",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("month", Date, nullable=False),
    Column("run_id", ForeignKey("interest_runs.id"), nullable=False),
    reference("office_id"),
    paisa("amount"),
    PrimaryKeyConstraint("account_id", "month"),
    CheckConstraint("extract(day FROM month) = 1", name="a_month_by_its_first"),
)
"""What a month added to what is put aside for an account; where it added nothing there is no row."""

interest_postings = Table(
    "interest_postings",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("through_on", Date, nullable=False),
    Column("run_id", ForeignKey("interest_runs.id"), nullable=False),
    reference("office_id"),
    paisa("amount"),
    paisa("provided"),
    PrimaryKeyConstraint("account_id", "through_on"),
    CheckConstraint("amount >= 0", name="amount_is_not_negative"),
)
"""Up to which day an account's interest was credited, and what of it had been put aside before."""
