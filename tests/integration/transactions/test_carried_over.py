"""Differences of passbooks that were found before there was a register are cases of it afterwards (P4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from chassis.config import spell_driver
from chassis.migrate import configuration, differences
from transactions.domain.complaints import id_of_check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.config import Config

    from launcher.database import DatabaseUrls
    from tests.support.parts import PostgresServer

pytestmark = pytest.mark.rule("P4")

WAITS, BOOK_RIGHT, PAPER_RIGHT, MATCHED = (str(UUID(int=number)) for number in range(1, 5))
FOUND_AT, SETTLED_AT = "2026-11-23T20:00:00Z", "2026-11-25T05:00:00Z"


def before(config: Config) -> str:
    """Return the last schema in which a difference was settled on its own, whatever number it has."""
    revisions = ScriptDirectory.from_config(config).walk_revisions()
    (register,) = (one for one in revisions if one.path.endswith("_complaints.py"))
    return str(register.down_revision)


def check(check_id: str, state: str, outcome: str | None = None) -> dict[str, Any]:
    settled = {
        "outcome": outcome,
        "reason": "so it was",
        "settled_by": str(uuid4()),
        "settled_at": SETTLED_AT,
    }
    return {
        "id": check_id,
        **{
            name: str(uuid4()) for name in ("office_id", "member_id", "samity_id", "officer_id", "checked_by")
        },
        "month": "2026-11-01",
        "due_on": "2026-12-07",
        "state": state,
        "checked_at": FOUND_AT,
        "fingerprint": "f",
        **(settled if outcome else dict.fromkeys(settled)),
    }


@pytest.fixture
def old(postgres_server: PostgresServer) -> Iterator[DatabaseUrls]:
    """A database of the old schema with four passbooks that were looked at."""
    urls = postgres_server.create_service_database("transactions")
    config = configuration("transactions", urls.owner)
    command.upgrade(config, before(config))
    engine = sa.create_engine(spell_driver(urls.owner))
    with engine.begin() as connection:
        for row in (
            check(WAITS, "differs"),
            check(BOOK_RIGHT, "settled", "book_right"),
            check(PAPER_RIGHT, "settled", "paper_right"),
            check(MATCHED, "matched"),
        ):
            places = ", ".join(f":{name}" for name in row)
            connection.execute(
                sa.text(f"INSERT INTO passbook_checks ({', '.join(row)}) VALUES ({places})"),
                row,
            )
    engine.dispose()
    yield urls
    postgres_server.drop(urls)


def rows(urls: DatabaseUrls, question: str) -> list[tuple[Any, ...]]:
    engine = sa.create_engine(spell_driver(urls.owner))
    with engine.connect() as connection:
        found = [tuple(str(value) for value in row) for row in connection.execute(sa.text(question))]
    engine.dispose()
    return found


def test_each_difference_is_a_case_and_a_right_paper_waits_for_its_correction(old: DatabaseUrls) -> None:
    config = configuration("transactions", old.owner)
    command.upgrade(config, "+1")

    cases = rows(old, "SELECT check_id, id, about, taken_on, answer_by FROM complaints ORDER BY check_id")
    local = ("passbook", "2026-11-24", "2026-12-01")
    assert cases == [(one, id_of_check(one), *local) for one in (WAITS, BOOK_RIGHT, PAPER_RIGHT)]
    answered = rows(old, 'SELECT complaint_id, deed, "on", outcome, answer FROM complaint_acts')
    assert answered == [(id_of_check(BOOK_RIGHT), "answered", "2026-11-25", "book_right", "so it was")]
    states = rows(old, "SELECT id, state FROM passbook_checks ORDER BY id")
    assert states == [
        (WAITS, "differs"),
        (BOOK_RIGHT, "differs"),
        (PAPER_RIGHT, "differs"),
        (MATCHED, "matched"),
    ]
    command.upgrade(config, "head")
    assert differences("transactions", old.owner) == []

    command.downgrade(config, before(config))
    settled = rows(old, "SELECT id, outcome, reason FROM passbook_checks WHERE state = 'settled'")
    assert settled == [(BOOK_RIGHT, "book_right", "so it was")]
