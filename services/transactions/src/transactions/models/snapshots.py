"""What a month was to a branch: told once when the month ends, and never restated (rule M2, domain §6)."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from transactions.models.metadata import key, metadata, paisa, reference

APPEND_ONLY = ("loan_months", "loan_snapshots", "savings_snapshots", "member_snapshots")

MONEY = ("opening", "disbursed", "moved_in", "moved_out", "recovered_principal", "recovered_charge",
         "waived", "written_off", "outstanding")  # fmt: skip
DUES = ("opening_due", "opening_advance", "adjusted", "recoverable", "due_recovered", "regular_recovered",
        "advance_recovered", "due", "advance")  # fmt: skip
SAVED = ("opening", "deposited", "withdrawn", "interest", "moved_in", "moved_out", "closing")

_ADDS_UP = (
    "opening + disbursed + moved_in - moved_out - recovered_principal - waived - written_off = outstanding"
)
snapshots = Table(
    "snapshots",
    metadata,
    key(),
    reference("office_id"),
    Column("month", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("stage", String(10), nullable=False),
    Column("done", Integer, nullable=False, server_default="0"),
    reference("after_id", nullable=True),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    CheckConstraint("stage IN ('loans', 'savings', 'members', 'finished')", name="stage"),
    CheckConstraint("(stage = 'finished') = (finished_at IS NOT NULL)", name="finishes_at_a_time"),
    CheckConstraint("extract(day FROM month) = 1", name="a_month_by_its_first"),
    UniqueConstraint("office_id", "month"),
)
"""One a branch and month; `after_id` is the last loan that it has told."""

loan_months = Table(
    "loan_months",
    metadata,
    Column("month", Date, nullable=False),
    reference("office_id"),
    reference("loan_id"),
    *(paisa(name) for name in (*MONEY, *DUES)),
    PrimaryKeyConstraint("office_id", "month", "loan_id"),
    ForeignKeyConstraint(["loan_id"], ["loans.id"]),
    CheckConstraint(_ADDS_UP, name="adds_up"),
    CheckConstraint(
        "opening_due + adjusted - due_recovered + recoverable - regular_recovered = due", name="dues_add_up"
    ),
    Index("ix_loan_months_loan_id", "loan_id"),
)
"""One loan in one branch's month: what every figure of loans is made of."""

loan_snapshots = Table(
    "loan_snapshots",
    metadata,
    reference("office_id"),
    Column("month", Date, nullable=False),
    Column("product_code", String(20), nullable=False),
    Column("fund", String(40), nullable=False),
    Column("sex", String(10), nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("loans", "borrowers", "lent", "ended", "late")),
    *(paisa(name) for name in (*MONEY, *DUES)),
    PrimaryKeyConstraint("office_id", "month", "product_code", "fund", "sex"),
)
"""`loans` and `borrowers` with anything outstanding at the end, loans `lent` and `ended` in the month, and
those `late` with anything due at its end."""

savings_snapshots = Table(
    "savings_snapshots",
    metadata,
    reference("office_id"),
    Column("month", Date, nullable=False),
    Column("ledger", String(4), nullable=False),
    Column("product_code", String(20), nullable=False),
    Column("fund", String(40), nullable=False),
    Column("sex", String(10), nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("accounts", "savers", "opened", "closed")),
    *(paisa(name) for name in SAVED),
    PrimaryKeyConstraint("office_id", "month", "ledger", "product_code", "fund", "sex"),
    CheckConstraint(
        "opening + deposited - withdrawn + interest + moved_in - moved_out = closing", name="adds_up"
    ),
)

member_snapshots = Table(
    "member_snapshots",
    metadata,
    reference("office_id"),
    Column("month", Date, nullable=False),
    Column("sex", String(10), nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("members", "admitted", "borrowers", "savers")),
    PrimaryKeyConstraint("office_id", "month", "sex"),
)
"""Each member once, whatever she has: a sex is known by what was agreed with her."""
