"""Years of books made at once: branches with members, closed days and one open day, straight into the tables.

Only the benchmark may do this, and only here. What is made agrees with itself (balances, sequences, totals,
vouchers), but nothing of it is sealed. Indexes of postings are made anew afterwards: keeping them is slower.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import md5
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bench.books import only
from bench.interest import TERMS
from demo.plan import meeting_weekday, working_day, working_days_before
from demo.town import today
from transactions.domain.chart import CHART, Ledgers, OfficeAccount
from transactions.domain.days import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from psycopg2.extensions import cursor

    from bench.installation import Installation

SAMITIES, EACH = 34, 30
"""Samities of a branch, and members of each; every second day half of the samities are collected."""
CLOSED_DAYS = 38
LINES_A_DAY = SAMITIES // 2 * (EACH + 1)
POSTINGS_A_BRANCH = LINES_A_DAY * (CLOSED_DAYS + 1)
AMOUNT = 50_00
BRANCHES_OF_AN_AREA = 5
CLOSING = 40
"""Branches of which the day is closed while it is measured; they have 3,500 accounts each."""
ACCOUNTS_OF_A_CLOSING = 3_500
OTHER_LEDGERS = 22
"""How many ledgers besides the two that are posted on have a total of every day."""

ROOM = "SELECT make_posting_partitions(%(first)s, %(today)s)"
AREAS = """
INSERT INTO offices (id, code, level, parent_id, path, name_bn, name_en, version)
SELECT md5('bulk area' || n)::uuid, 'XA' || n, 'area', %(head_office)s, %(place)s || 'XA' || n || '/',
       'বেঞ্চ এলাকা', 'Bench area', 1
  FROM generate_series(0, (%(branches)s - 1) / %(in_area)s) AS n
"""
BRANCHES = """
INSERT INTO offices (id, code, level, parent_id, path, name_bn, name_en, version)
SELECT md5('bulk office' || n)::uuid, 'X' || n, 'branch', md5('bulk area' || n / %(in_area)s)::uuid,
       %(place)s || 'XA' || n / %(in_area)s || '/X' || n || '/', 'বেঞ্চ শাখা', 'Bench branch', 1
  FROM generate_series(0, %(branches)s - 1) AS n
"""
DAYS = """
CREATE TEMPORARY TABLE bulk_days AS
SELECT "on", place - 1 AS d FROM unnest(%(days)s::date[]) WITH ORDINALITY AS day("on", place);
INSERT INTO days (office_id, "on", status, opened_by, opened_at, closed_by, closed_at)
SELECT md5('bulk office' || n)::uuid, "on", CASE d WHEN %(closed)s THEN 'open' ELSE 'closed' END,
       md5('nobody')::uuid, "on", CASE d WHEN %(closed)s THEN NULL ELSE md5('nobody')::uuid END,
       CASE d WHEN %(closed)s THEN NULL ELSE "on" END
  FROM generate_series(0, %(branches)s - 1) AS n, bulk_days
"""
SAMITIES_MADE = """
CREATE TEMPORARY TABLE bulk_samities AS
SELECT n, md5('bulk samity' || n)::uuid AS id, md5('bulk office' || n / %(samities)s)::uuid AS office_id,
       n %% %(samities)s AS place, n %% 2 AS turn
  FROM generate_series(0, %(branches)s * %(samities)s - 1) AS n;
INSERT INTO samities (id, code, name_bn, name_en, branch_id, meeting_weekday, officer_id, active, version)
SELECT id, 'BULK' || n, 'বেঞ্চ সমিতি', 'Bench samity', office_id,
       CASE WHEN n < %(samities)s THEN %(weekday)s ELSE 1 + (%(weekday)s + place %% 6) %% 7 END,
       md5('bulk officer')::uuid,
       n < %(samities)s * (1 + %(closing)s), 1
  FROM bulk_samities
"""
MEMBERS = """
CREATE TEMPORARY TABLE bulk_members AS
SELECT made.n, md5('bulk member' || made.n)::uuid AS id, md5('bulk account' || made.n)::uuid AS account_id,
       samity.id AS samity_id, samity.office_id, samity.n AS samity_n, samity.turn,
       1 + made.n %% %(each)s AS number
  FROM generate_series(0, %(branches)s * %(samities)s * %(each)s - 1) AS made(n)
  JOIN bulk_samities AS samity ON samity.n = made.n / %(each)s;
INSERT INTO members (id, code, name_bn, name_en, samity_id, branch_id, status, language, admitted_on,
                     version)
SELECT id, 'BULK' || n, 'বেঞ্চ সদস্য', 'Bench member', samity_id, office_id, 'active', 'bn', %(first)s, 1
  FROM bulk_members
