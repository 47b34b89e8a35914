"""Who moved nothing for months is found once a month, and wakes with her next movement (domain §2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from contracts.transactions.ledger import LIST_APPROVALS
from contracts.transactions.mobile_money import IMPORT_STATEMENT
from contracts.transactions.savings import MEMBER_DORMANT, MEMBER_WOKE, PROPOSE_CORRECTION
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.memory import remembered
from tests.support.purse import (
    area_manager,
    ask_for,
    batch_of,
    decide,
    deposit,
    open_account,
    pass_days,
    pay,
    rest_until,
    withdraw,
)
from transactions.operations import dormancy

if TYPE_CHECKING:
    from tests.support.branch import Branch

JANUARY = date(2027, 1, 2)


def dormant(branch: Branch) -> dict[str, date]:
    """Return who was told to be dormant, and since when."""
    return {event["member_id"]: event["since_on"] for event in branch.harness.told(MEMBER_DORMANT)}


@remembered
def quiet(branch: Branch) -> Branch:
    """Everybody counts as dormant after one month; only Salma moves in December."""
    for name in ("Rahima", "Salma"):
        account = open_account(branch, name, "voluntary_savings", dormant_after_months=1)
        deposit(branch, account, "500.00")
    rest_until(branch, date(2026, 12, 10))
    withdraw(branch, id_of("voluntary_savings of Salma"), "100.00")
    rest_until(branch, JANUARY)
    return branch


def test_finds_who_moved_nothing_for_as_long_as_her_terms_say(quiet: Branch) -> None:
    batch_of(quiet).look_for_dormant()

    assert dormant(quiet) == {id_of("Rahima"): MONDAY}


def test_a_year_is_the_rule_where_the_terms_are_silent(branch: Branch) -> None:
    deposit(branch, id_of("savings of Fatema"), "10.00")
    with branch.harness.service().books() as books:
        early = books.dormancy.mark([id_of("Fatema")], date(2027, 11, 22))
        in_time = books.dormancy.mark([id_of("Fatema")], date(2027, 11, 23))

    assert (early, [found.since_on for found in in_time]) == ((), [MONDAY])


def test_what_others_book_is_no_movement_of_hers(branch: Branch) -> None:
    """Money that was put right onto her account came by no deed of hers."""
    wrong = str(deposit(branch, id_of("savings of Salma"), "10.00")["entry_id"])
    pass_days(branch, date(2026, 11, 24))
    request = {"reason": "wrong page", "evidence": "both books", "to_account_id": id_of("savings of Fatema")}
    request_id = new_id()
    branch.ask(
        PROPOSE_CORRECTION, branch.accountant, id=request_id, **{"from": {"entry_id": wrong}}, **request
    )
    branch.approve(request_id)

    with branch.harness.service().books() as books:
        found = books.dormancy.mark([id_of("Fatema")], date(2027, 11, 23))

    assert [member.since_on for member in found] == [MONDAY]


def test_looks_once_a_month_and_tells_once(quiet: Branch) -> None:
    batch_of(quiet).look_for_dormant()
    batch_of(quiet).look_for_dormant()

    assert len(quiet.harness.told(MEMBER_DORMANT)) == 1


def _look_and_die(branch: Branch) -> None:
    with branch.harness.service().books() as books:
        dormancy.look_for_dormant(books, branch.id, limit=1)
        raise RuntimeError("killed")


def test_goes_on_where_it_was_after_a_crash(quiet: Branch) -> None:
    """A chunk a transaction: what was looked at stays, what was not comes next, nobody is told twice."""
    service = quiet.harness.service
    with service().books() as books:
        assert dormancy.look_for_dormant(books, quiet.id, limit=1)
    with pytest.raises(RuntimeError, match="killed"):
        _look_and_die(quiet)

    more = True
    while more:
        with service().books() as books:
            more = dormancy.look_for_dormant(books, quiet.id, limit=1)

    told = [event["member_id"] for event in quiet.harness.told(MEMBER_DORMANT)]
    assert told == [id_of("Rahima")]


@pytest.mark.rule("M9")
class TestADormantMember:
    @pytest.fixture
    def account_id(self, quiet: Branch) -> str:
        batch_of(quiet).look_for_dormant()
        return id_of("voluntary_savings of Rahima")

    def test_takes_money_only_with_manager_and_area(self, quiet: Branch, account_id: str) -> None:
        asked = ask_for(quiet, account_id, "100.00")

        assert (asked["caution"], asked["state"]) == (["dormant"], "requested")

    def test_wakes_with_a_deposit_to_any_of_her_accounts(self, quiet: Branch, account_id: str) -> None:
        deposit(quiet, id_of("savings of Rahima"), "10.00")

        (woke,) = quiet.harness.told(MEMBER_WOKE)
        assert (woke["member_id"], woke["on"]) == (id_of("Rahima"), JANUARY)
        assert ask_for(quiet, account_id, "100.00")["caution"] == []

    def test_is_told_to_have_woken_once(self, quiet: Branch, account_id: str) -> None:
        for _ in range(2):
            deposit(quiet, account_id, "10.00")

        assert len(quiet.harness.told(MEMBER_WOKE)) == 1

    def test_wakes_with_a_withdrawal(self, quiet: Branch, account_id: str) -> None:
        asked = ask_for(quiet, account_id, "100.00")
        decide(quiet, quiet.manager, asked["approval_id"])
        (second,) = (
            item
            for item in quiet.ask(LIST_APPROVALS, area_manager(quiet))["items"]
            if item["kind"] == "withdrawal_area"
        )
        decide(quiet, area_manager(quiet), second["id"])
        pay(quiet, asked["id"])

        assert len(quiet.harness.told(MEMBER_WOKE)) == 1


@pytest.mark.rule("M14")
def test_what_she_sends_by_telephone_is_a_movement_of_hers(branch: Branch) -> None:
    deposit(branch, id_of("savings of Salma"), "10.00")
    tuesday = date(2026, 11, 24)
    pass_days(branch, tuesday)
    line = {"provider_id": "T1", "paid_on": tuesday.isoformat(), "amount": "500.00"}
    line["reference"] = branch.passbook("Salma")["accounts"][0]["code"]
    said = {"id": new_id(), "office_id": branch.id, "provider": "bkash", "file_name": "24-11.csv"}
    assert branch.ask(IMPORT_STATEMENT, branch.accountant, **said, lines=[line])["posted"] == 1

    with branch.harness.service().books() as books:
        early = books.dormancy.mark([id_of("Salma")], date(2027, 11, 23))
        in_time = books.dormancy.mark([id_of("Salma")], date(2027, 11, 24))

    assert (early, [found.since_on for found in in_time]) == ((), [tuesday])
