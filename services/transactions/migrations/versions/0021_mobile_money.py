"""Statements of providers of mobile money, line by line (rule M14).

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

STATED_STAYS = """
CREATE FUNCTION keep_what_was_stated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'suspense'
       OR (OLD.id, OLD.import_id, OLD.office_id, OLD.provider, OLD.provider_id, OLD.file_name, OLD.paid_on,
           OLD.amount, OLD.imported_by, OLD.imported_at)
          IS DISTINCT FROM
          (NEW.id, NEW.import_id, NEW.office_id, NEW.provider, NEW.provider_id, NEW.file_name, NEW.paid_on,
           NEW.amount, NEW.imported_by, NEW.imported_at) THEN
        RAISE EXCEPTION 'what a provider stated stays as it is';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "statement_lines",
        sa.Column("id", ID, nullable=False),
        sa.Column("import_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("provider", sa.String(length=12), nullable=False),
        sa.Column("provider_id", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=True),
        sa.Column("payer", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=24), nullable=True),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("row_id", ID, nullable=True),
        sa.Column("entry_id", ID, nullable=True),
        sa.Column("imported_by", ID, nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("matched_by", ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("amount > 0", name="ck_statement_lines_amount_is_more_than_nothing"),
        sa.CheckConstraint(
            "state IN ('posted', 'known', 'suspense', 'matched')", name="ck_statement_lines_state"
        ),
        sa.CheckConstraint(
            "(state = 'suspense') = (why IS NOT NULL)", name="ck_statement_lines_waits_for_a_reason"
        ),
        sa.CheckConstraint(
            "(state = 'known') = (row_id IS NOT NULL)", name="ck_statement_lines_known_by_its_row"
        ),
        sa.CheckConstraint(
            "(state = 'matched') = (matched_by IS NOT NULL)", name="ck_statement_lines_matched_by_somebody"
        ),
        sa.CheckConstraint("(entry_id IS NULL) = (state = 'known')", name="ck_statement_lines_booked_once"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_statement_lines_account_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_statement_lines_entry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_statement_lines"),
    )
    op.create_index(
        "uq_statement_lines_provider_id", "statement_lines", ["provider", "provider_id"], unique=True
    )
    op.create_index(
        "uq_statement_lines_row_id",
        "statement_lines",
        ["row_id"],
        unique=True,
        postgresql_where="row_id IS NOT NULL",
    )
    op.create_index("ix_statement_lines_paid_on", "statement_lines", ["office_id", "paid_on", "id"])
    op.execute(STATED_STAYS)
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE ON statement_lines "
        "FOR EACH ROW EXECUTE FUNCTION keep_what_was_stated()"
    )
    op.execute(
        "CREATE TRIGGER is_kept BEFORE DELETE ON statement_lines "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER stays_whole BEFORE TRUNCATE ON statement_lines EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("statement_lines")
    op.execute("DROP FUNCTION keep_what_was_stated()")
