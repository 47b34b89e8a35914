"""Members who moved to another samity, and the codes that they had before (rule L6)."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from accounts.models.base import Id, Instant, Key, metadata, one_of
from contracts.accounts.transfers import TransferState

transfers = sa.Table(
    "transfers",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), nullable=False),
    sa.Column("from_samity_id", Id, sa.ForeignKey("samities.id"), nullable=False),
    sa.Column("to_samity_id", Id, sa.ForeignKey("samities.id"), nullable=False),
    sa.Column("from_branch_id", Id, nullable=False),
    sa.Column("to_branch_id", Id, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("old_code", Key, nullable=False),
    sa.Column("new_code", Key),
    sa.Column("codes", JSONB(none_as_null=True)),
    sa.Column("value_on", sa.Date),
    sa.Column("refusal", sa.Text),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("maker_id", Id, nullable=False),
    sa.Column("proposed_at", Instant, nullable=False),
    one_of("state", *TransferState),
    sa.CheckConstraint("from_samity_id <> to_samity_id", name="to_another_samity"),
    sa.CheckConstraint("(state = 'moved') = (value_on IS NOT NULL)", name="moved_on_a_day"),
    sa.CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="refused_says_why"),
    sa.Index(
        "transfers_one_under_way",
        "member_id",
        unique=True,
        postgresql_where=sa.text("state IN ('proposed', 'moving')"),
    ),
    sa.Index("transfers_from", "from_branch_id", "proposed_at", "id"),
    sa.Index("transfers_to", "to_branch_id", "proposed_at", "id"),
)
"""`codes` are the new codes of her accounts, by account, fixed before the books are asked."""

former_codes = sa.Table(
    "former_codes",
    metadata,
    sa.Column("code", Key, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), nullable=False),
    sa.Column("until_on", sa.Date, nullable=False),
    sa.Index("former_codes_member_id", "member_id"),
)
"""A code is given once: the old one goes on finding her for ever."""
