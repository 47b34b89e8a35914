"""Pictures in members' files, and notes on members.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
KINDS = (
    "'photo', 'nid_front', 'nid_back', 'nominee_nid', 'passbook_page', 'admission_form', "
    "'death_certificate', 'other'"
)


def upgrade() -> None:
    create_pictures()
    create_notes()


def create_pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name="pictures_kind"),
        sa.CheckConstraint("state IN ('waiting', 'kept', 'replaced', 'declined')", name="pictures_state"),
        sa.CheckConstraint(
            "(state = 'declined') = (content IS NULL)", name="pictures_declined_keeps_nothing"
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name="pictures_decided_at_an_instant"
        ),
        sa.CheckConstraint("octet_length(content) <= 65536", name="pictures_small"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="pictures_member_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="pictures_pkey"),
    )
    op.create_index("pictures_member_id_made_at", "pictures", ["member_id", "made_at"])
    for name, state in (("pictures_one_photo", "kept"), ("pictures_one_photo_waits", "waiting")):
        op.create_index(
            name,
            "pictures",
            ["member_id"],
            unique=True,
            postgresql_where=sa.text(f"kind = 'photo' AND state = '{state}'"),
        )
    op.execute("ALTER TABLE pictures ALTER COLUMN content SET STORAGE EXTERNAL")


def create_notes() -> None:
    op.create_table(
        "member_notes",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about_id", ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('member', 'officer', 'audit')", name="member_notes_kind"),
        sa.CheckConstraint(
            "(kind = 'officer') = (about_id IS NOT NULL)", name="member_notes_about_an_officer"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="member_notes_member_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="member_notes_pkey"),
    )
    op.create_index("member_notes_member_id_written_at", "member_notes", ["member_id", "written_at", "id"])


def downgrade() -> None:
    op.drop_table("member_notes")
    op.drop_table("pictures")
