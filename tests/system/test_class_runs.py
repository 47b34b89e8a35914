"""A month-end run over loans on the real parts: asked for over HTTP, carried out though it is killed."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bench import ageing
from demo.client import Refused
from demo.town import eventually, new_id, today

if TYPE_CHECKING:
    from bench.installation import Installation
    from demo.town import Town

LOANS = 20_000
CLASSES = ("regular", "watchful", "sub_standard", "doubtful", "bad")
A_MINUTE_AND_A_HALF = 90
"""A step that was taken by a killed process is free for another after a minute."""


@pytest.mark.rule("M15")
def test_a_branch_is_run_for_a_month_once_and_tells_how_far_it_is(town: Town) -> None:
    branch = town.open_branch()
    last_month = (today().replace(day=1) - timedelta(days=1)).isoformat()
    run_id = new_id()
    said = {"office_id": branch.id, "month": last_month}

    asked = branch.accountant.put(f"/class-runs/{run_id}", said)
    done = eventually(lambda: finished(branch.accountant.get(f"/class-runs/{run_id}")))

    assert (asked["month"], asked["value_on"]) == (last_month[:8] + "01", last_month)
    assert (done["done"], done["total"], done["provision_needed"]) == (0, 0, "0.00")
    assert branch.accountant.put(f"/class-runs/{run_id}", said)["state"] == "finished"
    with pytest.raises(Refused) as refusal:
        branch.accountant.put(f"/class-runs/{new_id()}", said)
    assert (refusal.value.status, refusal.value.code) == (409, "CLASS_RUN_ASKED")
    told = branch.manager.get(f"/offices/{branch.id}/loan-classes?month={last_month}")
    assert (told["branches"], told["items"]) == (1, [])
    assert branch.manager.get(f"/offices/{branch.id}/overdue-loans")["items"] == []


def finished(run: dict[str, Any]) -> dict[str, Any] | None:
    return run if run["state"] == "finished" else None


@pytest.mark.rule("P7")
def test_other_classes_are_put_in_force_by_two_administrators(town: Town) -> None:
    effective_on = (today() + timedelta(days=400)).isoformat()
    said = {
        "effective_on": effective_on,
        "classes": [
            {"loan_class": word, "from_days": days, "provision_bps": bps}
            for word, days, bps in zip(
                CLASSES, (0, 1, 16, 91, 181), (200, 1250, 2500, 7500, 10_000), strict=True
            )
        ],
        "provision_months": [3, 6, 9, 12],
        "reason": "circular 12",
    }
    rules_id = new_id()

    town.administrator.put(f"/class-rules/{rules_id}", said)
    with pytest.raises(Refused) as refusal:
        town.administrator.post(f"/approvals/transactions/{rules_id}/decision", {"approve": True})
    town.second.post(f"/approvals/transactions/{rules_id}/decision", {"approve": True})

    assert refusal.value.code == "MAKER_IS_CHECKER"
    newest = town.administrator.get("/class-rules")["rules"][0]
    assert (newest["id"], newest["effective_on"]) == (rules_id, effective_on)


@pytest.mark.rule("M15")
@pytest.mark.usefixtures("mikrof")
def test_runs_whose_process_is_killed_come_to_their_end_and_write_nothing_twice(apart: Installation) -> None:
    """The batch process dies in the middle of twenty thousand loans; the next one goes on where it was."""
    ledger = apart.database("transactions")
    month_end = today().replace(day=1) - timedelta(days=1)
    branches = -(-LOANS // ageing.EACH)
    ageing.make(ledger, LOANS, branches, today(), month_end)
    killed = apart.process_of(ageing.BATCH)

    ageing.ask(apart, branches, month_end)
    eventually(lambda: ageing.counted(ledger) > 0)
    os.kill(killed, signal.SIGKILL)
    before = ageing.counted(ledger)
    eventually(lambda: runs(ledger) == branches, seconds=A_MINUTE_AND_A_HALF)

    assert 0 < before < LOANS
    assert apart.process_of(ageing.BATCH) != killed
    assert (ageing.counted(ledger), totalled(ledger)) == (LOANS, LOANS)
    assert entries_twice(ledger) == []


OF_THE_BENCH = "JOIN offices ON offices.id = office_id AND starts_with(offices.path, '/AGED/')"


def runs(ledger: Any) -> int:
    (found,) = ask(
        ledger, f"SELECT count(*) FROM class_runs {OF_THE_BENCH} WHERE state = 'finished' AND done > 0"
    )
    return int(found[0])


def totalled(ledger: Any) -> int:
    (found,) = ask(ledger, f"SELECT sum(loans) FROM class_totals {OF_THE_BENCH}")
    return int(found[0])


def entries_twice(ledger: Any) -> list[Any]:
    return ask(
        ledger,
        "SELECT office_id, kind, account_id, postings.value_on FROM entries"
        " JOIN postings ON entry_id = entries.id WHERE kind IN ('loan_loss', 'charge_advance')"
        " GROUP BY office_id, kind, account_id, postings.value_on HAVING count(*) > 1",
    )


def ask(ledger: Any, question: str) -> list[Any]:
    with ledger.cursor() as books:
        books.execute(question)
        return list(books.fetchall())
