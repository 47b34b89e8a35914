"""What is called up is what was built: the rows, the clock, the objects; and it is called up nowhere else."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from chassis.testing import ServiceHarness, harness_of
from contracts.transactions.ledger import OPEN_ACCOUNT
from tests.support.branch import Branch, found_branches
from tests.support.dumping import asking, dump_of
from tests.support.memory import Memory
from tests.support.purse import area_manager, open_account, pass_days
from tests.support.services import fresh_database
from transactions.service import TransactionsService

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from launcher.database import DatabaseUrls
    from tests.support.parts import PostgresServer

    Begin = Callable[[], AbstractContextManager["Test"]]

DECEMBER = date(2026, 12, 1)


@dataclass
class Test:
    """What one test has."""

    __test__ = False

    urls: DatabaseUrls
    harness: ServiceHarness[TransactionsService]
    memory: Memory
    branches: tuple[Branch, Branch]
    built: list[str] = field(default_factory=list)


@pytest.fixture
def begin(
    postgres_server: PostgresServer, keys_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Begin:
    monkeypatch.setenv("MIKROF_SEALS", str(tmp_path))

    @contextmanager
    def begun() -> Iterator[Test]:
        with (
            fresh_database(postgres_server, "transactions") as urls,
            harness_of(TransactionsService, urls.runtime, keys=keys_folder) as harness,
            Memory.of(harness, postgres_server.address_of(urls)) as memory,
        ):
            yield Test(urls, harness, memory, memory.build(found_branches, harness))

    return begun


def counted() -> tuple[Callable[[Branch, str], list[Branch]], list[str]]:
    """A function to build with, which no other test has, and for whom it was called."""
    calls: list[str] = []

    def build(here: Branch, name: str) -> list[Branch]:
        calls.append(name)
        here.open_samity("Jhumka", active=False)
        here.admit(name, "Jhumka")
        here.open_savings(name)
        here.open_day()
        here.deposit(name, "100.00")
        here.harness.others.answers[OPEN_ACCOUNT] = dict
        here.harness.others.asked.append((OPEN_ACCOUNT, {"name": name}, here.manager))
        return [here]

    return build, calls


def test_what_is_called_up_is_what_was_built(postgres_server: PostgresServer, begin: Begin) -> None:
    (build, calls), seen = counted(), []
    for _ in range(3):
        with begin() as test:
            here, there = test.branches
            made = test.memory.build(build, here, "Rahima")
            seen.append(
                (
                    dump_of(postgres_server, test.urls),
                    test.harness.watch.now(),
                    test.harness.rings,
                    dict(test.harness.others.answers),
                    list(test.harness.others.asked),
                    dict(here.versions),
                    dict(there.versions),
                )
            )
            assert made == [here]
            assert made[0] is here
            assert here.harness is test.harness
            assert here.balance_of("Rahima") == "100.00"
            here.deposit("Rahima", "1.00")
            here.open_samity("Jhumka")
            made.clear()
    assert len(calls) == 1
    assert seen[0] == seen[1] == seen[2]


def test_of_other_things_something_else_is_built(begin: Begin) -> None:
    build, calls = counted()
    for name in ("Rahima", "Salma", "Rahima", "Salma"):
        with begin() as test:
            here, _ = test.branches
            test.memory.build(build, here, name)
            assert here.balance_of(name) == "100.00"
    assert len(calls) == 2


def test_where_something_was_written_it_is_built_there(postgres_server: PostgresServer, begin: Begin) -> None:
    build, calls = counted()
    for times, deed in enumerate((None, "samity", "row", "clock", None), start=1):
        with begin() as test:
            here, there = test.branches
            if deed == "samity":
                there.open_samity("Padma")
            if deed == "row":
                with asking(postgres_server, test.urls) as asked:
                    asked.execute("DELETE FROM class_rules")
            if deed == "clock":
                test.harness.watch.advance(timedelta(seconds=7))
            test.memory.build(build, here, "Rahima")
            with test.harness.process.database.transaction() as session:
                samities = session.execute(sa.text("SELECT count(*) FROM samities")).scalar()
                rules = session.execute(sa.text("SELECT count(*) FROM class_rules")).scalar()
            assert samities == 1 + (deed == "samity")
            assert (rules == 0) is (deed == "row")
            assert here.balance_of("Rahima") == "100.00"
        assert len(calls) == min(times, 4)


def test_one_memory_follows_upon_another(begin: Begin) -> None:
    build, calls = counted()
    more: list[str] = []

    def open_more(here: Branch, account: str) -> str:
        more.append(account)
        here.post_staff(area_manager(here), "Area manager")
        return open_account(here, account, "voluntary_savings")

    accounts = set()
    for _ in range(2):
        with begin() as test:
            here, _ = test.branches
            test.memory.build(build, here, "Rahima")
            accounts.add(test.memory.build(open_more, here, "Rahima"))
            passbook = here.passbook("Rahima")
            assert {one["account_id"] for one in passbook["accounts"]} >= accounts
    assert (len(calls), len(more), len(accounts)) == (1, 1, 1)


def test_months_that_were_lived_have_room_in_the_books(postgres_server: PostgresServer, begin: Begin) -> None:
    calls = []

    def live(here: Branch) -> Branch:
        calls.append(here.code)
        here.open_samity("Jhumka", active=False)
        here.admit("Rahima", "Jhumka")
        here.open_savings("Rahima")
        here.open_day()
        pass_days(here, DECEMBER)
        return here

    dumps = []
    for _ in range(2):
        with begin() as test:
            here = test.memory.build(live, test.branches[0])
            dumps.append(dump_of(postgres_server, test.urls))
            here.deposit("Rahima", "100.00")
            assert here.day()["on"] == DECEMBER.isoformat()
    assert len(calls) == 1
    assert dumps[0] == dumps[1]
