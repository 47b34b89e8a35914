"""What accounts remembers of identity: offices, staff, members' logins. Fed by events, rebuilt from feeds."""

import sqlalchemy as sa

from accounts.models.base import Id, Key, metadata

offices = sa.Table(
    "offices",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("parent_id", Id),
    sa.Column("path", Key, nullable=False),
    sa.Column("name_bn", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("offices_path", "path"),
)

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("name_bn", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("office_id", Id, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("from_on", sa.Date, nullable=False),
    sa.Column("to_on", sa.Date),
    sa.Column("mobile_index", sa.Text),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("staff_mobile_index", "mobile_index"),
)
"""Of their telephone only the blind index is kept: it is compared, never shown (rule P1)."""

logins = sa.Table(
    "logins",
    metadata,
    sa.Column("member_id", Id, primary_key=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)
