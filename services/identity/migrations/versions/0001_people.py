"""Offices, staff, members' logins, sessions.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from chassis.migrations import create_chassis_tables, drop_chassis_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
HASH = sa.CHAR(64)
TABLES = (
    "offices",
    "staff",
    "staff_postings",
    "passwords",
    "approvals",
    "samities",
    "members",
    "member_logins",
    "login_switches",
    "sessions",
    "access_tokens",
    "refresh_tokens",
    "tries",
    "known_devices",
)


def upgrade() -> None:
    create_chassis_tables(op)
    create_offices_and_staff()
    create_approvals()
    create_logins()
    create_sessions()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    drop_chassis_tables(op)


def create_offices_and_staff() -> None:
    op.create_table(
        "offices",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("parent_id", ID),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("name_bn", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("(parent_id IS NULL) = (level = 'head_office')", name="ck_offices_root"),
        sa.CheckConstraint("level IN ('head_office', 'zone', 'area', 'branch')", name="ck_offices_level"),
        sa.ForeignKeyConstraint(["parent_id"], ["offices.id"], name="fk_offices_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
        sa.UniqueConstraint("code", name="uq_offices_code"),
    )
    op.create_index(
        "uq_offices_path", "offices", ["path"], unique=True, postgresql_ops={"path": "text_pattern_ops"}
    )
    op.create_table(
        "staff",
        sa.Column("id", ID, nullable=False),
        sa.Column("username", sa.Text, nullable=False),
        sa.Column("name_bn", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("search_key", sa.Text, nullable=False),
        sa.Column("mobile", sa.Text),
        sa.Column("declared_members", ARRAY(ID), nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("founding", sa.Boolean, nullable=False),
        sa.Column("active_since", INSTANT),
        sa.Column("held_until", INSTANT),
        sa.Column("fingerprint", HASH, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("status IN ('proposed', 'active', 'off', 'declined')", name="ck_staff_status"),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("username", name="uq_staff_username"),
    )
    op.create_table(
        "staff_postings",
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.CheckConstraint(
            "role IN ('administrator', 'area_manager', 'branch_manager', 'accountant', 'field_officer',"
            " 'auditor')",
            name="ck_staff_postings_role",
        ),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ck_staff_postings_days"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_staff_postings_office_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_postings_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", "from_on", name="pk_staff_postings"),
    )
    op.create_index("ix_staff_postings_office_id", "staff_postings", ["office_id"])
    op.create_index(
        "uq_staff_postings_open",
        "staff_postings",
        ["staff_id"],
        unique=True,
        postgresql_where=sa.text("to_on IS NULL"),
    )
    op.create_table(
        "passwords",
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("one_time", sa.Boolean, nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.CheckConstraint("one_time = (expires_at IS NOT NULL)", name="ck_passwords_one_time"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_passwords_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", name="pk_passwords"),
    )


def create_approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("subject_bn", sa.Text, nullable=False),
        sa.Column("subject_en", sa.Text, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("checker_id", ID),
        sa.Column("decided_at", INSTANT),
        sa.Column("reason", sa.Text),
        sa.Column("facts", JSONB, nullable=False),
        sa.CheckConstraint("(state = 'waiting') = (checker_id IS NULL)", name="ck_approvals_checked"),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="ck_approvals_decided"),
        sa.CheckConstraint("kind IN ('staff_creation', 'member_login')", name="ck_approvals_kind"),
        sa.CheckConstraint("state IN ('waiting', 'approved', 'declined')", name="ck_approvals_state"),
        sa.CheckConstraint("checker_id <> maker_id", name="ck_approvals_second_person"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_approvals_office_id"),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
    )
    op.create_index(
        "uq_approvals_waiting",
        "approvals",
        ["kind", "subject_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )


def create_logins() -> None:
    op.create_table(
        "samities",
        sa.Column("id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_samities"),
    )
    op.create_table(
        "members",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("name_bn", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("samity_id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
    )
    op.create_index("ix_members_code", "members", ["code"])
    op.create_table(
        "member_logins",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("pin_hash", sa.Text),
        sa.Column("code_hash", sa.Text),
        sa.Column("code_expires_at", INSTANT),
        sa.Column("code_tries_left", sa.Integer),
        sa.Column("suspended_by", ID),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint(
            "(status = 'temp_off') = (suspended_by IS NOT NULL)", name="ck_member_logins_suspended"
        ),
        sa.CheckConstraint("status <> 'active' OR pin_hash IS NOT NULL", name="ck_member_logins_pin"),
        sa.CheckConstraint(
            "status IN ('none', 'pending', 'issued', 'active', 'temp_off', 'revoked')",
            name="ck_member_logins_status",
        ),
        sa.CheckConstraint(
            "num_nulls(code_hash, code_expires_at, code_tries_left) IN (0, 3)", name="ck_member_logins_code"
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_member_logins"),
    )
    op.create_table(
        "login_switches",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("caller", sa.Text),
        sa.Column("number", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.CheckConstraint("deed IN ('suspended', 'reactivated')", name="ck_login_switches_deed"),
        sa.PrimaryKeyConstraint("id", name="pk_login_switches"),
    )
    op.create_index("ix_login_switches_member_id", "login_switches", ["member_id"])


def create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("device_id", ID),
        sa.Column("device_name", sa.Text),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("rotated_at", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.CheckConstraint("kind IN ('staff', 'member')", name="ck_sessions_kind"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_index(
        "ix_sessions_open", "sessions", ["person_id"], postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_table(
        "access_tokens",
        sa.Column("hash", HASH, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_access_tokens_session_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name="pk_access_tokens"),
    )
    op.create_index("ix_access_tokens_expires_at", "access_tokens", ["expires_at"])
    op.create_index("ix_access_tokens_session_id", "access_tokens", ["session_id"])
    op.create_table(
        "refresh_tokens",
        sa.Column("hash", HASH, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_refresh_tokens_session_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name="pk_refresh_tokens"),
    )
    op.create_index("ix_refresh_tokens_session_id", "refresh_tokens", ["session_id"])
    op.create_table(
        "tries",
        sa.Column("door", HASH, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("door", name="pk_tries"),
    )
    op.create_index("ix_tries_last_at", "tries", ["last_at"])
    op.create_table(
        "known_devices",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("first_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "device_id", name="pk_known_devices"),
    )
