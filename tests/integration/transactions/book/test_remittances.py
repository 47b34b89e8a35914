"""Money between offices: two legs through in transit, each on its own office's day (rule L6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import Forbidden, IdConflict, InvalidPayload, MakerIsChecker, NotFound
from contracts.transactions.book_errors import (
    NotItsOffice,
    RemittanceMisfit,
    RemittanceNotFound,
    RemittanceNotSent,
    RemittanceTaken,
    RemittanceToItself,
)
from contracts.transactions.books import READ_ENTRY
from contracts.transactions.chart_errors import BankAccountUnknown, LedgerControlled, LedgerUnknown
from contracts.transactions.ledger import DECIDE_APPROVAL, GET_DAY, LIST_APPROVALS
from contracts.transactions.remittances import LIST_OTHER_OFFICES, LIST_REMITTANCES, SEND_MONEY, TAKE_MONEY
from contracts.transactions.reports import READ_REPORT
from tests.support.bookkeeping import add_bank, administrator, book, fund
from tests.support.branch import id_of, new_id
from tests.support.memory import remembered
from tests.support.recomputed_reports import leads, table
from transactions.verify import faults_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("L6")


@remembered
def pair(quiet: Branch, branches: tuple[Branch, Branch]) -> tuple[Branch, Branch]:
    """A branch with ten thousand taka, and another one with none."""
    fund(quiet)
    branches[1].open_day()
    return quiet, branches[1]


def send(here: Branch, there: Branch, amount: str = "4000.00", **more: Any) -> str:
    said = {
        "id": new_id(),
        "from_office_id": here.id,
        "to_office_id": there.id,
        "held_in": "vault",
        "amount": amount,
        "narration": "funds for loans",
        "reference": "memo 12",
        **more,
    }
    return str(here.ask(SEND_MONEY, here.accountant, **said)["id"])


def sent(here: Branch, there: Branch, amount: str = "4000.00", **more: Any) -> str:
    remittance = send(here, there, amount, **more)
    here.approve(remittance)
    return remittance


def take(there: Branch, remittance: str, **more: Any) -> str:
    said = {
        "id": new_id(),
        "remittance_id": remittance,
        "office_id": there.id,
        "held_in": "vault",
        "reference": "memo 12, received",
        **more,
    }
    return str(there.ask(TAKE_MONEY, there.accountant, **said)["id"])


def listed(branch: Branch, *, in_transit: bool = True) -> list[dict[str, Any]]:
    asked = {"office_id": branch.id, "in_transit": in_transit}
    return list(branch.ask(LIST_REMITTANCES, branch.manager, **asked)["items"])


class TestMoneyThatIsSent:
    def test_is_on_its_way_until_the_other_office_takes_it_in(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        remittance = sent(here, there)
        assert here.trial_balance()["1410"] == ("4000.00", "0.00")
        assert "1410" not in there.trial_balance()
        (waiting,) = listed(there)
        assert (waiting["id"], waiting["state"], waiting["days"]) == (remittance, "in_transit", 0)

        there.approve(take(there, remittance))

        assert (here.trial_balance()["1110"], there.trial_balance()["1110"]) == (
            ("6000.00", "0.00"),
            ("4000.00", "0.00"),
        )
        assert here.trial_balance()["1410"] == ("4000.00", "0.00")
        assert there.trial_balance()["1410"] == ("0.00", "4000.00")
        assert (listed(here), listed(there)) == ([], [])
        (known,) = listed(here, in_transit=False)
        assert (known["state"], known["taken_on"]) == ("received", "2026-11-23")
        assert faults_in(here.harness.process) == ()

    def test_goes_from_bank_to_bank(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        mine, theirs = add_bank(here), add_bank(there, "0099-1")
        book(here, "contra", ("1130", "debit", "500.00", mine), ("1110", "credit", "500.00"))
        with pytest.raises(BankAccountUnknown):
            send(here, there, held_in="bank", bank_account_id=theirs)
        remittance = sent(here, there, "100.50", held_in="bank", bank_account_id=mine)

        there.approve(take(there, remittance, held_in="bank", bank_account_id=theirs))

        assert there.trial_balance()["1130"] == ("100.50", "0.00")

    def test_comes_back_where_it_never_arrived(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        remittance = sent(here, there)
        here.approve(take(here, remittance))

        assert here.trial_balance()["1110"] == ("10000.00", "0.00")
        (known,) = listed(there, in_transit=False)
        assert known["state"] == "returned"
        with pytest.raises(RemittanceTaken):
            take(there, remittance)

    def test_is_taken_in_once(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        remittance = sent(here, there)
        taking = take(there, remittance)
        with pytest.raises(RemittanceTaken):
            take(there, remittance)
        there.approve(taking)
        with pytest.raises(RemittanceTaken):
            take(here, remittance)

    def test_is_taken_in_after_it_was_sent(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        remittance = send(here, there)
        with pytest.raises(RemittanceNotSent):
            take(there, remittance)
        here.decline(remittance)
        (known,) = listed(here, in_transit=False)
        assert known["state"] == "declined"
        with pytest.raises(RemittanceNotSent):
            take(there, remittance)

    @pytest.mark.rule("M8")
    def test_needs_two_people_on_each_side(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        remittance = send(here, there)
        (waiting,) = here.ask(LIST_APPROVALS, here.manager)["items"]
        assert (waiting["kind"], waiting["subject_en"]) == ("remittance", "Office B001 → Office B002")
        assert there.ask(LIST_APPROVALS, there.manager)["items"] == []
        maker = here.person("branch_manager", "accountant")
        with pytest.raises(MakerIsChecker):
            here.ask(DECIDE_APPROVAL, maker, id=remittance, approve=True)

    def test_is_for_the_two_offices_only(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        remittance = sent(here, there)
        accountant = replace(here.accountant, office_id=id_of("A01"), office_path="/HO/A01/")
        elsewhere = {"id": new_id(), "remittance_id": remittance, "office_id": id_of("A01")}
        with pytest.raises(NotItsOffice):
            here.ask(TAKE_MONEY, accountant, **elsewhere, held_in="vault", reference="memo 12")
        with pytest.raises(NotFound):
            take(there, remittance, office_id=here.id)
        with pytest.raises(RemittanceNotFound):
            take(there, new_id())
        with pytest.raises(RemittanceToItself):
            send(here, here)

    @pytest.mark.rule("M11")
    def test_is_whole_taka_in_cash(self, pair: tuple[Branch, Branch]) -> None:
        with pytest.raises(InvalidPayload):
            send(*pair, "0.50")

    def test_is_one_request_under_one_id(self, pair: tuple[Branch, Branch]) -> None:
        remittance = new_id()
        assert send(*pair, id=remittance) == send(*pair, id=remittance)
        with pytest.raises(IdConflict):
            send(*pair, "4001.00", id=remittance)

    def test_is_called_overdue_after_three_days(self, pair: tuple[Branch, Branch]) -> None:
        sent(*pair)
        pair[0].harness.watch.advance(timedelta(days=3))
        assert [one["overdue"] for one in listed(pair[0])] == [False]
        pair[0].harness.watch.advance(timedelta(days=1))
        assert [(one["days"], one["overdue"]) for one in listed(pair[1])] == [(4, True)]

    def test_that_nobody_takes_in_is_warned_of_wherever_the_day_is_read(
        self, pair: tuple[Branch, Branch]
    ) -> None:
        here, there = pair
        remittance = sent(here, there)
        here.harness.watch.advance(timedelta(days=3))
        assert (here.day()["warnings"], there.day()["warnings"]) == ([], [])
        here.harness.watch.advance(timedelta(days=1))

        warning = {
            "code": "LONG_ON_ITS_WAY",
            "facts": {"count": 1, "amount": "4000.00", "since": "2026-11-23"},
        }
        head = here.ask(GET_DAY, administrator(here), office_id=id_of("HO"))
        assert [day["warnings"] for day in (here.day(), there.day(), head)] == [[warning]] * 3
        there.approve(take(there, remittance))
        assert there.day()["warnings"] == []

    def test_holds_both_days_open_while_it_waits(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        remittance = send(here, there)
        assert "VOUCHER_NOT_DECIDED" in [one["code"] for one in here.day()["checklist"]]
        here.approve(remittance)
        take(there, remittance)
        assert "VOUCHER_NOT_DECIDED" in [one["code"] for one in there.day()["checklist"]]


class TestACharge:
    """One office paid a bill of another: no money moves, and both books say so."""

    def test_takes_a_cost_from_one_office_to_the_other(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        book(here, "payment", ("5430", "debit", "800.00"), ("1110", "credit", "800.00"))
        charge = sent(here, there, "350.25", held_in="ledger", ledger="5430")
        (waiting,) = listed(there)
        assert (waiting["held_in"], waiting["ledger"]) == ("ledger", "5430")

        there.approve(take(there, charge, held_in="ledger", ledger="5440"))

        assert here.trial_balance()["5430"] == ("449.75", "0.00")
        assert there.trial_balance()["5440"] == ("350.25", "0.00")
        assert (here.trial_balance()["1110"], "1110" in there.trial_balance()) == (("9200.00", "0.00"), False)
        assert (here.trial_balance()["1410"], there.trial_balance()["1410"]) == (
            ("350.25", "0.00"),
            ("0.00", "350.25"),
        )
        assert faults_in(here.harness.process) == ()

    def test_comes_back_where_the_other_office_does_not_bear_it(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        charge = sent(here, there, "350.25", held_in="ledger", ledger="5430")
        here.approve(take(here, charge, held_in="ledger", ledger="5430"))
        assert here.trial_balance()["5430"] == ("0.00", "0.00")
        assert [one["state"] for one in listed(there, in_transit=False)] == ["returned"]

    def test_never_becomes_money_nor_money_a_charge(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        charge, money = sent(here, there, held_in="ledger", ledger="5430"), sent(here, there)
        with pytest.raises(RemittanceMisfit):
            take(there, charge)
        with pytest.raises(RemittanceMisfit):
            take(there, money, held_in="ledger", ledger="5430")

    @pytest.mark.parametrize("ledger", ["1110", "1130", "1120", "1410", "2110", "1310"])
    def test_touches_no_ledger_that_others_answer_for(self, pair: tuple[Branch, Branch], ledger: str) -> None:
        with pytest.raises(LedgerControlled):
            send(*pair, held_in="ledger", ledger=ledger)

    def test_names_its_ledger_and_money_names_none(self, pair: tuple[Branch, Branch]) -> None:
        with pytest.raises(InvalidPayload):
            send(*pair, held_in="ledger")
        with pytest.raises(InvalidPayload):
            send(*pair, ledger="5430")
        with pytest.raises(LedgerUnknown):
            send(*pair, held_in="ledger", ledger="5999")

    @pytest.mark.rule("M8")
    def test_shows_its_checker_both_sides(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        bank = add_bank(here)
        send(here, there, "350.25", held_in="ledger", ledger="5430")
        send(here, there, held_in="bank", bank_account_id=bank)
        waiting = {
            one["facts"]["amount"]: one["facts"] for one in here.ask(LIST_APPROVALS, here.manager)["items"]
        }
        charge, money = waiting["350.25"], waiting["4000.00"]
        assert charge["debited_en"] == ["1410 Branches in transit 350.25"]
        assert charge["credited_en"] == ["5430 Printing and stationery 350.25"]
        assert money["credited_en"] == ["1130 Cash at bank (Sonali Bank, Natore 0042-1177) 4000.00"]


def registered(branch: Branch, **asked: str) -> list[dict[str, Any]]:
    said = {"report": "remittances", "office_id": branch.id, **asked}
    return table(branch.ask(READ_REPORT, branch.accountant, **said))


def test_the_register_tells_what_was_on_its_way_in_a_period(pair: tuple[Branch, Branch]) -> None:
    here, there = pair
    money = sent(here, there)
    sent(here, there, "350.25", held_in="ledger", ledger="5430")
    there.approve(take(there, money))

    shown = ("from_office", "to_office", "held_in", "amount", "remittance_state", "taken_on")
    expected = {
        ("Office B001", "Office B002", "vault", "4000.00", "received", "2026-11-23"),
        ("Office B001", "Office B002", "ledger", "350.25", "in_transit", None),
    }
    for branch in pair:
        rows = registered(branch, from_on="2026-11-23", to_on="2026-11-23")
        assert {tuple(row[key] for key in shown) for row in rows} == expected
    (late,) = registered(there, from_on="2026-11-24", to_on="2026-11-30")
    assert (late["amount"], late["days_on_the_way"]) == ("350.25", 7)
    assert registered(there, from_on="2026-11-20", to_on="2026-11-22") == []


def test_the_register_leads_each_office_to_the_entry_in_its_own_book(pair: tuple[Branch, Branch]) -> None:
    here, there = pair
    money = sent(here, there)
    asked = {"report": "remittances", "from_on": "2026-11-23", "to_on": "2026-11-23"}
    assert leads(there.ask(READ_REPORT, there.accountant, office_id=there.id, **asked)) == [
        {"entry_id": None}
    ]
    taken = take(there, money)
    there.approve(taken)

    for branch, entry in ((here, money), (there, taken)):
        (lead,) = leads(branch.ask(READ_REPORT, branch.accountant, office_id=branch.id, **asked))
        assert lead["entry_id"] == entry
        assert branch.ask(READ_ENTRY, branch.accountant, entry_id=entry)["office_id"] == branch.id


def test_money_that_is_on_its_way_in_one_list_only_is_noticed(
    pair: tuple[Branch, Branch], tamper: Callable[[str], None]
) -> None:
    here, there = pair
    remittance = sent(here, there)
    tamper(f"UPDATE remittances SET amount = amount - 100 WHERE id = '{remittance}'")

    assert {fault.code for fault in faults_in(here.harness.process)} == {
        "IN_TRANSIT_IS_NOT_THE_REMITTANCES",
        "REMITTANCE_IS_NOT_ITS_ENTRIES",
    }


class TestToWhomAnOfficeMaySend:
    def test_it_reads_code_and_name_of_the_others_and_nothing_else(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        page = here.ask(LIST_OTHER_OFFICES, here.accountant, office_id=here.id)

        assert [one["code"] for one in page["items"]] == ["A01", "B002", "HO"]
        assert page["items"][1] == {
            "id": there.id,
            "code": "B002",
            "name_bn": "B002 শাখা",
            "name_en": "Office B002",
        }
        assert page["next"] is None
        later = here.ask(LIST_OTHER_OFFICES, here.accountant, office_id=here.id, after="B002")
        assert [one["code"] for one in later["items"]] == ["HO"]

    def test_only_who_may_send_and_only_for_the_own_office(self, pair: tuple[Branch, Branch]) -> None:
        here, there = pair
        with pytest.raises(NotFound):
            here.ask(LIST_OTHER_OFFICES, here.accountant, office_id=there.id)
        with pytest.raises(Forbidden):
            here.ask(LIST_OTHER_OFFICES, here.officer, office_id=here.id)

    def test_a_long_list_comes_in_pages(
        self, pair: tuple[Branch, Branch], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        here, _ = pair
        monkeypatch.setattr("transactions.queries.remittances.OFFICES", 2)
        first = here.ask(LIST_OTHER_OFFICES, here.accountant, office_id=here.id)
        second = here.ask(LIST_OTHER_OFFICES, here.accountant, office_id=here.id, after=first["next"])

        assert [one["code"] for one in first["items"] + second["items"]] == ["A01", "B002", "HO"]
        assert second["next"] is None
