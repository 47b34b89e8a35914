"""Samities, members, their admission and their savings; what is remembered of identity.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.migrations import create_chassis_tables, drop_chassis_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
KEY = sa.Text(collation="C")
TABLES = (
    "offices",
    "staff",
    "logins",
    "samities",
    "samity_officers",
    "samity_days",
    "members",
    "member_words",
    "nominees",
    "consents",
    "approvals",
    "savings_products",
    "savings_accounts",
)


def upgrade() -> None:
    create_chassis_tables(op)
    create_projections()
    create_samities()
    create_members()
    create_savings()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    drop_chassis_tables(op)


def create_projections() -> None:
    op.create_table(
        "offices",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("parent_id", ID),
        sa.Column("path", KEY, nullable=False),
        sa.Column("name_bn", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="offices_pkey"),
    )
    op.create_index("offices_path", "offices", ["path"])
    op.create_table(
        "staff",
        sa.Column("id", ID, nullable=False),
        sa.Column("name_bn", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
        sa.Column("mobile_index", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="staff_pkey"),
    )
    op.create_index("staff_mobile_index", "staff", ["mobile_index"])
    op.create_table(
        "logins",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="logins_pkey"),
    )


def create_samities() -> None:
    op.create_table(
        "samities",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("code", KEY, nullable=False),
        sa.Column("name_bn", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("meeting_weekday", sa.SmallInteger, nullable=False),
        sa.Column("meeting_time", sa.Time),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("max_members", sa.Integer, nullable=False),
        sa.Column("last_member_serial", sa.Integer, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("opened_by", ID, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("kind IN ('female', 'male', 'mixed')", name="samities_kind"),
        sa.CheckConstraint("meeting_weekday BETWEEN 1 AND 6", name="samities_no_holiday_meeting"),
        sa.CheckConstraint("serial BETWEEN 1 AND 9999", name="samities_serial"),
        sa.PrimaryKeyConstraint("id", name="samities_pkey"),
        sa.UniqueConstraint("branch_id", "serial", name="samities_branch_id_serial_key"),
        sa.UniqueConstraint("code", name="samities_code_key"),
    )
    op.create_index("samities_officer_id", "samities", ["officer_id"])
    op.create_table(
        "samity_officers",
        sa.Column("id", ID, nullable=False),
        sa.Column("samity_id", ID, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("decided_by", ID, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["samity_id"], ["samities.id"], name="samity_officers_samity_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="samity_officers_pkey"),
        sa.UniqueConstraint("samity_id", "from_on", name="samity_officers_samity_id_from_on_key"),
    )
    op.create_table(
        "samity_days",
        sa.Column("id", ID, nullable=False),
        sa.Column("samity_id", ID, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("meeting_weekday", sa.SmallInteger, nullable=False),
        sa.Column("decided_by", ID, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["samity_id"], ["samities.id"], name="samity_days_samity_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="samity_days_pkey"),
        sa.UniqueConstraint("samity_id", "from_on", name="samity_days_samity_id_from_on_key"),
    )


def create_members() -> None:
    op.create_table(
        "members",
        sa.Column("id", ID, nullable=False),
        sa.Column("samity_id", ID, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("code", KEY),
        sa.Column("name_bn", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("order_key", KEY, nullable=False),
        sa.Column("father_or_spouse_bn", sa.Text),
        sa.Column("father_or_spouse_en", sa.Text),
        sa.Column("sex", sa.Text, nullable=False),
        sa.Column("birth_on", sa.Date, nullable=False),
        sa.Column("nid", sa.Text, nullable=False),
        sa.Column("nid_index", sa.Text, nullable=False),
        sa.Column("mobile", sa.Text),
        sa.Column("mobile_index", sa.Text),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("post", sa.Text, nullable=False),
        sa.Column("upazila", sa.Text, nullable=False),
        sa.Column("district", sa.Text, nullable=False),
        sa.Column("line", sa.Text),
        sa.Column("household", KEY),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("passbook_number", sa.Text, nullable=False),
        sa.Column("admitted_on", sa.Date),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint(
            "(status IN ('applicant', 'rejected')) = (code IS NULL)"
            " AND (code IS NULL) = (admitted_on IS NULL)",
            name="members_applicants_have_no_code",
        ),
        sa.CheckConstraint("language IN ('bn', 'en')", name="members_language"),
        sa.CheckConstraint("sex IN ('female', 'male', 'other')", name="members_sex"),
        sa.CheckConstraint("status IN ('applicant', 'active', 'rejected', 'closed')", name="members_status"),
        sa.CheckConstraint("(mobile IS NULL) = (mobile_index IS NULL)", name="members_mobile_indexed"),
        sa.ForeignKeyConstraint(["samity_id"], ["samities.id"], name="members_samity_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="members_pkey"),
        sa.UniqueConstraint("code", name="members_code_key"),
    )
    op.create_index("members_household", "members", ["household"])
    op.create_index("members_mobile_index", "members", ["mobile_index"])
    op.create_index("members_nid_index", "members", ["nid_index"])
    op.create_index("members_name_and_birth", "members", ["birth_on", "order_key"])
    op.create_index(
        "members_nid_once",
        "members",
        ["nid_index"],
        unique=True,
        postgresql_where=sa.text("status IN ('applicant', 'active')"),
    )
    op.create_index("members_order_key_id", "members", ["order_key", "id"])
    op.create_index("members_samity_id", "members", ["samity_id"])
    op.create_table(
        "member_words",
        sa.Column("word", KEY, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="member_words_member_id_fkey"),
        sa.PrimaryKeyConstraint("word", "member_id", name="member_words_pkey"),
    )
    op.create_table(
        "nominees",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("number", sa.SmallInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("relation", sa.Text, nullable=False),
        sa.Column("birth_on", sa.Date, nullable=False),
        sa.Column("share_percent", sa.SmallInteger, nullable=False),
        sa.Column("guardian_name", sa.Text),
        sa.Column("guardian_relation", sa.Text),
        sa.CheckConstraint("share_percent BETWEEN 1 AND 100", name="nominees_share"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="nominees_member_id_fkey"),
        sa.PrimaryKeyConstraint("member_id", "number", name="nominees_pkey"),
    )
    op.create_table(
        "consents",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("given", sa.Boolean, nullable=False),
        sa.Column("text_version", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("read_aloud_by", sa.Text, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("witness", sa.Text, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="consents_member_id_fkey"),
        sa.PrimaryKeyConstraint("member_id", "purpose", "at", name="consents_pkey"),
    )
    op.create_table(
        "approvals",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("warnings", ARRAY(sa.Text), nullable=False),
        sa.Column("warnings_seen", ARRAY(sa.Text), nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("checker_id", ID),
        sa.Column("decided_at", INSTANT),
        sa.Column("reason", sa.Text),
        sa.CheckConstraint(
            "(state = 'waiting') = (checker_id IS NULL) AND (checker_id IS NULL) = (decided_at IS NULL)",
            name="approvals_decided_by_somebody",
        ),
        sa.CheckConstraint("kind IN ('admission')", name="approvals_kind"),
        sa.CheckConstraint("state IN ('waiting', 'opening', 'approved', 'declined')", name="approvals_state"),
        sa.CheckConstraint("maker_id <> checker_id", name="approvals_maker_is_not_checker"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="approvals_member_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="approvals_pkey"),
        sa.UniqueConstraint("member_id", name="approvals_member_id_key"),
    )
    op.create_index(
        "approvals_waiting",
        "approvals",
        ["proposed_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )


def create_savings() -> None:
    op.create_table(
        "savings_products",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        sa.Column("name_bn", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("floor", sa.BigInteger, nullable=False),
        sa.Column("least_deposit", sa.BigInteger, nullable=False),
        sa.Column("annual_rate_bps", sa.Integer, nullable=False),
        sa.Column("fund", sa.Text, nullable=False),
        sa.CheckConstraint("annual_rate_bps >= 600", name="savings_products_legal_minimum"),
        sa.CheckConstraint("floor >= 0 AND least_deposit > 0", name="savings_products_amounts"),
        sa.PrimaryKeyConstraint("code", "version", name="savings_products_pkey"),
    )
    op.create_table(
        "savings_accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("code", KEY, nullable=False),
        sa.Column("product_code", sa.Text, nullable=False),
        sa.Column("product_version", sa.Integer, nullable=False),
        sa.Column("serial", sa.SmallInteger, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("planned_at", INSTANT, nullable=False),
        sa.Column("opened_on", sa.Date),
        sa.CheckConstraint("status IN ('opening', 'open', 'closed')", name="savings_accounts_status"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="savings_accounts_member_id_fkey"),
        sa.ForeignKeyConstraint(
            ["product_code", "product_version"],
            ["savings_products.code", "savings_products.version"],
            name="savings_accounts_product_code_product_version_fkey",
        ),
        sa.PrimaryKeyConstraint("id", name="savings_accounts_pkey"),
        sa.UniqueConstraint("code", name="savings_accounts_code_key"),
        sa.UniqueConstraint(
            "member_id", "product_code", "serial", name="savings_accounts_member_id_product_code_serial_key"
        ),
    )
