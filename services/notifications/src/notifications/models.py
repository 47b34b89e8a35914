"""The tables of notifications, and what the database itself refuses."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from chassis.tables import add_chassis_tables
from contracts.fields import LANGUAGES
from contracts.notifications import DETAILS, KINDS, STATES
from contracts.wordings import STATES as TEMPLATE_STATES

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
metadata = sa.MetaData(naming_convention=NAMING)

APPEND_ONLY = ("deliveries",)

_id = sa.Uuid(as_uuid=False)
_instant = sa.DateTime(timezone=True)


def _one_of(column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


offices = sa.Table(
    "offices",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)
"""Offices as identity told: whose messages a person of the staff may read."""

members = sa.Table(
    "members",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("code", sa.Text),
    sa.Column("name_bn", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("branch_id", _id, nullable=False, index=True),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)
"""Members as accounts told."""

contacts = sa.Table(
    "contacts",
    metadata,
    sa.Column("member_id", _id, primary_key=True),
    sa.Column("mobile", sa.Text),
    sa.Column("messages_consent", sa.Boolean, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)
"""Her verified number, encrypted, and whether she agreed to messages (P10), as accounts told."""

preferences = sa.Table(
    "preferences",
    metadata,
    sa.Column("member_id", _id, primary_key=True),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("confirmations", sa.Boolean, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    _one_of("detail", DETAILS),
    _one_of("language", LANGUAGES),
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("member_id", _id, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("parts", sa.Integer, nullable=False),
    sa.Column("template_version", sa.Integer, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("recipient_masked", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("created_at", _instant, nullable=False),
    sa.Column("due_at", _instant, nullable=False),
    sa.Column("sent_at", _instant),
    sa.Column("read_at", _instant),
    sa.Column("to_mobile", sa.Text),
    sa.Column("secret", sa.Text),
    _one_of("kind", KINDS),
    _one_of("status", STATES),
    sa.CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="sent"),
    sa.CheckConstraint("secret IS NULL OR status = 'waiting'", name="secret"),
    sa.Index("ix_messages_member", "member_id", sa.text("id DESC")),
    sa.Index("ix_messages_due", "due_at", postgresql_where=sa.text("status = 'waiting'")),
)
"""Messages to members; the key says what each is about, so that nothing is told twice."""

template_versions = sa.Table(
    "template_versions",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("version", sa.Integer),
    sa.Column("wordings", JSONB, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("maker_id", sa.Text, nullable=False),
    sa.Column("proposed_at", _instant, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("checker_id", sa.Text),
    sa.Column("decided_at", _instant),
    sa.Column("decline_reason", sa.Text),
    _one_of("kind", KINDS),
    _one_of("state", TEMPLATE_STATES),
    sa.CheckConstraint("checker_id <> maker_id", name="second_person"),
    sa.CheckConstraint(
        "(state = 'waiting') = (checker_id IS NULL) AND (checker_id IS NULL) = (decided_at IS NULL)",
        name="decided",
    ),
    sa.CheckConstraint("(state = 'approved') = (version IS NOT NULL)", name="version"),
    sa.UniqueConstraint("kind", "version", name="uq_template_versions_kind_version"),
    sa.Index(
        "uq_template_versions_waiting", "kind", unique=True, postgresql_where=sa.text("state = 'waiting'")
    ),
)
"""Wordings of the institution's own, each set by two people (rules P2, P7); the highest version counts."""

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("message_id", _id, sa.ForeignKey("messages.id"), primary_key=True),
    sa.Column("attempt", sa.Integer, primary_key=True),
    sa.Column("at", _instant, nullable=False),
    sa.Column("provider", sa.Text, nullable=False),
    sa.Column("recipient_masked", sa.Text, nullable=False),
    sa.Column("fault", sa.Text),
)
"""Each attempt: when, by which sender, to whom (masked), and what went wrong."""

add_chassis_tables(metadata)
