"""The tables that every service has beside its own: outbox, inbox, parked, replays, audit, steps."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

CHASSIS = sa.MetaData()

_id = sa.Uuid(as_uuid=False)
_instant = sa.DateTime(timezone=True)

outbox = sa.Table(
    "outbox",
    CHASSIS,
    sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("id", _id, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("broadcast", sa.Boolean, nullable=False),
    sa.Column("occurred_at", _instant, nullable=False),
    sa.Column("correlation_id", sa.Text, nullable=False),
    sa.Column("data", JSONB, nullable=False),
    sa.Column("sent_at", _instant),
    sa.UniqueConstraint("id", name="outbox_id_key"),
    sa.Index("outbox_waiting", "number", postgresql_where=sa.text("sent_at IS NULL")),
    sa.Index("outbox_sent", "sent_at", postgresql_where=sa.text("sent_at IS NOT NULL")),
)
"""Events told, in the transaction of the deed; the relay publishes them and says when."""

inbox = sa.Table(
    "inbox",
    CHASSIS,
    sa.Column("consumer", sa.Text, primary_key=True),
    sa.Column("event_id", _id, primary_key=True),
    sa.Column("heard_at", _instant, nullable=False),
    sa.Index("inbox_heard", "heard_at"),
)
"""Events heard, in the transaction of their effect."""

parked = sa.Table(
    "parked",
    CHASSIS,
    sa.Column("consumer", sa.Text, primary_key=True),
    sa.Column("event_id", _id, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("fault", sa.Text, nullable=False),
    sa.Column("first_at", _instant, nullable=False),
    sa.Column("due_at", _instant, nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'parked', 'done')", name="parked_state"),
    sa.Index("parked_due", "due_at", postgresql_where=sa.text("state = 'waiting'")),
)
"""Events whose handling failed: waiting for their next try, parked for an operator, or done at last."""

replays = sa.Table(
    "replays",
    CHASSIS,
    sa.Column("id", _id, primary_key=True),
    sa.Column("event_id", _id, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("maker_id", sa.Text, nullable=False),
    sa.Column("proposed_at", _instant, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("checker_id", sa.Text),
    sa.Column("decided_at", _instant),
    sa.Column("decline_reason", sa.Text),
    sa.CheckConstraint("state IN ('waiting', 'approved', 'declined')", name="replays_state"),
    sa.CheckConstraint("checker_id <> maker_id", name="replays_second_person"),
    sa.CheckConstraint(
        "(state = 'waiting') = (checker_id IS NULL) AND (checker_id IS NULL) = (decided_at IS NULL)",
        name="replays_decided",
    ),
    sa.Index("replays_waiting", "event_id", unique=True, postgresql_where=sa.text("state = 'waiting'")),
)
"""Replays of parked events, each asked for by one person and agreed to by another (rule P7)."""

audit = sa.Table(
    "audit",
    CHASSIS,
    sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("at", _instant, nullable=False),
    sa.Column("actor_id", sa.Text, nullable=False),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("role", sa.Text),
    sa.Column("office_id", _id),
    sa.Column("session_id", sa.Text),
    sa.Column("device_id", sa.Text),
    sa.Column("vouched_by", sa.Text, nullable=False),
    sa.Column("deed", sa.Text, nullable=False),
    sa.Column("subject_kind", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("facts", JSONB, nullable=False),
    sa.Column("correlation_id", sa.Text, nullable=False),
    sa.Index("audit_subject", "subject_kind", "subject_id"),
    sa.Index("audit_actor", "actor_id", "at"),
)
"""Who did what, in the transaction of the deed; never changed."""

steps = sa.Table(
    "steps",
    CHASSIS,
    sa.Column("id", _id, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("payload", JSONB, nullable=False),
    sa.Column("actor", JSONB, nullable=False),
    sa.Column("correlation_id", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("fault", sa.Text),
    sa.Column("planned_at", _instant, nullable=False),
    sa.Column("due_at", _instant, nullable=False),
    sa.CheckConstraint("state IN ('planned', 'done')", name="steps_state"),
    sa.Index("steps_due", "due_at", postgresql_where=sa.text("state = 'planned'")),
)
"""Steps in another service, recorded before they are taken, with on whose behalf (architecture §6.4)."""

APPEND_ONLY = ("audit",)


def add_chassis_tables(metadata: sa.MetaData) -> None:
    """Add the chassis's tables to a service's metadata, so that its migrations are compared with all."""
    for table in CHASSIS.sorted_tables:
        table.to_metadata(metadata)
