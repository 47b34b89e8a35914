"""A closed day may be reopened as a supplement: the next one waits, and its totals only grow.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ONLY_GROW = """
CREATE FUNCTION refuse_shrinking_totals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.office_id, NEW."on", NEW.ledger) = (OLD.office_id, OLD."on", OLD.ledger)
       AND NEW.debits >= OLD.debits AND NEW.credits >= OLD.credits
       AND NEW.received >= OLD.received AND NEW.paid >= OLD.paid
       AND NEW.received_to_date - OLD.received_to_date = NEW.received - OLD.received
       AND NEW.paid_to_date - OLD.paid_to_date = NEW.paid - OLD.paid
       AND NEW.debits_to_date - OLD.debits_to_date = NEW.debits - OLD.debits
       AND NEW.credits_to_date - OLD.credits_to_date = NEW.credits - OLD.credits THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'totals of a day are only added to' USING ERRCODE = 'restrict_violation';
END $$
"""


def upgrade() -> None:
    op.drop_constraint("ck_days_status", "days", type_="check")
    op.create_check_constraint("ck_days_status", "days", "status IN ('open', 'closing', 'closed', 'waiting')")
    op.drop_index("uq_days_running", "days")
    op.create_index(
        "uq_days_running",
        "days",
        ["office_id"],
        unique=True,
        postgresql_where="status IN ('open', 'closing')",
    )
    op.add_column("closings", sa.Column("number", sa.SmallInteger(), server_default="1", nullable=False))
    op.drop_constraint("uq_closings_office_id_on", "closings", type_="unique")
    op.create_unique_constraint("uq_closings_office_id_on_number", "closings", ["office_id", "on", "number"])
    op.execute(ONLY_GROW)
    op.execute("DROP TRIGGER stays ON day_totals")
    op.execute(
        "CREATE TRIGGER only_grow BEFORE UPDATE OR DELETE ON day_totals"
        " FOR EACH ROW EXECUTE FUNCTION refuse_shrinking_totals()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER only_grow ON day_totals")
    op.execute("DROP FUNCTION refuse_shrinking_totals()")
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON day_totals"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute("DELETE FROM closings WHERE number > 1")
    op.drop_constraint("uq_closings_office_id_on_number", "closings", type_="unique")
    op.create_unique_constraint("uq_closings_office_id_on", "closings", ["office_id", "on"])
    op.drop_column("closings", "number")
    op.drop_index("uq_days_running", "days")
    op.execute("DELETE FROM days WHERE status = 'waiting'")
    op.create_index(
        "uq_days_running", "days", ["office_id"], unique=True, postgresql_where="status <> 'closed'"
    )
    op.drop_constraint("ck_days_status", "days", type_="check")
    op.create_check_constraint("ck_days_status", "days", "status IN ('open', 'closing', 'closed')")
