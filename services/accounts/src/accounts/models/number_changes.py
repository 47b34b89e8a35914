"""Changes of members' telephone numbers, each with its code, its call back and its end."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from accounts.models.base import Id, Instant, metadata, one_of

number_changes = sa.Table(
    "number_changes",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), nullable=False),
    sa.Column("mobile", sa.Text, nullable=False),
    sa.Column("mobile_index", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("warnings", ARRAY(sa.Text), nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("maker_id", Id, nullable=False),
    sa.Column("proposed_at", Instant, nullable=False),
    sa.Column("code_index", sa.Text, nullable=False),
    sa.Column("code_ends_at", Instant, nullable=False),
    sa.Column("tries_left", sa.SmallInteger, nullable=False),
    sa.Column("sends", sa.SmallInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("called_by", Id),
    sa.Column("called_at", Instant),
    sa.Column("called", sa.Text),
    sa.Column("call_note", sa.Text),
    one_of("state", "asked", "confirmed", "approved", "declined", "lapsed"),
    one_of("called", "old", "new"),
    sa.CheckConstraint("tries_left >= 0 AND sends BETWEEN 1 AND 3", name="counted"),
    sa.CheckConstraint("num_nulls(called_by, called_at, called, call_note) IN (0, 4)", name="called_back"),
    sa.CheckConstraint("called_by <> maker_id", name="called_by_another"),
    sa.CheckConstraint("state <> 'approved' OR called_by IS NOT NULL", name="called_before_approval"),
    sa.Index("number_changes_member_id", "member_id"),
    sa.Index(
        "number_changes_one_runs",
        "member_id",
        unique=True,
        postgresql_where=sa.text("state IN ('asked', 'confirmed')"),
    ),
)
"""`mobile` is encrypted, its index and the code's are keyed and blind. One change of hers runs at a time."""
