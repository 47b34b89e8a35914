"""Reschedules of running loans: what she agreed to, who decided, what became of it (rule L1, domain 4.9)."""

import sqlalchemy as sa

from accounts.models.base import Id, Instant, metadata, one_of
from contracts.accounts.reschedule_words import RescheduleState

reschedules = sa.Table(
    "reschedules",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("loan_id", Id, sa.ForeignKey("loans.id"), nullable=False),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), nullable=False),
    sa.Column("branch_id", Id, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("mark", sa.Text, nullable=False),
    sa.Column("witness", sa.Text, nullable=False),
    sa.Column("proposed_on", sa.Date, nullable=False),
    sa.Column("paid", sa.BigInteger, nullable=False),
    sa.Column("outstanding", sa.BigInteger, nullable=False),
    sa.Column("remaining_charge", sa.BigInteger, nullable=False),
    sa.Column("wanted_instalments", sa.Integer),
    sa.Column("wanted_instalment", sa.BigInteger),
    sa.Column("first_due_on", sa.Date, nullable=False),
    sa.Column("last_due_on", sa.Date, nullable=False),
    sa.Column("instalments", sa.Integer, nullable=False),
    sa.Column("instalment", sa.BigInteger, nullable=False),
    sa.Column("last_instalment", sa.BigInteger, nullable=False),
    sa.Column("version", sa.Integer),
    sa.Column("in_force_on", sa.Date),
    sa.Column("refusal", sa.Text),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("maker_id", Id, nullable=False),
    sa.Column("proposed_at", Instant, nullable=False),
    one_of("state", *RescheduleState),
    sa.CheckConstraint(
        "(wanted_instalments IS NULL) <> (wanted_instalment IS NULL)", name="number_or_amount"
    ),
    sa.CheckConstraint("(state = 'dropped') = (refusal IS NOT NULL)", name="dropped_says_why"),
    sa.CheckConstraint("(state = 'in_force') = (in_force_on IS NOT NULL)", name="in_force_on_a_day"),
    sa.CheckConstraint(
        "state NOT IN ('handed_over', 'in_force') OR version IS NOT NULL", name="handed_over_as_a_version"
    ),
    sa.UniqueConstraint("loan_id", "version"),
    sa.Index(
        "reschedules_one_under_way",
        "loan_id",
        unique=True,
        postgresql_where=sa.text("state IN ('proposed', 'agreed', 'handed_over')"),
    ),
    sa.Index("reschedules_branch_id", "branch_id", "proposed_at", "id"),
)
"""Amounts are in paisa; `paid` is principal and charge together, as she knew it when she agreed."""
