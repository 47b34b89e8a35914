"""The ledger: accounts, entries and postings that nobody changes, business days, approvals, projections.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis.migrations import create_chassis_tables, drop_chassis_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STAYING = (
    "account_terms",
    "entries",
    "postings",
    "vouchers",
    "day_totals",
    "seals",
    "seal_leaves",
    "vault_counts",
    "vault_confirmations",
    "receipts",
    "receipt_prints",
)

BALANCE = "CASE grows_on WHEN 'credit' THEN credits - debits ELSE debits - credits END"

REFUSE_CHANGES = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""

# Once for each entry, when its transaction ends: it balances, is whole, and stands on a day that is open.
REQUIRE_WHOLE_ENTRIES = """
CREATE FUNCTION require_whole_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written bigint;
    difference bigint;
BEGIN
    SELECT count(*), coalesce(sum(CASE side WHEN 'debit' THEN amount ELSE -amount END), 0)
      INTO written, difference
      FROM postings WHERE business_on = NEW.business_on AND entry_id = NEW.id;
    IF written <> NEW.lines OR difference <> 0 THEN
        RAISE EXCEPTION 'entry % does not balance', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    PERFORM FROM days WHERE office_id = NEW.office_id AND "on" = NEW.business_on AND status = 'open';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'entry % is on a day that is not open', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER entries_are_whole AFTER INSERT ON entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_whole_entry();
"""

# A whole entry has used up its numbers, so that nothing can be added to it later.
REQUIRE_KNOWN_NUMBERS = """
CREATE FUNCTION require_known_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM fresh JOIN entries ON entries.id = fresh.entry_id
      WHERE fresh.number NOT BETWEEN 1 AND entries.lines;
    IF FOUND THEN
        RAISE EXCEPTION 'a posting is beyond its entry' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER postings_are_counted AFTER INSERT ON postings
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION require_known_numbers();
"""

# It runs with the owner's rights and makes nothing but partitions of postings (mechanics D3): it is all that
# the runtime role may do to the schema. On a partition itself that role has no right.
MAKE_PARTITIONS = """
CREATE FUNCTION make_posting_partitions(from_on date, until_on date) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    month date := date_trunc('month', from_on);
    name text;
    made integer := 0;
BEGIN
    IF until_on > from_on + interval '5 years' THEN
        RAISE EXCEPTION 'nobody plans the books for five years' USING ERRCODE = 'program_limit_exceeded';
    END IF;
    WHILE month <= until_on LOOP
        name := 'postings_' || to_char(month, 'YYYY_MM');
        IF to_regclass(name) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF postings FOR VALUES FROM (%L) TO (%L)',
                name, month, (month + interval '1 month')::date
            );
            EXECUTE format(
                'CREATE TRIGGER stays_whole BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse_change()', name
            );
            made := made + 1;
        END IF;
        month := month + interval '1 month';
    END LOOP;
    RETURN made;
