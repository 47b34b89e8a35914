"""The tables of identity, and what the database itself refuses."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from chassis.tables import add_chassis_tables
from contracts.identity.acting import ACTING_ROLES
from contracts.identity.acting import STATES as ACTING_STATES
from contracts.identity.logins import CALLED_BACK, SEEN, SWITCHED
from contracts.identity.logins import STATES as LOGIN_STATES
from contracts.identity.offices import LEVELS
from contracts.identity.staff import STAFF_ROLES

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
metadata = sa.MetaData(naming_convention=NAMING)

APPEND_ONLY = ("login_switches", "limits")

_id = sa.Uuid(as_uuid=False)
_instant = sa.DateTime(timezone=True)
_sha256 = sa.CHAR(64)


def _one_of(column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


offices = sa.Table(
    "offices",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, unique=True),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("parent_id", _id, sa.ForeignKey("offices.id")),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("name_bn", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("opened_on", sa.Date, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    _one_of("level", LEVELS),
    sa.CheckConstraint("(parent_id IS NULL) = (level = 'head_office')", name="root"),
    sa.Index("uq_offices_path", "path", unique=True, postgresql_ops={"path": "text_pattern_ops"}),
)

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("username", sa.Text, nullable=False, unique=True),
    sa.Column("name_bn", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("search_key", sa.Text, nullable=False),
    sa.Column("mobile", sa.Text),
    sa.Column("declared_members", ARRAY(_id), nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("founding", sa.Boolean, nullable=False),
    sa.Column("active_since", _instant),
    sa.Column("held_until", _instant),
    sa.Column("fingerprint", _sha256, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    _one_of("status", ("proposed", "active", "off", "declined")),
)

staff_postings = sa.Table(
    "staff_postings",
    metadata,
    sa.Column("staff_id", _id, sa.ForeignKey("staff.id"), primary_key=True),
    sa.Column("from_on", sa.Date, primary_key=True),
    sa.Column("to_on", sa.Date),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("office_id", _id, sa.ForeignKey("offices.id"), nullable=False, index=True),
    _one_of("role", tuple(str(role) for role in STAFF_ROLES)),
    sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days"),
    sa.Index("uq_staff_postings_open", "staff_id", unique=True, postgresql_where=sa.text("to_on IS NULL")),
)
"""Who works where in which role, from which day to which; the last one is open."""

passwords = sa.Table(
    "passwords",
    metadata,
    sa.Column("staff_id", _id, sa.ForeignKey("staff.id"), primary_key=True),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("one_time", sa.Boolean, nullable=False),
    sa.Column("expires_at", _instant),
    sa.Column("changed_at", _instant, nullable=False),
    sa.CheckConstraint("one_time = (expires_at IS NOT NULL)", name="one_time"),
)

approvals = sa.Table(
    "approvals",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject_id", _id, nullable=False),
    sa.Column("subject_bn", sa.Text, nullable=False),
    sa.Column("subject_en", sa.Text, nullable=False),
    sa.Column("office_id", _id, sa.ForeignKey("offices.id"), nullable=False),
    sa.Column("maker_id", _id, nullable=False),
    sa.Column("proposed_at", _instant, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("checker_id", _id),
    sa.Column("decided_at", _instant),
    sa.Column("reason", sa.Text),
    sa.Column("facts", JSONB, nullable=False),
    _one_of(
        "kind",
        ("staff_creation", "member_login", "limit_change", "acting", "credential_reset", "access_hold"),
    ),
    _one_of("state", ("waiting", "approved", "declined", "lapsed")),
    sa.CheckConstraint("checker_id <> maker_id", name="second_person"),
    sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
    sa.CheckConstraint("(state IN ('waiting', 'lapsed')) = (checker_id IS NULL)", name="checked"),
    sa.Index(
        "uq_approvals_waiting",
        "kind",
        "subject_id",
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    ),
)

samities = sa.Table(
    "samities",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("officer_id", _id, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)
"""Which officer a samity has, as accounts told: he never touches its members' logins (P1)."""

