"""What other services told: offices, staff, samities, members, overrides. Rebuildable, the newer wins."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Index, SmallInteger, String, Table, Text

from transactions.models.metadata import key, metadata, reference


def _names() -> tuple[Column[str], Column[str]]:
    return (
        Column("name_bn", String(200), nullable=False),
        Column("name_en", String(200), nullable=False),
    )


def _version() -> Column[int]:
    return Column("version", BigInteger, nullable=False)


offices = Table(
    "offices",
    metadata,
    key(),
    Column("code", String(20), nullable=False),
    Column("level", String(20), nullable=False),
    reference("parent_id", nullable=True),
    Column("path", String(200), nullable=False),
    *_names(),
    _version(),
    Index("ix_offices_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
)

staff = Table(
    "staff",
    metadata,
    key(),
    *_names(),
    Column("role", String(32), nullable=False),
    reference("office_id", nullable=True),
    Column("active", Boolean, nullable=False),
    Column("from_on", Date),
    Column("to_on", Date),
    _version(),
    Index("ix_staff_office_id", "office_id"),
)

samities = Table(
    "samities",
    metadata,
    key(),
    Column("code", String(20), nullable=False),
    *_names(),
    reference("branch_id"),
    Column("meeting_weekday", SmallInteger, nullable=False),
    reference("officer_id", nullable=True),
    Column("active", Boolean, nullable=False),
    _version(),
    Index("ix_samities_branch_id", "branch_id"),
    Index("ix_samities_officer_id", "officer_id"),
)

members = Table(
    "members",
    metadata,
    key(),
    Column("code", String(40)),
    *_names(),
    reference("samity_id"),
    reference("branch_id"),
    Column("status", String(20), nullable=False),
    Column("language", String(2), nullable=False),
    Column("admitted_on", Date),
    Column("deceased_on", Date),
    _version(),
    Index("ix_members_samity_id", "samity_id", "code"),
)
"""Who died has the status `deceased` here, so that no sheet and no counter expects her (rule L5)."""

overrides = Table(
    "overrides",
    metadata,
    key(),
    reference("subject_id"),
    reference("member_id", nullable=True),
    reference("office_id"),
    Column("breach", String(32), nullable=False),
    Column("figure", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", String(20), nullable=False),
    reference("maker_id"),
    Column("proposed_at", DateTime(timezone=True), nullable=False),
    reference("checker_id"),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    _version(),
    Index("ix_overrides_office_id", "office_id", "decided_at"),
)
"""What two people let pass of the law, or the second one did not; read by its report alone (rule L2)."""
