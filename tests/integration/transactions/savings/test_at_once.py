"""Many people at once: a withdrawal is paid once, the same money is promised once, an account closed once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from contracts.errors import ServiceError
from contracts.transactions.savings import CANCEL_WITHDRAWAL, PAY_WITHDRAWAL, WITHDRAWAL_PAID
from tests.support.purse import ask_for, close, decide, open_account
from tests.support.purse import deposit as bring

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("M9")
AT_ONCE = 6


def outcomes(*deeds: Callable[[], object]) -> list[str]:
    """Do things at once, and say how each ended."""

    def done(deed: Callable[[], object]) -> str:
        try:
            deed()
        except ServiceError as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(done, deeds))


def test_is_paid_once_whoever_pays(branch: Branch, account_id: str) -> None:
    asked = ask_for(branch, account_id, "400.00")
    decide(branch, branch.manager, asked["approval_id"])
    evidence = {"mark": "thumb", "witness_id": branch.officer.person_id}
    payers = [branch.person("accountant", f"Payer {number}") for number in range(AT_ONCE)]

    ended = outcomes(
        *(
            lambda payer=payer: branch.ask(PAY_WITHDRAWAL, payer, id=asked["id"], evidence=evidence)
            for payer in payers
        )
    )

    assert ended == ["done"] * AT_ONCE
    assert len(branch.harness.told(WITHDRAWAL_PAID)) == 1
    assert branch.trial_balance()["1110"] == ("600.00", "0.00")


def test_the_same_money_is_promised_once(branch: Branch, account_id: str) -> None:
    """900 may be taken: of six times 400, two are agreed to."""
    wishes = [ask_for(branch, account_id, "400.00") for _ in range(AT_ONCE)]
    managers = [branch.person("branch_manager", f"Manager {number}") for number in range(AT_ONCE)]

    ended = outcomes(
        *(
            lambda wish=wish, manager=manager: decide(branch, manager, wish["approval_id"])
            for wish, manager in zip(wishes, managers, strict=True)
        )
    )

    assert ended.count("done") == 2
    assert set(ended) <= {"done", "OVER_WITHDRAWABLE", "INSUFFICIENT_FUNDS"}


def test_is_either_paid_or_cancelled(branch: Branch, account_id: str) -> None:
    asked = ask_for(branch, account_id, "400.00")
    decide(branch, branch.manager, asked["approval_id"])
    evidence = {"mark": "thumb", "witness_id": branch.officer.person_id}

    ended = outcomes(
        lambda: branch.ask(PAY_WITHDRAWAL, branch.accountant, id=asked["id"], evidence=evidence),
        lambda: branch.ask(CANCEL_WITHDRAWAL, branch.officer, id=asked["id"], reason="not any more"),
    )

    assert ended == ["WITHDRAWAL_NOT_OPEN", "done"]


@pytest.mark.rule("M11")
def test_an_account_is_closed_once_while_money_comes_in(branch: Branch) -> None:
    """Whoever is first: the account ends at nothing, or the closing finds that it moved."""
    account = open_account(branch, "Salma", "voluntary_savings")
    bring(branch, account, "300.00")
    first, second = close(branch, account), close(branch, account)

    ended = outcomes(
        lambda: decide(branch, branch.person("branch_manager", "One"), first["id"]),
        lambda: decide(branch, branch.person("branch_manager", "Two"), second["id"]),
        lambda: bring(branch, account, "100.00"),
    )

    book = {each["account_id"]: each for each in branch.passbook("Salma")["accounts"]}[account]
    if book["closed"]:
        assert (book["balance"], ended) == ("0.00", ["ACCOUNT_CLOSED", "ACCOUNT_CLOSED", "done"])
    else:
        assert (book["balance"], ended) == ("400.00", ["ACCOUNT_MOVED", "ACCOUNT_MOVED", "done"])
