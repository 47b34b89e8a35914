"""Holidays, from their declaration on; what is in force is never taken back, because schedules went by it."""

import sqlalchemy as sa

from accounts.models.base import Id, Instant, metadata, one_of

holidays = sa.Table(
    "holidays",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("request_id", Id, nullable=False),
    sa.Column("holiday_set", sa.Text, nullable=False),
    sa.Column("office_id", Id, nullable=False),
    sa.Column("samity_id", Id, sa.ForeignKey("samities.id")),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("name_bn", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("redated", sa.Integer, nullable=False, server_default="0"),
    sa.Column("declared_by", Id, nullable=False),
    sa.Column("declared_at", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    one_of("holiday_set", "government", "organisation", "branch", "samity"),
    one_of("state", "proposed", "in_force", "dropped"),
    sa.CheckConstraint("(holiday_set = 'samity') = (samity_id IS NOT NULL)", name="a_samitys_has_a_samity"),
    sa.Index("holidays_of_request", "request_id"),
    sa.Index(
        "holidays_in_force",
        "office_id",
        "samity_id",
        "on",
        unique=True,
        postgresql_where=sa.text("state = 'in_force'"),
        postgresql_nulls_not_distinct=True,
    ),
)
"""`dropped` was declined, or came too late. Days that were declared together share `request_id`, which is the
id of the first one; its `redated` counts the loans that they have moved so far."""
