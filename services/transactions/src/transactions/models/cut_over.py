"""Branches that are brought over, what the old books said of each account, and who has confirmed it (P13)."""

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
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from transactions.models.metadata import key, metadata, paisa, reference

cut_overs = Table(
    "cut_overs",
    metadata,
    key(),
    reference("office_id"),
    Column("on", Date, nullable=False),
    Column("state", String(10), nullable=False),
    Column("accounts", Integer, nullable=False),
    paisa("savings"),
    paisa("loans"),
    Column("reference", Text, nullable=False),
    reference("maker_id"),
    reference("checker_id"),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("posted_at", DateTime(timezone=True)),
    CheckConstraint("state IN ('waiting', 'posting', 'posted', 'let_go')", name="state"),
    CheckConstraint("(state = 'posted') = (posted_at IS NOT NULL)", name="posted_at_a_time"),
    CheckConstraint("maker_id <> checker_id", name="two_people"),
    Index("uq_cut_overs_one_of_office", "office_id", unique=True, postgresql_where="state <> 'let_go'"),
)
"""While one waits or is posted, no day is opened in its office; an office is brought over once."""

cut_over_chunks = Table(
    "cut_over_chunks",
    metadata,
    Column("cut_over_id", ForeignKey("cut_overs.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("body", JSONB, nullable=False),
    PrimaryKeyConstraint("cut_over_id", "number"),
)
"""What was handed over, in its wire form; in no book yet."""

brought_accounts = Table(
    "brought_accounts",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("cut_over_id", ForeignKey("cut_overs.id"), nullable=False),
    reference("member_id"),
    reference("samity_id"),
    reference("loan_id", nullable=True),
    Column("product_code", String(20), nullable=False),
    paisa("amount"),
    paisa("came"),
    paisa("went"),
    paisa("charge"),
    Column("last_receipt", String(40)),
    CheckConstraint("amount >= 0 AND came >= 0 AND went >= 0 AND charge >= 0", name="amounts"),
    Index("ix_brought_accounts_samity_id", "samity_id", "member_id"),
    Index("ix_brought_accounts_cut_over_id", "cut_over_id"),
    Index("ix_brought_accounts_member_id", "member_id"),
)
"""What the old books said: `amount` is the balance, `came` and `went` are cumulative, `charge` is what was
paid of a loan's charge, or what savings had earned."""

samity_confirmations = Table(
    "samity_confirmations",
    metadata,
    key(),
    reference("samity_id"),
    Column("read_out_on", Date, nullable=False),
    Column("mark", String(10), nullable=False),
    Column("witness", String(100), nullable=False),
    Column("paper", String(60), nullable=False),
    Column("disputed", Integer, nullable=False),
    Column("fingerprint", String(80), nullable=False),
    reference("confirmed_by"),
    Column("confirmed_at", DateTime(timezone=True), nullable=False),
    Index("ix_samity_confirmations_samity_id", "samity_id"),
)

confirmed_members = Table(
    "confirmed_members",
    metadata,
    reference("member_id"),
    Column("confirmation_id", ForeignKey("samity_confirmations.id"), nullable=False),
    PrimaryKeyConstraint("member_id"),
)
"""Who has confirmed what the book says of her; until then her lines say that nobody has checked them."""

APPEND_ONLY = ("cut_over_chunks", "brought_accounts", "samity_confirmations", "confirmed_members")