END $$
"""


def upgrade() -> None:
    create_chassis_tables(op)
    create_projections()
    create_accounts()
    create_days()
    create_books()
    create_closing_of_days()
    create_approvals()
    refuse_changes()
    op.execute(REQUIRE_WHOLE_ENTRIES)
    op.execute(REQUIRE_KNOWN_NUMBERS)
    op.execute(MAKE_PARTITIONS)
    op.execute(
        "SELECT make_posting_partitions((current_date - interval '3 months')::date, "
        "(current_date + interval '3 months')::date)"
    )


def refuse_changes() -> None:
    op.execute(REFUSE_CHANGES)
    for table in STAYING:
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def create_projections() -> None:
    op.create_table(
        "offices",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("parent_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("name_bn", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
    )
    op.create_index("ix_offices_path", "offices", ["path"], postgresql_ops={"path": "text_pattern_ops"})
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name_bn", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
    )
    op.create_index("ix_staff_office_id", "staff", ["office_id"])
    op.create_table(
        "samities",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name_bn", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("branch_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("meeting_weekday", sa.SmallInteger(), nullable=False),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_samities"),
    )
    op.create_index("ix_samities_branch_id", "samities", ["branch_id"])
    op.create_index("ix_samities_officer_id", "samities", ["officer_id"])
    op.create_table(
        "members",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name_bn", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("samity_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("branch_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("admitted_on", sa.Date(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
    )
    op.create_index("ix_members_samity_id", "members", ["samity_id", "code"])


def create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("ledger", sa.String(length=4), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("member_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("owner_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("grows_on", sa.String(length=6), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=True),
        sa.Column("debits", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("credits", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "balance",
            sa.BigInteger(),
            sa.Computed(BALANCE, persisted=True),
            nullable=False,
        ),
        sa.Column("sequence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("pending_in", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("pending_out", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=True),
        sa.Column("closed", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            f"floor IS NULL OR ({BALANCE}) >= floor",
            name="ck_accounts_floor",
        ),
        sa.CheckConstraint("grows_on IN ('debit', 'credit')", name="ck_accounts_side"),
        sa.CheckConstraint("debits >= 0 AND credits >= 0 AND sequence >= 0", name="ck_accounts_totals_grow"),
        sa.CheckConstraint(
            "member_id IS NULL OR (code IS NOT NULL AND terms_version IS NOT NULL)",
            name="ck_accounts_agreed",
        ),
        sa.CheckConstraint(
            "pending_in >= 0 AND pending_out >= 0", name="ck_accounts_pending_is_not_negative"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("code", name="uq_accounts_code"),
        postgresql_with={"fillfactor": "80"},
    )
    op.create_index(
        "ix_accounts_member_id",
        "accounts",
        ["member_id"],
        postgresql_where="member_id IS NOT NULL",
    )
    op.create_index("ix_accounts_office_id_ledger", "accounts", ["office_id", "ledger"])
    op.create_table(
        "account_terms",
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("terms", JSONB(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_account_terms_account_id"),
        sa.PrimaryKeyConstraint("account_id", "version", name="pk_account_terms"),
    )


def create_days() -> None:
    op.create_table(
        "days",
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("opened_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('open', 'closing', 'closed')", name="ck_days_status"),
        sa.PrimaryKeyConstraint("office_id", "on", name="pk_days"),
    )
    op.create_index(
        "uq_days_running", "days", ["office_id"], unique=True, postgresql_where="status <> 'closed'"
    )
    op.create_table(
        "closings",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "on"], ["days.office_id", "days.on"], name="fk_closings_office_id_on"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_closings"),
        sa.UniqueConstraint("office_id", "on", name="uq_closings_office_id_on"),
    )
    op.create_index(
        "ix_closings_unfinished",
        "closings",
        ["asked_at"],
        postgresql_where="finished_at IS NULL",
    )
    op.create_table(
        "holidays",
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name_bn", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "on", name="pk_holidays"),
    )
    op.create_table(
        "vault_counts",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("moment", sa.String(length=8), nullable=False),
        sa.Column("denominations", JSONB(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("booked", sa.BigInteger(), nullable=False),
        sa.Column("counted_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.CheckConstraint("moment IN ('opening', 'closing')", name="ck_vault_counts_moment"),
        sa.CheckConstraint("total >= 0", name="ck_vault_counts_total_is_not_negative"),
        sa.ForeignKeyConstraint(
            ["office_id", "on"], ["days.office_id", "days.on"], name="fk_vault_counts_office_id_on"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_vault_counts"),
    )
    op.create_index(
        "ix_vault_counts_office_id_on",
        "vault_counts",
        ["office_id", "on", "moment", "counted_at"],
    )
    op.create_table(
        "vault_confirmations",
        sa.Column("count_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["count_id"], ["vault_counts.id"], name="fk_vault_confirmations_count_id"),
        sa.PrimaryKeyConstraint("count_id", name="pk_vault_confirmations"),
    )


def create_books() -> None:
    op.create_table(
        "entries",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("business_on", sa.Date(), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("maker_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("checker_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("samity_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("reverses_entry_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("reverses_row_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.String(length=80), nullable=True),
        sa.Column("lines", sa.SmallInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(reverses_entry_id IS NULL) = (reverses_row_id IS NULL)", name="ck_entries_reverses_a_row"
        ),
        sa.CheckConstraint("lines >= 2", name="ck_entries_two_sides"),
        sa.CheckConstraint(
            "reverses_entry_id IS NULL OR reason IS NOT NULL", name="ck_entries_a_reversal_says_why"
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "business_on"],
            ["days.office_id", "days.on"],
            name="fk_entries_office_id_business_on",
        ),
        sa.ForeignKeyConstraint(["reverses_entry_id"], ["entries.id"], name="fk_entries_reverses_entry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("id", "business_on", name="uq_entries_id_business_on"),
        sa.UniqueConstraint(
            "reverses_entry_id", "reverses_row_id", name="uq_entries_reverses_entry_id_reverses_row_id"
        ),
    )
    op.create_index(
        "ix_entries_office_id_business_on",
        "entries",
        ["office_id", "business_on", "recorded_at", "id"],
    )
    op.create_table(
        "postings",
        sa.Column("business_on", sa.Date(), nullable=False),
        sa.Column("entry_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("side", sa.String(length=6), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("balance_after", sa.BigInteger(), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("row_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("receipt", sa.String(length=40), nullable=True),
        sa.CheckConstraint("side IN ('debit', 'credit')", name="ck_postings_side"),
        sa.CheckConstraint("amount > 0", name="ck_postings_amount_is_positive"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_postings_account_id"),
        sa.ForeignKeyConstraint(
            ["entry_id", "business_on"],
            ["entries.id", "entries.business_on"],
            name="fk_postings_entry_id_business_on",
        ),
        sa.PrimaryKeyConstraint("business_on", "entry_id", "number", name="pk_postings"),
        sa.UniqueConstraint(
            "account_id", "sequence", "business_on", name="uq_postings_account_id_sequence_business_on"
        ),
        postgresql_partition_by="RANGE (business_on)",
    )
    op.create_index("ix_postings_account_id_value_on", "postings", ["account_id", "value_on"])
    op.create_table(
        "receipt_counters",
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "year", name="pk_receipt_counters"),
    )
    op.create_table(
        "receipts",
        sa.Column("entry_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=40), nullable=False),
        sa.Column("paid_by", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_receipts_entry_id"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_receipts"),
        sa.UniqueConstraint("office_id", "year", "number", name="uq_receipts_office_id_year_number"),
    )
    op.create_table(
        "receipt_prints",
        sa.Column("entry_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("printed_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["receipts.entry_id"], name="fk_receipt_prints_entry_id"),
        sa.PrimaryKeyConstraint("entry_id", "number", name="pk_receipt_prints"),
    )


def create_closing_of_days() -> None:
    op.create_table(
        "vouchers",
        sa.Column("entry_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("business_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("fiscal_year", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('receipt', 'payment', 'journal', 'contra')", name="ck_vouchers_kind"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_vouchers_entry_id"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_vouchers"),
        sa.UniqueConstraint(
            "office_id",
            "kind",
            "fiscal_year",
            "number",
            name="uq_vouchers_office_id_kind_fiscal_year_number",
        ),
    )
    op.create_table(
        "day_totals",
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("ledger", sa.String(length=4), nullable=False),
        sa.Column("debits", sa.BigInteger(), nullable=False),
        sa.Column("credits", sa.BigInteger(), nullable=False),
        sa.Column("debits_to_date", sa.BigInteger(), nullable=False),
        sa.Column("credits_to_date", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "on"], ["days.office_id", "days.on"], name="fk_day_totals_office_id_on"
        ),
        sa.PrimaryKeyConstraint("office_id", "on", "ledger", name="pk_day_totals"),
    )
    op.create_table(
        "seals",
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("format", sa.SmallInteger(), nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "on"], ["days.office_id", "days.on"], name="fk_seals_office_id_on"
        ),
        sa.PrimaryKeyConstraint("office_id", "on", "number", name="pk_seals"),
    )
    op.create_table(
        "seal_leaves",
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("seal", sa.SmallInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("row_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "on", "seal"],
            ["seals.office_id", "seals.on", "seals.number"],
            name="fk_seal_leaves_office_id_on_seal",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("office_id", "on", "seal", "position", name="pk_seal_leaves"),
    )


def create_approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("subject_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("row_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("facts", JSONB(), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("maker_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("checker_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (checker_id IS NULL)", name="ck_approvals_decided_by_somebody"
        ),
        sa.CheckConstraint("state IN ('waiting', 'approved', 'declined')", name="ck_approvals_state"),
        sa.CheckConstraint(
            "checker_id IS NULL OR checker_id <> maker_id", name="ck_approvals_maker_is_not_checker"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
    )
    op.create_index(
        "ix_approvals_waiting",
        "approvals",
        ["office_id", "made_at"],
        postgresql_where="state = 'waiting'",
    )
    op.create_index(
        "uq_approvals_running",
        "approvals",
        ["kind", "subject_id", "row_id"],
        unique=True,
        postgresql_where="state <> 'declined'",
        postgresql_nulls_not_distinct=True,
    )


def downgrade() -> None:
    op.drop_table("approvals")
    op.drop_table("seal_leaves")
    op.drop_table("seals")
    op.drop_table("day_totals")
    op.drop_table("vouchers")
    op.drop_table("receipt_prints")
    op.drop_table("receipts")
    op.drop_table("receipt_counters")
    op.drop_table("postings")
    op.drop_table("entries")
    op.drop_table("vault_confirmations")
    op.drop_table("vault_counts")
    op.drop_table("holidays")
    op.drop_table("closings")
    op.drop_table("days")
    op.drop_table("account_terms")
    op.drop_table("accounts")
    op.drop_table("members")
    op.drop_table("samities")
    op.drop_table("staff")
    op.drop_table("offices")
    for function in (
        "make_posting_partitions(date, date)",
        "require_known_numbers()",
        "require_whole_entry()",
    ):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP FUNCTION refuse_change()")
    drop_chassis_tables(op)
