"""What waits for a second person, of every kind; the deed is done in the transaction of the decision."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from accounts.models.base import Id, Instant, metadata, one_of

approvals = sa.Table(
    "approvals",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject_id", Id, nullable=False),
    sa.Column("office_id", Id),
    sa.Column("member_id", Id, sa.ForeignKey("members.id")),
    sa.Column("amount", sa.BigInteger),
    sa.Column("facts", JSONB, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("maker_id", Id, nullable=False),
    sa.Column("proposed_at", Instant, nullable=False),
    sa.Column("agreed_by", ARRAY(sa.Text), nullable=False, server_default="{}"),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("checker_id", Id),
    sa.Column("decided_at", Instant),
    sa.Column("reason", sa.Text),
    one_of("state", "waiting", "opening", "approved", "declined", "lapsed"),
    sa.CheckConstraint("maker_id <> checker_id", name="maker_is_not_checker"),
    sa.CheckConstraint(
        "(state IN ('waiting', 'lapsed')) = (checker_id IS NULL)"
        " AND (state = 'waiting') = (decided_at IS NULL)",
        name="decided_by_somebody",
    ),
    sa.Index("approvals_subject_id", "subject_id"),
    sa.Index("approvals_member_id", "member_id", "proposed_at", "id"),
    sa.Index("approvals_waiting", "proposed_at", "id", postgresql_where=sa.text("state = 'waiting'")),
    sa.Index(
        "approvals_waiting_once",
        "kind",
        "subject_id",
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    ),
)
"""`office_id` is null where it is for the whole institution. One of a kind waits for a subject at a time."""