"""
ACCOUNTS = """
INSERT INTO accounts (id, office_id, ledger, code, member_id, grows_on, floor, credits, sequence,
                      terms_version, opened_on, opened_at)
SELECT account_id, office_id, '2110', 'GS.BULK' || n, id, 'credit', 0,
       ((%(closed)s - turn) / 2 + 1) * %(amount)s, (%(closed)s - turn) / 2 + 1, 1, %(first)s, now()
  FROM bulk_members;
INSERT INTO accounts (id, office_id, ledger, code, member_id, grows_on, floor, terms_version, opened_at)
SELECT md5('bulk other account' || n)::uuid, md5('bulk office' || 1 + n %% %(closing)s)::uuid, '2120',
       'VS.BULK' || n, md5('bulk other member' || n)::uuid, 'credit', 0, 1, now()
  FROM generate_series(0, %(closing)s * %(others)s - 1) AS n;
INSERT INTO account_terms
SELECT id, 1, CAST(%(terms)s AS jsonb), now() FROM accounts
 WHERE starts_with(code, 'GS.BULK') OR starts_with(code, 'VS.BULK')
"""
VAULTS = """
INSERT INTO accounts (id, office_id, ledger, grows_on, floor, debits, sequence, opened_at)
SELECT vault, office, '1110', 'debit', 0, (%(closed)s + 1) * %(entries)s * %(of_entry)s,
       (%(closed)s + 1) * %(entries)s, now()
  FROM unnest(%(offices)s::uuid[], %(vaults)s::uuid[]) AS made(office, vault)
"""
ENTRIES = """
INSERT INTO entries (id, office_id, business_on, value_on, kind, maker_id, samity_id, lines, recorded_at)
SELECT md5('bulk ' || d || ' ' || n)::uuid, office_id, "on", "on", 'collection', md5('nobody')::uuid, id,
       %(each)s + 1, "on" + interval '15 hours' + place * interval '1 minute'
  FROM bulk_samities JOIN bulk_days ON d %% 2 = turn
"""
VOUCHERS = """
INSERT INTO vouchers (entry_id, office_id, business_on, kind, fiscal_year, number)
SELECT md5('bulk ' || d || ' ' || n)::uuid, office_id, "on", 'receipt', %(fiscal_year)s,
       d * %(entries)s + place / 2 + 1
  FROM bulk_samities JOIN bulk_days ON d %% 2 = turn AND d < %(closed)s
"""
CREDITS = """
INSERT INTO postings (business_on, entry_id, number, account_id, side, amount, sequence, balance_after,
                      value_on, row_id, receipt)
SELECT %(on)s, entry.id, member.number + 1, account_id, 'credit', %(amount)s, %(d)s / 2 + 1,
       %(amount)s * (%(d)s / 2 + 1), %(on)s, gen_random_uuid(), 'D1-' || member.n
  FROM (
         SELECT n, md5('bulk ' || %(d)s || ' ' || n)::uuid AS id FROM bulk_samities WHERE turn = %(d)s %% 2
       ) AS entry
  JOIN bulk_members AS member ON member.samity_n = entry.n
"""
DEBITS = """
INSERT INTO postings (business_on, entry_id, number, account_id, side, amount, sequence, balance_after,
                      value_on)
SELECT %(on)s, md5('bulk ' || %(d)s || ' ' || n)::uuid, 1, vault.id, 'debit', %(of_entry)s,
       %(d)s * %(entries)s + place / 2 + 1, %(of_entry)s * (%(d)s * %(entries)s + place / 2 + 1), %(on)s
  FROM bulk_samities
  JOIN accounts AS vault ON vault.office_id = bulk_samities.office_id AND vault.ledger = '1110'
 WHERE turn = %(d)s %% 2
"""
TOTALS = """
INSERT INTO day_totals (office_id, "on", ledger, debits, credits, debits_to_date, credits_to_date)
SELECT md5('bulk office' || n)::uuid, "on", ledger,
       CASE ledger WHEN '1110' THEN %(of_day)s ELSE 0 END, CASE ledger WHEN '2110' THEN %(of_day)s ELSE 0 END,
       CASE ledger WHEN '1110' THEN %(of_day)s * (d + 1) WHEN '2110' THEN 0 ELSE %(of_day)s END,
       CASE ledger WHEN '2110' THEN %(of_day)s * (d + 1) WHEN '1110' THEN 0 ELSE %(of_day)s END
  FROM generate_series(0, %(branches)s - 1) AS n
 CROSS JOIN bulk_days CROSS JOIN unnest(%(ledgers)s::text[]) AS ledger
 WHERE d < %(closed)s