members = sa.Table(
    "members",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("code", sa.Text, index=True),
    sa.Column("name_bn", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("samity_id", _id, nullable=False),
    sa.Column("branch_id", _id, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)
"""Members as accounts told."""

member_logins = sa.Table(
    "member_logins",
    metadata,
    sa.Column("member_id", _id, primary_key=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("pin_hash", sa.Text),
    sa.Column("code_hash", sa.Text),
    sa.Column("code_expires_at", _instant),
    sa.Column("code_tries_left", sa.Integer),
    sa.Column("suspended_by", _id),
    sa.Column("version", sa.Integer, nullable=False),
    _one_of("status", LOGIN_STATES),
    sa.CheckConstraint("status <> 'active' OR pin_hash IS NOT NULL", name="pin"),
    sa.CheckConstraint("(status = 'temp_off') = (suspended_by IS NOT NULL)", name="suspended"),
    sa.CheckConstraint("num_nulls(code_hash, code_expires_at, code_tries_left) IN (0, 3)", name="code"),
)

login_switches = sa.Table(
    "login_switches",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("member_id", _id, nullable=False, index=True),
    sa.Column("deed", sa.Text, nullable=False),
    sa.Column("at", _instant, nullable=False),
    sa.Column("by_id", _id, nullable=False),
    sa.Column("caller", sa.Text),
    sa.Column("number", sa.Text),
    sa.Column("called_back", sa.Text),
    sa.Column("seen", sa.Text),
    sa.Column("reason", sa.Text, nullable=False),
    _one_of("deed", SWITCHED),
    _one_of("called_back", CALLED_BACK),
    _one_of("seen", SEEN),
    sa.CheckConstraint("(deed = 'closed') = (seen IS NOT NULL)", name="known"),
)
"""Who switched a member's login, on whose call from which number (both encrypted), and why (P6)."""

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("person_id", _id, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("device_id", _id),
    sa.Column("device_name", sa.Text),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("rotated_at", _instant),
    sa.Column("created_at", _instant, nullable=False),
    sa.Column("last_seen_at", _instant, nullable=False),
    sa.Column("expires_at", _instant, nullable=False, index=True),
    sa.Column("ended_at", _instant),
    _one_of("kind", ("staff", "member")),
    sa.Index("ix_sessions_open", "person_id", postgresql_where=sa.text("ended_at IS NULL")),
)

access_tokens = sa.Table(
    "access_tokens",
    metadata,
    sa.Column("hash", _sha256, primary_key=True),
    sa.Column(
        "session_id", _id, sa.ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("expires_at", _instant, nullable=False, index=True),
)

refresh_tokens = sa.Table(
    "refresh_tokens",
    metadata,
    sa.Column("hash", _sha256, primary_key=True),
    sa.Column(
        "session_id", _id, sa.ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("generation", sa.Integer, nullable=False),
)

tries = sa.Table(
    "tries",
    metadata,
    sa.Column("door", _sha256, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("last_at", _instant, nullable=False, index=True),
)
"""Tries at sign-in doors; a door is a keyed hash, because people type passwords into the wrong field."""

known_devices = sa.Table(
    "known_devices",
    metadata,
    sa.Column("person_id", _id, primary_key=True),
    sa.Column("device_id", _id, primary_key=True),
    sa.Column("first_at", _instant, nullable=False),
    sa.Column("off_at", _instant),
    sa.Column("off_by", _id),
    sa.Column("off_reason", sa.Text),
    sa.CheckConstraint("num_nulls(off_at, off_by, off_reason) IN (0, 3)", name="off"),
)
"""From where a person has signed in before: such a device waits for its own tries only, or is off (P9)."""

add_chassis_tables(metadata)

limits = sa.Table(
    "limits",
    metadata,
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("permission", sa.Text, primary_key=True),
    sa.Column("effective_on", sa.Date, primary_key=True),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("approval_id", _id, sa.ForeignKey("approvals.id")),
    sa.CheckConstraint("amount >= 0", name="amount"),
)
"""Up to which amount in paisa a role may allow what waits for it, from a day on; a change is a new row.

`approval_id` says which two people set it; null is what the institution began with.
"""

acting_assignments = sa.Table(
    "acting_assignments",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("staff_id", _id, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("office_id", _id, sa.ForeignKey("offices.id"), nullable=False),
    sa.Column("away_id", _id, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("from_on", sa.Date, nullable=False),
    sa.Column("to_on", sa.Date, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("proposed_by", _id, nullable=False),
    sa.Column("proposed_at", _instant, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("ended_at", _instant),
    sa.Column("ended_by", _id),
    sa.Column("end_reason", sa.Text),
    _one_of("role", tuple(str(role) for role in ACTING_ROLES)),
    _one_of("state", ACTING_STATES),
    sa.CheckConstraint("staff_id NOT IN (away_id, proposed_by)", name="another"),
    sa.CheckConstraint("to_on >= from_on", name="days"),
    sa.CheckConstraint(
        "(state = 'ended') = (ended_at IS NOT NULL) AND num_nulls(ended_at, ended_by, end_reason) IN (0, 3)",
        name="ended",
    ),
    sa.Index("ix_acting_assignments_staff_id", "staff_id", postgresql_where=sa.text("state = 'agreed'")),
    sa.Index("ix_acting_assignments_away_id", "away_id", postgresql_where=sa.text("state = 'agreed'")),
)
"""Who holds whose post from which day to which; it ends by itself after its last day."""
