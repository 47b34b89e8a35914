"""Samities, and who kept them on which day."""

import sqlalchemy as sa

from accounts.models.base import Id, Instant, Key, metadata, one_of

samities = sa.Table(
    "samities",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("branch_id", Id, nullable=False),
    sa.Column("serial", sa.Integer, nullable=False),
    sa.Column("code", Key, nullable=False, unique=True),
    sa.Column("name_bn", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("village", sa.Text, nullable=False),
    sa.Column("meeting_weekday", sa.SmallInteger, nullable=False),
    sa.Column("meeting_time", sa.Time),
    sa.Column("officer_id", Id, nullable=False),
    sa.Column("opened_on", sa.Date, nullable=False),
    sa.Column("max_members", sa.Integer, nullable=False),
    sa.Column("last_member_serial", sa.Integer, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("opened_by", Id, nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.UniqueConstraint("branch_id", "serial"),
    sa.CheckConstraint("meeting_weekday BETWEEN 1 AND 6", name="no_holiday_meeting"),
    sa.CheckConstraint("serial BETWEEN 1 AND 9999", name="serial"),
    one_of("kind", "female", "male", "mixed"),
    sa.Index("samities_officer_id", "officer_id"),
)
"""`officer_id` and `meeting_weekday` are what is in force today; the tenures hold all that ever was."""


def _tenure(name: str, held: sa.Column[object]) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("id", Id, primary_key=True),
        sa.Column("samity_id", Id, sa.ForeignKey("samities.id"), nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        held,
        sa.Column("decided_by", Id, nullable=False),
        sa.Column("decided_at", Instant, nullable=False),
        sa.UniqueConstraint("samity_id", "from_on"),
    )


samity_officers = _tenure("samity_officers", sa.Column("officer_id", Id, nullable=False))
samity_days = _tenure("samity_days", sa.Column("meeting_weekday", sa.SmallInteger, nullable=False))
