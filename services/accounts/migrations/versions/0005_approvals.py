"""Approvals of every kind in the table that held admissions only.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WORD_FOR_WORD = """
UPDATE approvals SET
    subject_id = members.id,
    office_id = samities.branch_id,
    fingerprint = members.fingerprint,
    facts = jsonb_build_object(
        'subject_bn', members.name_bn, 'subject_en', members.name_en,
        'samity_id', samities.id,
        'samity_name_bn', samities.name_bn, 'samity_name_en', samities.name_en,
        'warnings', to_jsonb(approvals.warnings), 'warnings_seen', to_jsonb(approvals.warnings_seen))
FROM members JOIN samities ON samities.id = members.samity_id
WHERE members.id = approvals.member_id
"""
BACK = """
UPDATE approvals SET
    warnings = ARRAY(SELECT jsonb_array_elements_text(facts->'warnings')),
    warnings_seen = ARRAY(SELECT jsonb_array_elements_text(facts->'warnings_seen'))
"""


def upgrade() -> None:
    for column in (
        sa.Column("subject_id", sa.Uuid(as_uuid=False)),
        sa.Column("office_id", sa.Uuid(as_uuid=False)),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("facts", JSONB()),
        sa.Column("fingerprint", sa.Text()),
        sa.Column("agreed_by", ARRAY(sa.Text()), nullable=False, server_default="{}"),
    ):
        op.add_column("approvals", column)
    op.execute(WORD_FOR_WORD)
    for name in ("subject_id", "facts", "fingerprint"):
        op.alter_column("approvals", name, nullable=False)
    op.alter_column("approvals", "member_id", nullable=True)
    op.drop_constraint("approvals_member_id_key", "approvals", type_="unique")
    op.drop_column("approvals", "warnings")
    op.drop_column("approvals", "warnings_seen")
    let_every_kind_in()
    op.create_index("approvals_subject_id", "approvals", ["subject_id"])
    op.create_index(
        "approvals_waiting_once",
        "approvals",
        ["kind", "subject_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )


def let_every_kind_in() -> None:
    op.drop_constraint("approvals_kind", "approvals", type_="check")
    op.drop_constraint("approvals_state", "approvals", type_="check")
    op.drop_constraint("approvals_decided_by_somebody", "approvals", type_="check")
    op.create_check_constraint(
        "approvals_state", "approvals", "state IN ('waiting', 'opening', 'approved', 'declined', 'lapsed')"
    )
    op.create_check_constraint(
        "approvals_decided_by_somebody",
        "approvals",
        "(state IN ('waiting', 'lapsed')) = (checker_id IS NULL)"
        " AND (state = 'waiting') = (decided_at IS NULL)",
    )


def downgrade() -> None:
    op.execute("DELETE FROM approvals WHERE kind <> 'admission'")
    op.drop_index("approvals_waiting_once", "approvals")
    op.drop_index("approvals_subject_id", "approvals")
    for name in ("warnings", "warnings_seen"):
        op.add_column("approvals", sa.Column(name, ARRAY(sa.Text()), nullable=False, server_default="{}"))
    op.execute(BACK)
    for name in ("warnings", "warnings_seen"):
        op.alter_column("approvals", name, server_default=None)
    for name in ("approvals_state", "approvals_decided_by_somebody"):
        op.drop_constraint(name, "approvals", type_="check")
    op.create_check_constraint("approvals_kind", "approvals", "kind IN ('admission')")
    op.create_check_constraint(
        "approvals_state", "approvals", "state IN ('waiting', 'opening', 'approved', 'declined')"
    )
    op.create_check_constraint(
        "approvals_decided_by_somebody",
        "approvals",
        "(state = 'waiting') = (checker_id IS NULL) AND (checker_id IS NULL) = (decided_at IS NULL)",
    )
    op.alter_column("approvals", "member_id", nullable=False)
    op.create_unique_constraint("approvals_member_id_key", "approvals", ["member_id"])
    for name in ("subject_id", "office_id", "amount", "facts", "fingerprint", "agreed_by"):
        op.drop_column("approvals", name)
