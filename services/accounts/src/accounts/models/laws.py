"""The law as dated data, and what two people let pass of it; rows that nobody changes (rule L2)."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from accounts.models.base import Id, Instant, metadata, one_of
from contracts.accounts.law_words import OVERRIDABLE, AprFormula

laws = sa.Table(
    "laws",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("effective_on", sa.Date, nullable=False),
    sa.Column("cap_percent", sa.Numeric(7, 4), nullable=False),
    sa.Column("formula", sa.Text, nullable=False),
    sa.Column("counted", ARRAY(sa.Text), nullable=False),
    sa.Column("first_due_days", sa.SmallInteger, nullable=False),
    sa.Column("nothing_deducted", sa.Boolean, nullable=False),
    sa.Column("compulsory_savings_bps", sa.Integer, nullable=False),
    sa.Column("allowed_fees", ARRAY(sa.Text), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text),
    sa.Column("maker_id", Id),
    sa.Column("proposed_at", Instant, nullable=False),
    one_of("formula", *AprFormula),
    sa.CheckConstraint("cap_percent > 0 AND first_due_days >= 0", name="figures"),
)
"""One that was founded with the system has no maker; another one holds once its approval says so."""

overrides = sa.Table(
    "overrides",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("subject_id", Id, nullable=False),
    sa.Column("breach", sa.Text, nullable=False),
    sa.Column("figure", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("office_id", Id, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("maker_id", Id, nullable=False),
    sa.Column("proposed_at", Instant, nullable=False),
    sa.Column("proposed_on", sa.Date, nullable=False),
    one_of("breach", *OVERRIDABLE),
    sa.Index("overrides_subject_id", "subject_id"),
    sa.Index("overrides_proposed_at", "proposed_at", "id"),
)
"""Which breach of which loan proposal may pass, once its approval says so; `figure` is exact."""
