"""A run of interest through the front door: killed in the middle, it credits everybody once."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bench import interest
from demo.town import Town, eventually, new_id
from tests.support.invariants import LEDGER, broken
from transactions.domain.days import first_of_month

if TYPE_CHECKING:
    from datetime import date

    from bench.installation import Installation
    from demo.town import Branch

pytestmark = pytest.mark.rule("M15")
ACCOUNTS = 20_000
"""Ten chunks of one branch."""
BACK_SECONDS = 180
"""A step that a dead process had taken is taken again after a minute."""

BOOKED = """
SELECT postings.account_id::text, array_agg(entries.kind ORDER BY postings.sequence),
       array_agg(postings.amount ORDER BY postings.sequence),
       array_agg(postings.value_on ORDER BY postings.sequence)
  FROM postings
  JOIN entries ON entries.id = postings.entry_id
  JOIN accounts ON accounts.id = postings.account_id
 WHERE accounts.code LIKE 'SAVED.%'
 GROUP BY postings.account_id
"""


@pytest.fixture
def office(apart: Installation) -> tuple[Branch, str]:
    """A branch with many savers of whom accounts knows nothing, under one whose accountant may see it."""
    branch = Town.found(apart.base_url, apart.places.founding).open_branch()
    with apart.database("transactions").cursor() as books:
        books.execute("SELECT path FROM offices WHERE id = %s", (branch.id,))
        (place,) = books.fetchone() or ("",)
        interest.make(apart, ACCOUNTS, 1, branch.on, place)
        books.execute(
            "SELECT id::text FROM offices WHERE starts_with(path, %s) AND path <> %s", (place, place)
        )
        (office_id,) = books.fetchone() or ("",)
    return branch, office_id


@pytest.mark.usefixtures("mikrof")
def test_a_killed_run_goes_on_and_credits_everybody_once(
    apart: Installation, office: tuple[Branch, str]
) -> None:
    branch, office_id = office
    month = first_of_month(branch.on, -1)
    provision = run(branch, office_id, "provision", month)
    wait_for(branch, provision["id"], "finished")
    asked = run(branch, office_id, "posting", month)
    eventually(lambda: read(branch, asked["id"])["looked_at"] > 0, BACK_SECONDS)
    os.kill(apart.process_of("transactions.batch"), signal.SIGKILL)
    assert 0 < read(branch, asked["id"])["looked_at"] < ACCOUNTS

    done = wait_for(branch, asked["id"], "finished")

    assert (done["accounts"], done["looked_at"], done["moved"]) == (ACCOUNTS, ACCOUNTS, ACCOUNTS)
    with apart.database("transactions").cursor() as books:
        books.execute(BOOKED)
        found = books.fetchall()
    assert len(found) == ACCOUNTS
    through = first_of_month(month, 1) - timedelta(days=1)
    wrong = [row for row in found if row[1:] != in_order(row, through)]
    assert wrong == []
    assert broken(apart.database("transactions"), LEDGER) == {}


def in_order(row: tuple[Any, ...], through: date) -> tuple[Any, ...]:
    """What must stand on an account: what was paid in, and once what that earned by days at 6 %."""
    months = interest.MONTHS
    amounts, days = row[2][:months], row[3][:months]
    product = sum(amount * ((through - on).days + 1) * 600 for amount, on in zip(amounts, days, strict=True))
    earned = (2 * product + 3_650_000) // (2 * 3_650_000)
    return ["collection"] * months + ["interest"], [*amounts, earned], [*days, through]


def run(branch: Branch, office_id: str, kind: str, month: date) -> dict[str, Any]:
    body = {"office_id": office_id, "kind": kind, "month": month.isoformat()}
    return branch.accountant.put(f"/interest-runs/{new_id()}", body)


def read(branch: Branch, run_id: str) -> dict[str, Any]:
    return branch.manager.get(f"/interest-runs/{run_id}")


def wait_for(branch: Branch, run_id: str, state: str) -> dict[str, Any]:
    until = time.monotonic() + BACK_SECONDS
    while (found := read(branch, run_id))["state"] != state:
        assert time.monotonic() < until, found
        time.sleep(0.2)
    return found
