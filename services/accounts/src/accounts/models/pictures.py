"""Pictures in members' files, encrypted; what is declined keeps no content."""

import sqlalchemy as sa

from accounts.models.base import Id, Instant, metadata, one_of
from contracts.accounts.picture_words import PictureKind, PictureState

pictures = sa.Table(
    "pictures",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("content", sa.LargeBinary),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("made_by", Id, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("decided_at", Instant),
    sa.Column("fingerprint", sa.Text, nullable=False),
    one_of("kind", *PictureKind),
    one_of("state", *PictureState),
    sa.CheckConstraint("(state = 'declined') = (content IS NULL)", name="declined_keeps_nothing"),
    sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_at_an_instant"),
    sa.CheckConstraint("octet_length(content) <= 65536", name="small"),
    sa.Index("pictures_member_id_made_at", "member_id", "made_at"),
    sa.Index(
        "pictures_one_photo",
        "member_id",
        unique=True,
        postgresql_where=sa.text("kind = 'photo' AND state = 'kept'"),
    ),
    sa.Index(
        "pictures_one_photo_waits",
        "member_id",
        unique=True,
        postgresql_where=sa.text("kind = 'photo' AND state = 'waiting'"),
    ),
)
"""`content` and `note` are encrypted. No list reads `content`, which PostgreSQL keeps apart from the rows."""
