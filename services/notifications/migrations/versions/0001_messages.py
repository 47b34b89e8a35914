"""Messages, attempts to deliver them, and what is remembered of other services.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

from chassis.migrations import create_chassis_tables, drop_chassis_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
TABLES = ("offices", "members", "contacts", "preferences", "messages", "deliveries")


def upgrade() -> None:
    create_chassis_tables(op)
    create_people()
    create_messages()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    drop_chassis_tables(op)


def create_people() -> None:
    op.create_table(
        "offices",
        sa.Column("id", ID, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
    )
    op.create_table(
        "members",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("name_bn", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
    )
    op.create_index("ix_members_branch_id", "members", ["branch_id"])
    op.create_table(
        "contacts",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("mobile", sa.Text),
        sa.Column("messages_consent", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_contacts"),
    )
    op.create_table(
        "preferences",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("confirmations", sa.Boolean, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.CheckConstraint("detail IN ('full', 'no_balances', 'see_book')", name="ck_preferences_detail"),
        sa.CheckConstraint("language IN ('bn', 'en')", name="ck_preferences_language"),
        sa.PrimaryKeyConstraint("member_id", name="pk_preferences"),
    )


def create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("member_id", ID, nullable=False),
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
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.Column("read_at", INSTANT),
        sa.CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="ck_messages_sent"),
        sa.CheckConstraint(
            "kind IN ('deposit_confirmed', 'nothing_received', 'row_changed', 'entry_reversed',"
            " 'savings_opened', 'login_changed')",
            name="ck_messages_kind",
        ),
        sa.CheckConstraint(
            "status IN ('waiting', 'sent', 'failed', 'no_number', 'no_consent')", name="ck_messages_status"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("key", name="uq_messages_key"),
    )
    op.create_index("ix_messages_due", "messages", ["due_at"], postgresql_where=sa.text("status = 'waiting'"))
    op.create_index("ix_messages_member", "messages", ["member_id", sa.literal_column("id DESC")])
    op.create_table(
        "deliveries",
        sa.Column("message_id", ID, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("recipient_masked", sa.Text, nullable=False),
        sa.Column("fault", sa.Text),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_deliveries_message_id"),
        sa.PrimaryKeyConstraint("message_id", "attempt", name="pk_deliveries"),
    )
