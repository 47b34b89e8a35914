"""Loans as they are agreed: proposals with their people, schedules, call-backs.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_loans()
    create_people()
    create_schedules()
    create_call_backs()


def create_loans() -> None:
    op.create_table(
        "loans",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("member_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("product_code", sa.Text(), nullable=False),
        sa.Column("product_version", sa.Integer(), nullable=False),
        sa.Column("plan_code", sa.Text(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("principal", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("surplus_to", sa.Text(), nullable=False),
        sa.Column("cheque_security", sa.Text(), nullable=True),
        sa.Column("bank_account", sa.Text(), nullable=True),
        sa.Column("bank_account_seen", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("maker_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recommender_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("recommended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("approver_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent", JSONB(none_as_null=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("serial", sa.SmallInteger(), nullable=True),
        sa.Column("code", sa.Text(collation="C"), nullable=True),
        sa.Column("payer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payout", JSONB(none_as_null=True), nullable=True),
        sa.Column("refusal", JSONB(none_as_null=True), nullable=True),
        sa.Column("disbursed_on", sa.Date(), nullable=True),
        sa.Column("receipt_number", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_as", sa.Text(), nullable=True),
        sa.Column("ended_version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ended_as IN ('running', 'repaid', 'settled', 'waived', 'written_off', 'undone')",
            name=op.f("loans_ended_as"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'recommended', 'approved', 'disbursing', 'disbursed', 'ended', "
            "'declined', 'cancelled', 'lapsed')",
            name=op.f("loans_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('disbursing', 'disbursed', 'ended') OR (code IS NOT NULL AND "
            "approver_id IS NOT NULL AND payer_id IS NOT NULL)",
            name=op.f("loans_paid_when_approved"),
        ),
        sa.CheckConstraint("surplus_to IN ('savings', 'unallocated')", name=op.f("loans_surplus_to")),
        sa.CheckConstraint("(serial IS NULL) = (code IS NULL)", name=op.f("loans_code_of_serial")),
        sa.CheckConstraint("0 < principal AND principal <= asked", name=op.f("loans_amount_never_rises")),
        sa.CheckConstraint(
            "maker_id <> recommender_id AND maker_id <> approver_id AND recommender_id <> "
            "approver_id AND payer_id <> approver_id",
            name=op.f("loans_steps_of_different_people"),
        ),
        sa.CheckConstraint(
            "principal = asked OR consent IS NOT NULL", name=op.f("loans_less_with_her_consent")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("loans_member_id_fkey")),
        sa.ForeignKeyConstraint(
            ["product_code", "product_version"],
            ["loan_products.code", "loan_products.version"],
            name=op.f("loans_product_code_product_version_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("loans_pkey")),
        sa.UniqueConstraint("code", name=op.f("loans_code_key")),
        sa.UniqueConstraint(
            "member_id", "product_code", "serial", name=op.f("loans_member_id_product_code_serial_key")
        ),
    )
    op.create_index("loans_member_id", "loans", ["member_id"], unique=False)
    op.create_index("loans_proposed_at", "loans", ["proposed_at", "id"], unique=False)
    op.create_index(
        "loans_undecided",
        "loans",
        ["proposed_on"],
        unique=False,
        postgresql_where=sa.text("state IN ('proposed', 'recommended', 'approved')"),
    )


def create_people() -> None:
    op.create_table(
        "loan_people",
        sa.Column("loan_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("nid", sa.Text(), nullable=True),
        sa.Column("nid_index", sa.Text(), nullable=False),
        sa.Column("consent", JSONB(none_as_null=True), nullable=True),
        sa.CheckConstraint("role IN ('guarantor', 'co_applicant', 'nominee')", name=op.f("loan_people_role")),
        sa.CheckConstraint(
            "(member_id IS NULL) = (name IS NOT NULL) AND (name IS NULL) = (nid IS NULL) AND "
            "(name IS NULL) = (consent IS NULL)",
            name=op.f("loan_people_member_or_named_and_agreed"),
        ),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("loan_people_loan_id_fkey")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("loan_people_member_id_fkey")),
        sa.PrimaryKeyConstraint("loan_id", "number", name=op.f("loan_people_pkey")),
    )
    op.create_index("loan_people_member_id", "loan_people", ["member_id"], unique=False)
    op.create_index("loan_people_nid_index", "loan_people", ["nid_index"], unique=False)


def create_schedules() -> None:
    op.create_table(
        "agreed_schedules",
        sa.Column("loan_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("due_on", ARRAY(sa.Date()), nullable=False),
        sa.Column("principal", ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("charge", ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("apr_percent", sa.Numeric(precision=9, scale=4), nullable=False),
        sa.Column("made_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reason IN ('payout', 'holiday', 'meeting_day', 'reschedule', 'transfer')",
            name=op.f("agreed_schedules_reason"),
        ),
        sa.CheckConstraint(
            "cardinality(due_on) > 0 AND cardinality(due_on) = cardinality(principal) AND "
            "cardinality(due_on) = cardinality(charge)",
            name=op.f("agreed_schedules_a_day_for_every_row"),
        ),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("agreed_schedules_loan_id_fkey")),
        sa.PrimaryKeyConstraint("loan_id", "version", name=op.f("agreed_schedules_pkey")),
    )


def create_call_backs() -> None:
    op.create_table(
        "call_backs",
        sa.Column("loan_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("called_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('confirmed', 'differs', 'not_reached')", name=op.f("call_backs_outcome")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (called_by IS NULL) AND (outcome IS NULL) = (called_at IS NULL)",
            name=op.f("call_backs_called_by_somebody"),
        ),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("call_backs_loan_id_fkey")),
        sa.PrimaryKeyConstraint("loan_id", name=op.f("call_backs_pkey")),
    )
    op.create_index(
        "call_backs_waiting",
        "call_backs",
        ["due_on", "loan_id"],
        unique=False,
        postgresql_where=sa.text("outcome IS NULL"),
    )


def downgrade() -> None:
    for table in ("call_backs", "agreed_schedules", "loan_people", "loans"):
        op.drop_table(table)
