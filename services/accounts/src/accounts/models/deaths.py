"""Deaths: who said it, with which certificate, who agreed, until when it is to be settled (rule L5)."""

import sqlalchemy as sa

from accounts.models.base import Id, Instant, metadata, one_of
from contracts.accounts.death_words import DeathState, Whose

death_cases = sa.Table(
    "death_cases",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), nullable=False),
    sa.Column("whose", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("died_on", sa.Date, nullable=False),
    sa.Column("reported_by", sa.Text, nullable=False),
    sa.Column("reported_on", sa.Date, nullable=False),
    sa.Column("certificate", sa.Text, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("settled_on", sa.Date),
    sa.Column("loan_id", Id),
    sa.Column("asked_by", Id, nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    one_of("whose", *Whose),
    one_of("state", *DeathState),
    sa.CheckConstraint("(state = 'settled') = (settled_on IS NOT NULL)", name="settled_on_a_day"),
    sa.Index("death_cases_member_id", "member_id"),
    sa.Index(
        "death_cases_open",
        "due_on",
        "id",
        postgresql_where=sa.text("state IN ('reported', 'verified', 'approved')"),
    ),
    sa.Index(
        "death_cases_once",
        "member_id",
        "whose",
        unique=True,
        postgresql_where=sa.text("state <> 'rejected' AND (whose = 'member' OR state <> 'settled')"),
    ),
)
"""A member dies once; a spouse's case may be followed by another. `loan_id` is what the risk fund paid."""
