"""Applicants as accounts told of them, and what the branch holds of their money (rule L8)."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, ForeignKey, Index, String, Table, Text

from transactions.models.metadata import key, metadata, paisa, reference

applicants = Table(
    "applicants",
    metadata,
    key(),
    Column("name_bn", String(200), nullable=False),
    Column("name_en", String(200), nullable=False),
    reference("samity_id"),
    reference("branch_id"),
    Column("status", String(20), nullable=False),
    Column("version", BigInteger, nullable=False),
)

applicant_receipts = Table(
    "applicant_receipts",
    metadata,
    Column("entry_id", ForeignKey("entries.id"), primary_key=True),
    reference("applicant_id"),
    reference("office_id"),
    paisa("amount"),
    Column("received_on", Date, nullable=False),
    Column("refund_by", Date, nullable=False),
    Column("state", String(10), nullable=False),
    Column("ended_by_entry_id", ForeignKey("entries.id")),
    Column("mark", String(10)),
    reference("witness_id", nullable=True),
    Column("reason", Text),
    CheckConstraint("state IN ('held', 'moved', 'refunded')", name="state"),
    CheckConstraint("(state = 'held') = (ended_by_entry_id IS NULL)", name="ended_by_an_entry"),
    CheckConstraint(
        "state <> 'refunded' OR (mark IS NOT NULL AND witness_id IS NOT NULL)", name="refunded_against_a_mark"
    ),
    Index("ix_applicant_receipts_applicant_id", "applicant_id"),
    Index(
        "ix_applicant_receipts_held",
        "office_id",
        "refund_by",
        "entry_id",
        postgresql_where="state = 'held'",
    ),
)
"""All that is held of somebody is the balance of her account under ledger 2250."""

applicant_moves = Table(
    "applicant_moves",
    metadata,
    key("applicant_id"),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    paisa("amount"),
    Column("moved_on", Date, nullable=False),
)
"""From here on nothing more is taken of her as an applicant."""
