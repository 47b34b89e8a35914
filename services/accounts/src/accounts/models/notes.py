"""Notes on members: only ever added, their text encrypted."""

import sqlalchemy as sa

from accounts.models.base import Id, Instant, metadata, one_of
from contracts.accounts.note_words import NoteKind

member_notes = sa.Table(
    "member_notes",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("about_id", Id),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("written_by", Id, nullable=False),
    sa.Column("written_at", Instant, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    one_of("kind", *NoteKind),
    sa.CheckConstraint("(kind = 'officer') = (about_id IS NOT NULL)", name="about_an_officer"),
    sa.Index("member_notes_member_id_written_at", "member_id", "written_at", "id"),
)
"""`about_id` is who kept her samity when the note was written: from him it is hidden in every later post."""
