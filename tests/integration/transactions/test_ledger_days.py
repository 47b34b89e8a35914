"""Branch days: opened once, closed only when nothing is missing, numbered, totalled, sealed and chained."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from contracts.errors import MakerIsChecker, NotFound, ServiceError
from contracts.transactions.ledger import (
    CLOSE_DAY,
    CONFIRM_VAULT_COUNT,
    DAY_CLOSED,
    LIST_DAYS,
    LIST_ENTRIES,
    OPEN_DAY,
    RECORD_VAULT_COUNT,
    TRIAL_BALANCE,
)
from contracts.transactions.ledger_errors import (
    CountedAlready,
    DayAlreadyOpen,
    DayIsClosing,
    DayNotOpen,
    DayNotReady,
    DayNotWorking,
    PartitionMissing,
    VaultMoved,
)
from tests.support.branch import MONDAY, Branch, id_of, new_id
from tests.support.memory import remembered
from transactions.batch.duties import TransactionsBatch
from transactions.models.days import holidays
from transactions.operations import closing

if TYPE_CHECKING:
    from chassis.testing import ServiceHarness
    from transactions.service import TransactionsService


@remembered
def quiet(branches: tuple[Branch, Branch]) -> Branch:
    """A branch without samities: its day is not held up by sheets. One member of the other one saves here."""
    here = branches[0]
    here.open_samity("Dormant", active=False)
    here.admit("Rahima", "Dormant")
    here.open_savings("Rahima")
    here.open_day()
    return here


def codes_missing(branch: Branch) -> list[str]:
    return [item["code"] for item in branch.day()["checklist"]]


class TestOpenDay:
    def test_opens_the_first_day(self, branches: tuple[Branch, Branch]) -> None:
        answer = branches[0].open_day()

        assert (answer["on"], answer["status"]) == ("2026-11-23", "open")

    def test_changes_nothing_when_asked_again(self, quiet: Branch) -> None:
        assert quiet.open_day()["on"] == "2026-11-23"

    def test_refuses_a_second_day_by_hand(self, quiet: Branch) -> None:
        with pytest.raises(DayAlreadyOpen):
            quiet.open_day(date(2026, 11, 24))

    def test_refuses_a_friday(self, branches: tuple[Branch, Branch]) -> None:
        with pytest.raises(DayNotWorking):
            branches[0].open_day(date(2026, 11, 27))

    def test_needs_room_in_the_books(self, branches: tuple[Branch, Branch]) -> None:
        with pytest.raises(PartitionMissing):
            branches[0].open_day(date(2046, 11, 21))

    def test_is_for_the_own_branch(self, branches: tuple[Branch, Branch]) -> None:
        here, there = branches

        with pytest.raises(NotFound):
            here.ask(OPEN_DAY, there.manager, office_id=here.id, on=MONDAY.isoformat())


class TestVaultCounts:
    @pytest.mark.rule("M7")
    def test_take_two_people(self, quiet: Branch) -> None:
        answer = _count(quiet, {"100": 1})
        chief = quiet.person("branch_manager", "accountant")  # acting: the same person in another role

        with pytest.raises(MakerIsChecker):
            quiet.ask(CONFIRM_VAULT_COUNT, chief, id=answer["id"])

    @pytest.mark.rule("M7")
    def test_stay_as_they_were_saved(self, quiet: Branch) -> None:
        count_id = quiet.count_vault("opening", {"500": 1})
        deputy = quiet.person("branch_manager", "Deputy")

        with pytest.raises(CountedAlready):
            quiet.ask(CONFIRM_VAULT_COUNT, deputy, id=count_id)
        with pytest.raises(ServiceError, match="ID_CONFLICT"):
            _count(quiet, {"500": 2}, count_id=count_id)
        assert quiet.day()["opening_count"]["total"] == "500.00"

    def test_of_a_repeated_request_are_one(self, quiet: Branch) -> None:
        count_id = new_id()

        assert _count(quiet, {"500": 2}, count_id=count_id) == _count(quiet, {"500": 2}, count_id=count_id)

    def test_book_what_is_short_against_whoever_counted(self, quiet: Branch) -> None:
        quiet.deposit("Rahima", "150.00")

        quiet.count_vault("closing", {"100": 1}, book_difference=True)

        assert quiet.trial_balance() == {
            "1110": ("100.00", "0.00"),
            "1210": ("50.00", "0.00"),
            "2110": ("0.00", "150.00"),
        }
        assert codes_missing(quiet) == []

    def test_book_an_excess_as_nobodys_yet(self, quiet: Branch) -> None:
        quiet.count_vault("closing", {"100": 1}, book_difference=True)

        assert quiet.trial_balance() == {"1110": ("100.00", "0.00"), "2220": ("0.00", "100.00")}

    def test_book_a_difference_once(self, quiet: Branch) -> None:
        first, second = (_count(quiet, {"100": 1})["id"] for _ in range(2))
        confirm = {"book_difference": True}
        quiet.ask(CONFIRM_VAULT_COUNT, quiet.manager, id=first, **confirm)
        quiet.ask(CONFIRM_VAULT_COUNT, quiet.manager, id=first, **confirm)

        with pytest.raises(VaultMoved):
            quiet.ask(CONFIRM_VAULT_COUNT, quiet.manager, id=second, **confirm)
        assert quiet.trial_balance()["1110"] == ("100.00", "0.00")

    def test_book_nothing_unless_it_is_said(self, quiet: Branch) -> None:
        quiet.count_vault("closing", {"100": 1})

        assert codes_missing(quiet) == ["VAULT_DIFFERS"]

    def test_are_of_the_open_day(self, quiet: Branch) -> None:
        with pytest.raises(DayNotOpen):
            _count(quiet, {"500": 2}, on="2026-11-24")


class TestCloseDay:
    @pytest.mark.rule("M7")
    def test_says_everything_that_is_missing(self, quiet: Branch) -> None:
        with pytest.raises(DayNotReady) as refusal:
            quiet.close_day()

        assert [item["code"] for item in refusal.value.facts["items"]] == ["VAULT_NOT_COUNTED_AT_CLOSING"]
        assert codes_missing(quiet) == ["VAULT_NOT_COUNTED_AT_CLOSING"]

    @pytest.mark.rule("M7")
    def test_needs_the_vault_to_agree_with_the_book(self, quiet: Branch) -> None:
        quiet.deposit("Rahima", "150.00")
        quiet.count_vault("closing", {"100": 1})

        assert quiet.day()["checklist"] == [
            {"code": "VAULT_DIFFERS", "facts": {"booked": "150.00", "counted": "100.00"}}
        ]

    @pytest.mark.rule("M12")
    def test_waits_for_corrections(self, quiet: Branch) -> None:
        entry_id = quiet.deposit("Rahima", "150.00")["entry_id"]
        quiet.propose_reversal(entry_id, "money_returned")

        assert "REVERSAL_NOT_DECIDED" in codes_missing(quiet)

    def test_opens_the_next_working_day(self, quiet: Branch) -> None:
        day = _close(quiet)

        assert (day["on"], day["status"]) == ("2026-11-24", "open")
        told = quiet.harness.told(DAY_CLOSED)
        assert [(event["on"], event["next_on"]) for event in told] == [(MONDAY, date(2026, 11, 24))]

    def test_skips_fridays_and_declared_holidays(self, branches: tuple[Branch, Branch]) -> None:
        here = branches[0]
        here.open_day(date(2026, 11, 26))
        with here.harness.process.database.transaction() as session:
            declared = {
                "id": id_of("Eid"),
                "version": 1,
                "office_id": id_of("A01"),
                "on": date(2026, 11, 28),
                "name_bn": "ঈদ",
                "name_en": "Eid",
            }
            session.execute(insert(holidays).values(declared))

        assert _close(here)["on"] == "2026-11-29"

    def test_numbers_vouchers_by_kind_without_gaps(self, quiet: Branch) -> None:
        for taka in (10, 20, 30):
            quiet.deposit("Rahima", f"{taka}.00")
            quiet.harness.watch.advance(timedelta(seconds=1))
        entry_id = quiet.deposit("Rahima", "40.00")["entry_id"]
        quiet.harness.watch.advance(timedelta(seconds=1))
        quiet.approve(quiet.propose_reversal(entry_id, "money_returned"))

        _close(quiet, {"10": 6})

        entries = quiet.ask(LIST_ENTRIES, quiet.manager, office_id=quiet.id, on=MONDAY.isoformat())["items"]
        assert [entry["voucher"] for entry in entries] == [
            "R-2026-27-000001",
            "R-2026-27-000002",
            "R-2026-27-000003",
            "R-2026-27-000004",
            "P-2026-27-000001",
        ]

    def test_keeps_the_totals_that_the_trial_balance_reads(self, quiet: Branch) -> None:
        quiet.deposit("Rahima", "150.00")
        before = quiet.trial_balance()
        _close(quiet, {"100": 1, "50": 1})
        quiet.deposit("Rahima", "25.00")

        closed = quiet.ask(TRIAL_BALANCE, quiet.manager, office_id=quiet.id, on=MONDAY.isoformat())
        assert {row["code"]: (row["debit"], row["credit"]) for row in closed["rows"]} == before
        assert quiet.trial_balance() == {"1110": ("175.00", "0.00"), "2110": ("0.00", "175.00")}

    def test_keeps_a_trial_balance_of_a_day_without_money(self, quiet: Branch) -> None:
        _close(quiet, {})

        asked = {"office_id": quiet.id, "on": MONDAY.isoformat()}
        closed = quiet.ask(TRIAL_BALANCE, quiet.manager, **asked)
        assert (closed["on"], closed["rows"], closed["balanced"]) == (MONDAY.isoformat(), [], True)

    def test_chains_each_seal_to_the_one_before(self, quiet: Branch) -> None:
        quiet.deposit("Rahima", "150.00")
        _close(quiet, {"100": 1, "50": 1})
        _close(quiet, {"100": 1, "50": 1})

        with quiet.harness.service().books() as books:
            (first, _), (second, _) = books.closing.seals_of(quiet.id)
        assert first.previous == bytes(32)
        assert second.previous == first.digest()
        assert (first.leaves, second.leaves) == (2, 0)

    def test_goes_on_after_a_crash_between_any_two_stages(self, quiet: Branch) -> None:
        quiet.deposit("Rahima", "150.00")
        quiet.count_vault("closing", {"100": 1, "50": 1})
        job = quiet.ask(CLOSE_DAY, quiet.manager, office_id=quiet.id, on=MONDAY.isoformat())["job_id"]

        stages = []
        more = True
        while more:
            stages.append(quiet.day()["job"]["stage"])
            with pytest.raises(PowerCut):
                _advance(quiet.harness, job, cut=True)
            more = _advance(quiet.harness, job)

        assert stages == ["asked", "numbered", "totalled", "sealed"]
        assert not _advance(quiet.harness, job)
        assert quiet.day()["on"] == "2026-11-24"
        assert len(quiet.harness.told(DAY_CLOSED)) == 1

    def test_answers_alike_when_asked_twice(self, quiet: Branch) -> None:
        quiet.count_vault("closing", {})
        first, second = (
            quiet.ask(CLOSE_DAY, quiet.manager, office_id=quiet.id, on=MONDAY.isoformat()) for _ in range(2)
        )

        assert first == second
        assert len(quiet.harness.planned("close_day")) == 1

    def test_lets_nobody_post_while_it_runs(self, quiet: Branch) -> None:
        quiet.count_vault("closing", {})
        quiet.ask(CLOSE_DAY, quiet.manager, office_id=quiet.id, on=MONDAY.isoformat())

        with pytest.raises(DayIsClosing):
            quiet.deposit("Rahima", "150.00")

    def test_waits_for_deposits_in_hand_and_shuts_out_later_ones(self, quiet: Branch) -> None:
        quiet.count_vault("closing", {})
        closed = threading.Event()

        def close() -> dict[str, object]:
            answer = quiet.ask(CLOSE_DAY, quiet.manager, office_id=quiet.id, on=MONDAY.isoformat())
            closed.set()
            return answer

        with ThreadPoolExecutor(1) as pool:
            with quiet.harness.service().books() as books:
                books.days.hold_open(quiet.id)
                answer = pool.submit(close)
                assert not closed.wait(0.3)
            assert answer.result(timeout=5)["status"] == "closing"

    def test_lists_days_with_their_seals(self, quiet: Branch) -> None:
        _close(quiet)

        newest, oldest = quiet.ask(LIST_DAYS, quiet.manager, office_id=quiet.id)["items"]

        assert (newest["status"], oldest["status"]) == ("open", "closed")
        assert newest["sealed"] is None
        assert len(oldest["sealed"]["root"]) == 64


class PowerCut(Exception):
    """What a test raises where the lights go out."""


def _count(
    branch: Branch, denominations: dict[str, int], *, count_id: str | None = None, on: str = "2026-11-23"
) -> dict[str, object]:
    return branch.ask(
        RECORD_VAULT_COUNT,
        branch.accountant,
        id=count_id or new_id(),
        office_id=branch.id,
        on=on,
        moment="opening",
        denominations=denominations,
    )


def _close(branch: Branch, denominations: dict[str, int] | None = None) -> dict[str, object]:
    branch.count_vault("closing", denominations or {})
    return branch.close_day()


def _advance(harness: ServiceHarness[TransactionsService], job: str, *, cut: bool = False) -> bool:
    keys = harness.process.keys
    batch = harness.instance_of(TransactionsBatch, harness.process.own_call())
    with batch.books() as books:
        more = closing.advance(books, job, sign=keys.issuer("transactions").key.sign, random_bytes=bytes)
        if cut:
            raise PowerCut
    return more
