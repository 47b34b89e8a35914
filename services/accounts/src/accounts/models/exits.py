"""How members leave for good: the checklist as it was, who saw her mark, what became of it (rule L7)."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from accounts.models.base import Id, Instant, metadata, one_of
from contracts.accounts.exit_words import ExitState

exits = sa.Table(
    "exits",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("mark", sa.Text, nullable=False),
    sa.Column("witness", sa.Text, nullable=False),
    sa.Column("blacklist", sa.Boolean, nullable=False),
    sa.Column("checklist", JSONB, nullable=False),
    sa.Column("asked_by", Id, nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("closed_on", sa.Date),
    sa.Column("undo_id", Id),
    sa.Column("fingerprint", sa.Text, nullable=False),
    one_of("state", *ExitState),
    sa.CheckConstraint(
        "closed_on IS NOT NULL OR state NOT IN ('closed', 'undoing', 'undone')", name="closed_on_a_day"
    ),
    sa.Index("exits_member_id", "member_id", "asked_at"),
    sa.Index(
        "exits_one_under_way",
        "member_id",
        unique=True,
        postgresql_where=sa.text("state IN ('proposed', 'closing', 'closed', 'undoing')"),
    ),
)
"""The id is the approval's too. `undo_id` is the request by which the leaving is undone."""
