"""Members, and what they said at their admission."""

import sqlalchemy as sa

from accounts.models.base import Id, Instant, Key, metadata, one_of

members = sa.Table(
    "members",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("person_id", Id, nullable=False),
    sa.Column("samity_id", Id, sa.ForeignKey("samities.id"), nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("code", Key, unique=True),
    sa.Column("name_bn", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("order_key", Key, nullable=False),
    sa.Column("father_or_spouse_bn", sa.Text),
    sa.Column("father_or_spouse_en", sa.Text),
    sa.Column("sex", sa.Text, nullable=False),
    sa.Column("birth_on", sa.Date, nullable=False),
    sa.Column("nid", sa.Text, nullable=False),
    sa.Column("nid_index", sa.Text, nullable=False),
    sa.Column("mobile", sa.Text),
    sa.Column("mobile_index", sa.Text),
    sa.Column("mobile_changed_on", sa.Date),
    sa.Column("village", sa.Text, nullable=False),
    sa.Column("post", sa.Text, nullable=False),
    sa.Column("upazila", sa.Text, nullable=False),
    sa.Column("district", sa.Text, nullable=False),
    sa.Column("line", sa.Text),
    sa.Column("union", sa.Text),
    sa.Column("household", Key),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("passbook_number", sa.Text, nullable=False),
    sa.Column("admitted_on", sa.Date),
    sa.Column("closed_on", sa.Date),
    sa.Column("deceased_on", sa.Date),
    sa.Column("blacklisted", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("dormant_since", sa.Date),
    sa.Column("dormancy_told_at", Instant),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    one_of("status", "applicant", "active", "closing", "rejected", "closed"),
    one_of("sex", "female", "male", "other"),
    one_of("language", "bn", "en"),
    sa.CheckConstraint(
        "(status IN ('applicant', 'rejected')) = (code IS NULL) AND (code IS NULL) = (admitted_on IS NULL)",
        name="applicants_have_no_code",
    ),
    sa.CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="closed_on_a_day"),
    sa.CheckConstraint("(mobile IS NULL) = (mobile_index IS NULL)", name="mobile_indexed"),
    sa.Index("members_samity_id", "samity_id"),
    sa.Index("members_person_id", "person_id"),
    sa.Index("members_order_key_id", "order_key", "id"),
    sa.Index("members_nid_index", "nid_index"),
    sa.Index("members_mobile_index", "mobile_index"),
    sa.Index("members_household", "household"),
    sa.Index("members_name_and_birth", "birth_on", "order_key"),
    sa.Index(
        "members_nid_once",
        "nid_index",
        unique=True,
        postgresql_where=sa.text("status IN ('applicant', 'active', 'closing')"),
    ),
)
"""`nid` and `mobile` are encrypted; their indexes are keyed and blind. Rule L8 is the check of codes.

`person_id` is the same in every membership of a person: the id of her first one.
`dormant_since` is the day of her last movement, while transactions counts her as dormant.
"""

member_words = sa.Table(
    "member_words",
    metadata,
    sa.Column("word", Key, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), primary_key=True),
)
"""The loose keys of the words of each name, by whose beginnings members are found."""

nominees = sa.Table(
    "nominees",
    metadata,
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), primary_key=True),
    sa.Column("number", sa.SmallInteger, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("relation", sa.Text, nullable=False),
    sa.Column("birth_on", sa.Date, nullable=False),
    sa.Column("share_percent", sa.SmallInteger, nullable=False),
    sa.Column("guardian_name", sa.Text),
    sa.Column("guardian_relation", sa.Text),
    sa.CheckConstraint("share_percent BETWEEN 1 AND 100", name="share"),
)

consents = sa.Table(
    "consents",
    metadata,
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), primary_key=True),
    sa.Column("purpose", sa.Text, primary_key=True),
    sa.Column("at", Instant, primary_key=True),
    sa.Column("given", sa.Boolean, nullable=False),
    sa.Column("text_version", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("read_aloud_by", sa.Text, nullable=False),
    sa.Column("mark", sa.Text, nullable=False),
    sa.Column("witness", sa.Text, nullable=False),
    sa.Column("recorded_by", Id, nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
)
"""Each answer to each purpose; a later answer is a later row (rule P10)."""
