"""What stood in the database before a migration says the same after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic import command

from accounts.service import AccountsService
from chassis.migrate import configuration, migrate
from chassis.testing import harness_of
from contracts.accounts import DECIDE_APPROVAL, LIST_APPROVALS
from contracts.errors import AlreadyDecided
from tests.support.accounts import Branch, an_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.database import DatabaseUrls
    from tests.support.parts import PostgresServer

ADMISSIONS_ONLY = "0004"
"""The last schema in which nothing but admissions could wait."""
SAMITY, WAITING, DECIDED = an_id(501), an_id(502), an_id(503)


@pytest.fixture
def old(postgres_server: PostgresServer) -> Iterator[DatabaseUrls]:
    """A database of the old schema with one applicant who waits and one who was turned down."""
    urls = postgres_server.create_service_database("accounts")
    command.upgrade(configuration("accounts", urls.owner), ADMISSIONS_ONLY)
    engine = sa.create_engine(urls.owner)
    with engine.begin() as connection:
        write(connection)
    engine.dispose()
    yield urls
    postgres_server.drop(urls)


def write(connection: sa.Connection) -> None:
    insert(
        connection,
        "samities",
        id=SAMITY,
        branch_id=an_id(1000),
        serial=1,
        code="B001.0001",
        name_bn="শাপলা",
        name_en="Shapla",
        kind="female",
        village="গোকুল",
        meeting_weekday=3,
        officer_id=Branch.person_id(branch_alone(), "field_officer"),
        opened_on="2026-08-01",
        max_members=30,
        last_member_serial=0,
        active=True,
        fingerprint="s",
        opened_by=str(uuid4()),
        opened_at="2026-08-01T00:00:00Z",
        version=1,
    )
    for member, status in ((WAITING, "applicant"), (DECIDED, "rejected")):
        insert(connection, "members", **applicant(member, status))
    officer = Branch.person_id(branch_alone(), "field_officer")
    manager = Branch.person_id(branch_alone(), "branch_manager")
    common = {
        "kind": "admission",
        "warnings": ["same_name_and_birth"],
        "warnings_seen": [],
        "maker_id": officer,
        "proposed_at": "2026-11-20T05:00:00Z",
    }
    insert(connection, "approvals", id=WAITING, member_id=WAITING, state="waiting", **common)
    said = {"checker_id": manager, "decided_at": "2026-11-21T05:00:00Z", "reason": "স্বাক্ষর নেই"}
    insert(connection, "approvals", id=DECIDED, member_id=DECIDED, state="declined", **common, **said)


def branch_alone() -> Branch:
    """The branch of the other tests, for its ids alone."""
    branch = object.__new__(Branch)
    branch.number = 1
    return branch


def applicant(member_id: str, status: str) -> dict[str, Any]:
    return {
        "id": member_id,
        "person_id": member_id,
        "samity_id": SAMITY,
        "status": status,
        "name_bn": "আয়েশা খাতুন",
        "name_en": "Ayesha Khatun",
        "order_key": "a",
        "sex": "female",
        "birth_on": "1990-02-03",
        "nid": "hidden",
        "nid_index": member_id,
        "village": "গোকুল",
        "post": "গোকুল",
        "upazila": "বগুড়া সদর",
        "district": "বগুড়া",
        "language": "bn",
        "passbook_number": "PB-1",
        "fingerprint": f"form of {member_id}",
        "version": 1,
    }


def insert(connection: sa.Connection, table: str, **row: Any) -> None:
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)


def test_admissions_wait_and_stay_decided_as_they_were(old: DatabaseUrls, keys_folder: Path) -> None:
    migrate("accounts", old.owner)

    with harness_of(AccountsService, old.runtime, keys=keys_folder) as harness:
        branch = Branch(harness)
        [waiting] = harness.ask(LIST_APPROVALS, {}, actor=branch.manager)["items"]
        [own] = harness.ask(LIST_APPROVALS, {}, actor=branch.officer)["items"]
        assert (waiting["id"], waiting["subject_bn"], waiting["may_decide"]) == (
            WAITING,
            "আয়েশা খাতুন",
            True,
        )
        assert own["id"] == WAITING
        assert waiting["office_id"] == branch.id
        assert waiting["facts"] == {
            "subject_bn": "আয়েশা খাতুন",
            "subject_en": "Ayesha Khatun",
            "samity_id": SAMITY,
            "samity_name_bn": "শাপলা",
            "samity_name_en": "Shapla",
            "warnings": ["same_name_and_birth"],
            "warnings_seen": [],
        }
        with pytest.raises(AlreadyDecided):
            harness.ask(DECIDE_APPROVAL, {"id": DECIDED, "approve": True}, actor=branch.manager)
        said = {"id": WAITING, "approve": False, "reason": "বয়স প্রমাণ নেই"}
        assert harness.ask(DECIDE_APPROVAL, said, actor=branch.manager)["state"] == "declined"
