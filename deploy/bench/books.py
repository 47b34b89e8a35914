"""A large book made at once: samities, members and accounts straight into the ledger's database.

Only the benchmark may do this, and only here: what is measured afterwards goes through the front door.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from psycopg2.extensions import connection, cursor

SAMITIES = """
INSERT INTO samities (id, code, name_bn, name_en, branch_id, meeting_weekday, officer_id, active, version)
SELECT md5(%(mark)s || 'samity' || n)::uuid, %(mark)s || lpad(n::text, 5, '0'), 'বেঞ্চ সমিতি', 'Bench samity',
       %(branch)s, %(weekday)s, (%(officers)s::uuid[])[1 + n %% cardinality(%(officers)s::uuid[])], true, 1
FROM generate_series(1, %(samities)s) AS n
"""
MEMBERS = """
INSERT INTO members (id, code, name_bn, name_en, samity_id, branch_id, status, language, admitted_on, version)
SELECT md5(%(mark)s || 'member' || n)::uuid, %(mark)s || lpad(n::text, 9, '0'), 'বেঞ্চ সদস্য', 'Bench member',
       md5(%(mark)s || 'samity' || (1 + (n - 1) / %(each)s))::uuid, %(branch)s, 'active', 'bn', %(on)s, 1
FROM generate_series(1, %(samities)s * %(each)s) AS n
"""
ACCOUNTS = """
INSERT INTO accounts
       (id, office_id, ledger, code, member_id, grows_on, floor, terms_version, opened_on, opened_at)
SELECT md5(%(mark)s || 'account' || n)::uuid, %(branch)s, %(ledger)s, 'GS.' || %(mark)s || n,
       md5(%(mark)s || 'member' || n)::uuid, 'credit', 0, 1, %(on)s, now()
FROM generate_series(1, %(samities)s * %(each)s) AS n
"""
TERMS = """
INSERT INTO account_terms (account_id, version, terms, recorded_at)
SELECT md5(%(mark)s || 'account' || n)::uuid, 1,
       (SELECT terms FROM account_terms LIMIT 1), now()
FROM generate_series(1, %(samities)s * %(each)s) AS n
"""
TOLD = """
INSERT INTO members (id, code, name_bn, name_en, branch_id, language, version)
SELECT md5(%(mark)s || 'member' || n)::uuid, %(mark)s || lpad(n::text, 9, '0'), 'বেঞ্চ সদস্য', 'Bench member',
       %(branch)s, 'bn', 1
FROM generate_series(1, %(samities)s * %(each)s) AS n
"""
CONTACTS = """
INSERT INTO contacts (member_id, mobile, messages_consent, version)
SELECT md5(%(mark)s || 'member' || n)::uuid, NULL, false, 1
FROM generate_series(1, %(samities)s * %(each)s) AS n
"""


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many samities of so many members each, in one branch, meeting on one weekday with its officers."""

    mark: str
    branch: str
    officers: tuple[str, ...]
    weekday: int
    on: date
    samities: int
    each: int

    def facts(self, ledger: str) -> dict[str, object]:
        """What the statements are told."""
        return {
            "mark": self.mark,
            "branch": self.branch,
            "officers": list(self.officers),
            "weekday": self.weekday,
            "on": self.on,
            "samities": self.samities,
            "each": self.each,
            "ledger": ledger,
        }


def only(cursor: cursor) -> Any:
    """The one value of a question that has one."""
    found = cursor.fetchone()
    if found is None:
        raise LookupError("nothing was found to measure with")
    return found[0]


def fill(ledger: connection, messages: connection, crowd: Crowd) -> None:
    """Put a crowd into the ledger and let the messages know its people; one real account must be there."""
    with ledger.cursor() as books:
        books.execute("SELECT ledger FROM accounts WHERE member_id IS NOT NULL LIMIT 1")
        facts = crowd.facts(str(only(books)))
        for statement in (SAMITIES, MEMBERS, ACCOUNTS, TERMS):
            books.execute(statement, facts)
        books.execute("ANALYZE")
    with messages.cursor() as people:
        for statement in (TOLD, CONTACTS):
            people.execute(statement, facts)
        people.execute("ANALYZE")


def member_of(ledger: connection, crowd: Crowd, number: int) -> str:
    """The id of one of the crowd."""
    with ledger.cursor() as books:
        books.execute("SELECT md5(%s || 'member' || %s)::uuid::text", (crowd.mark, number))
        return str(only(books))


def unsent(service: connection) -> int:
    """Events that the outbox has not told yet."""
    with service.cursor() as outbox:
        outbox.execute("SELECT count(*) FROM outbox WHERE sent_at IS NULL")
        return int(only(outbox))
