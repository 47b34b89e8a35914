"""Days of a branch in the field: its vault counted, its day closed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from contracts.transactions.ledger import CLOSE_DAY, CONFIRM_VAULT_COUNT, GET_DAY, RECORD_VAULT_COUNT
from tests.support.field import new_id, notes
from transactions.batch.duties import TransactionsBatch

if TYPE_CHECKING:
    from tests.support.field import Branch


def count_vault(branch: Branch, taka: int, moment: str) -> None:
    branch.harness.watch.advance(timedelta(seconds=1))
    count_id = new_id()
    asked = {"id": count_id, "office_id": branch.office_id, "on": day_of(branch)["on"], "moment": moment}
    branch.ask(RECORD_VAULT_COUNT, {**asked, "denominations": notes(taka)}, branch.accountant)
    branch.ask(CONFIRM_VAULT_COUNT, {"id": count_id}, branch.manager)


def day_of(branch: Branch) -> dict[str, Any]:
    return branch.ask(GET_DAY, {"office_id": branch.office_id}, branch.manager)


def close(branch: Branch, taka: int = 0) -> str:
    """Count the vault and close the open day to its end; answers the day that is open then."""
    for moment in ("opening", "closing"):
        count_vault(branch, taka, moment)
    on = day_of(branch)["on"]
    branch.ask(CLOSE_DAY, {"office_id": branch.office_id, "on": on}, branch.manager)
    branch.harness.take_steps("close_day", by=TransactionsBatch)
    return str(day_of(branch)["on"])