"""
LOOKED_FOR = """
INSERT INTO dormancy_runs (office_id, month, finished_at)
SELECT md5('bulk office' || n)::uuid, date_trunc('month', %(today)s::date), now()
  FROM generate_series(0, %(branches)s - 1) AS n
"""
MADE = (
    ROOM, AREAS, BRANCHES, DAYS, SAMITIES_MADE, MEMBERS, ACCOUNTS, VAULTS, ENTRIES, VOUCHERS, TOTALS,
    LOOKED_FOR,
)  # fmt: skip
INDEXES = """
SELECT conname, format('ALTER TABLE postings ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)),
       format('ALTER TABLE postings DROP CONSTRAINT %I', conname)
  FROM pg_constraint WHERE conrelid = 'postings'::regclass AND contype IN ('p', 'u')
UNION ALL
SELECT relname, pg_get_indexdef(indexrelid), format('DROP INDEX %I', relname)
  FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
 WHERE indrelid = 'postings'::regclass AND NOT indisunique
"""


@dataclass(frozen=True, slots=True)
class Bulk:
    """The branches that were made, below the head office, and the day that is open in all of them."""

    head_office: str
    path: str
    branches: int
    on: date

    def office(self, number: int) -> str:
        """The id of one of the branches, counted from 0: its samities meet on the open day."""
        return str(UUID(md5(f"bulk office{number}".encode(), usedforsecurity=False).hexdigest()))

    @property
    def fiscal_year(self) -> str:
        """The year in which the vouchers of the open day are numbered."""
        return fiscal_year(self.on)

    @property
    def members(self) -> int:
        """How many members, each with a savings account, all branches have."""
        return self.branches * SAMITIES * EACH

    @property
    def postings(self) -> int:
        """How many postings were made."""
        return self.branches * POSTINGS_A_BRANCH


def make(installation: Installation, head_office: str, postings: int, say: Callable[[str], None]) -> Bulk:
    """Put so many postings into the tables, but at least what the branches that are measured need."""
    filler = installation.database("transactions")
    with filler.cursor() as books:
        books.execute("SELECT path FROM offices WHERE id = %s", (head_office,))
        on = working_day(today())
        days = [*working_days_before(on, CLOSED_DAYS), on]
        bulk = Bulk(
            head_office, str(only(books)), max(CLOSING + 1, -(-postings // POSTINGS_A_BRANCH)), days[-1]
        )
        facts = facts_of(bulk, days)
        books.execute("SET session_replication_role = replica")
        books.execute(
            "SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'; SET synchronous_commit = off"
        )
        for statement in MADE:
            books.execute(statement, facts)
        books.execute("ANALYZE bulk_members, bulk_samities, accounts")
        fill_postings(books, facts, days, say)
        books.execute("VACUUM (ANALYZE)")
        books.execute("CHECKPOINT")
    filler.close()
    return bulk


def fill_postings(
    books: cursor, facts: dict[str, object], days: list[date], say: Callable[[str], None]
) -> None:
    """Post day after day, as life would; then make the indexes."""
    books.execute(INDEXES)
    indexes = books.fetchall()
    for _, _, drop in indexes:
        books.execute(drop)
    for d, on in enumerate(days):
        for statement in (CREDITS, DEBITS):
            books.execute(statement, {**facts, "d": d, "on": on})
    say("  indexes of postings")
    for _, make_again, _ in indexes:
        books.execute(make_again)


def facts_of(bulk: Bulk, days: list[date]) -> dict[str, Any]:
    """What the statements are told."""
    entries = SAMITIES // 2
    offices = [bulk.office(n) for n in range(bulk.branches)]
    others = [code for code, ledger in CHART.items() if not ledger.is_group and code not in {"1110", "2110"}]
    return {
        "head_office": bulk.head_office,
        "place": bulk.path,
        "branches": bulk.branches,
        "in_area": BRANCHES_OF_AN_AREA,
        "samities": SAMITIES,
        "each": EACH,
        "closed": CLOSED_DAYS,
        "days": days,
        "first": days[0],
        "today": days[-1],
        "weekday": meeting_weekday(days[-1]),
        "closing": CLOSING,
        "others": ACCOUNTS_OF_A_CLOSING - SAMITIES * EACH,
        "offices": offices,
        "vaults": [OfficeAccount(Ledgers.VAULT, office).id for office in offices],
        "ledgers": ["1110", "2110", *others[:OTHER_LEDGERS]],
        "terms": TERMS,
        "amount": AMOUNT,
        "entries": entries,
        "of_entry": EACH * AMOUNT,
        "of_day": entries * EACH * AMOUNT,
        "fiscal_year": bulk.fiscal_year,
    }
