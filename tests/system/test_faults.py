"""Parts die in the middle of work: what was acknowledged is there, once, and everything goes on by itself."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import requests

from demo.client import Person, Refused
from demo.town import PASSWORD, Branch, Town, eventually, new_id, savings_of
from launcher.watching import family_of
from tests.support.invariants import EVERYWHERE, LEDGER, UNDER_WAY, broken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.installation import Installation

SERVICES = ("identity", "accounts", "transactions", "notifications")
DEPOSITS = 40
TAKA = 10
AWAY = 503
BACK_SECONDS = 60


@dataclass
class Counter:
    """Accountants who take deposits, and try again with the same id until they are answered."""

    branch: Branch
    member: str
    account: str
    clerks: list[Person]
    answered: set[str] = field(default_factory=set)

    def take(self, number: int) -> None:
        entry = new_id()
        clerk = self.clerks[number % len(self.clerks)]
        give_up = time.monotonic() + BACK_SECONDS
        while time.monotonic() < give_up:
            try:
                clerk.put(f"/deposits/{entry}", self.body())
            except (requests.ConnectionError, requests.Timeout):
                time.sleep(0.2)
            except Refused as refusal:
                if refusal.status != AWAY:
                    raise
            else:
                self.answered.add(entry)
                return
        pytest.fail("a deposit was not answered in time")

    def body(self) -> dict[str, object]:
        return {"account_id": self.account, "amount": f"{TAKA}.00", "paid_by": "self", "note": None}


@pytest.fixture
def counter(town: Town) -> Counter:
    branch = town.open_branch()
    member = branch.admit(branch.open_samity())
    branch.count_vault("opening")
    account = savings_of(branch.manager, member)["account_id"]
    clerks = [
        Person.arrive(town.base_url, new_id()).sign_in_staff(branch.usernames["accountant"], PASSWORD)
        for _ in range(4)
    ]
    return Counter(branch, member, account, clerks)


@pytest.mark.parametrize("part", [*SERVICES, "transactions.batch", "gateway", "broker", "database"])
def test_a_killed_part_loses_and_doubles_nothing(mikrof: Installation, counter: Counter, part: str) -> None:
    killer = threading.Timer(0.5, os.kill, (mikrof.process_of(part), signal.SIGKILL))
    killer.start()

    with ThreadPoolExecutor(len(counter.clerks)) as pool:
        list(pool.map(counter.take, range(DEPOSITS)))
    killer.join()

    book = eventually(lambda: passbook(counter), BACK_SECONDS)
    assert book == f"{DEPOSITS * TAKA}.00"
    assert len(counter.answered) == DEPOSITS
    eventually(lambda: ready(mikrof), BACK_SECONDS)
    assert broken(mikrof.database("transactions"), LEDGER) == {}


def passbook(counter: Counter) -> str | None:
    try:
        page = counter.branch.manager.get(f"/members/{counter.member}/passbook")
    except (Refused, requests.RequestException):
        return None
    return str(page["accounts"][0]["balance"])


def ready(mikrof: Installation) -> bool:
    try:
        return requests.get(f"{mikrof.base_url}/readyz", timeout=5).status_code == requests.codes.ok
    except requests.RequestException:
        return False


@pytest.mark.parametrize("part", ["identity", "broker", "database"])
def test_a_part_that_is_away_gives_503_and_comes_back(mikrof: Installation, town: Town, part: str) -> None:
    with holding_still(mikrof.process_of(part)):
        answer = eventually(lambda: refused_as_away(town), BACK_SECONDS)

    assert int(answer["Retry-After"]) > 0
    assert answer["Content-Type"].startswith("application/problem+json")
    assert eventually(lambda: town.administrator.get("/offices")["items"], BACK_SECONDS)


@contextmanager
def holding_still(process: int) -> Iterator[None]:
    """Stop a process and its children in the middle of whatever they do, and let them go on afterwards."""
    family = family_of(process)
    for member in family:
        os.kill(member, signal.SIGSTOP)
    try:
        yield
    finally:
        for member in family:
            os.kill(member, signal.SIGCONT)


def refused_as_away(town: Town) -> dict[str, str] | None:
    """The headers of a refusal because a part is away; a response itself is false when it is an error."""
    answer = town.administrator.web.get(f"{town.base_url}/api/v1/offices", timeout=30)
    return dict(answer.headers) if answer.status_code == AWAY else None


def test_all_events_are_told_and_none_is_parked(mikrof: Installation) -> None:
    for service in SERVICES:
        database = mikrof.database(service)
        eventually(lambda database=database: not broken(database, UNDER_WAY), BACK_SECONDS)
        assert broken(database, EVERYWHERE) == {}
