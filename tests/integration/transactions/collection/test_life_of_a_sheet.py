"""Any series of submissions, repetitions, devices, returns and counts: nothing lost, nothing doubled."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from chassis.testing import harness_of
from contracts.errors import ServiceError
from contracts.transactions.collection import RETURN_ROWS
from tests.support.field import Branch, Phone, Saver, again, emptied, outcomes
from tests.support.parts import PostgresServer
from tests.support.services import fresh_database
from transactions.service import TransactionsService
from transactions.verify import faults_in

SAVERS = 2
savers = st.integers(0, SAVERS - 1)
amounts = st.integers(1, 500)


@pytest.fixture(scope="module")
def branch(postgres_server: PostgresServer, keys_folder: Path) -> Iterator[Branch]:
    """One branch for all series; each has a samity of its own in it."""
    with (
        fresh_database(postgres_server, "transactions") as urls,
        harness_of(TransactionsService, urls.runtime, keys=keys_folder) as harness,
    ):
        branch = Branch(harness)
        branch.open_day()
        yield branch
        assert faults_in(harness.process) == ()


@dataclass
class Said:
    """The reference: what the sheet should hold for one row."""

    row: dict[str, Any]
    returned: bool = False

    @property
    def taka(self) -> int:
        return int(self.row["amount"].split(".")[0]) if self.row["amount"] else 0


serials = count(1)


class Life(RuleBasedStateMachine):
    """A sheet, two phones, and a reference model of what was said."""

    branch: ClassVar[Branch]
    posted_lives: ClassVar[list[int]] = []

    def __init__(self) -> None:
        super().__init__()
        self.samity = self.branch.open_samity(code=f"{next(serials):04d}")
        self.savers: list[Saver] = [self.branch.admit(self.samity, number) for number in range(SAVERS)]
        self.sheet = self.branch.sheet_of(self.samity)
        self.phones = [self.branch.phone(), self.branch.phone()]
        self.holder: Phone = self.phones[0]
        self.holder.hold(self.sheet)
        self.said: dict[str, Said] = {}
        self.answered: list[tuple[Phone, dict[str, Any], dict[str, Any]]] = []
        self.complete = False
        self.handover: str | None = None
        self.posted = False

    @initialize(whole=st.booleans(), taka=amounts)
    def begin(self, whole: bool, taka: int) -> None:
        """Half of all lives begin in the afternoon, with a complete sheet."""
        if whole:
            self.send(self.holder, self.holder.paid(self.savers[0], taka))
            self.end_the_meeting()

    # What a phone does

    @rule(saver=savers, taka=amounts, second=st.booleans(), holds=st.integers(0, 4))
    def pay(self, saver: int, taka: int, second: bool, holds: int) -> None:
        phone = self.someone(holds)
        row = phone.paid(self.savers[saver], taka, second_payment=second)
        self.send(phone, row)

    @rule(saver=savers)
    def pay_nothing(self, saver: int) -> None:
        self.send(self.holder, self.holder.nothing(self.savers[saver]))

    @precondition(lambda self: not self.complete)
    @rule()
    def end_the_meeting(self) -> None:
        """The rest: nothing received. Rule M10."""
        touched = {said.row["account_id"] for said in self.said.values()}
        for saver in self.savers:
            if saver.account_id not in touched:
                self.send(self.holder, self.holder.nothing(saver))

    @precondition(lambda self: self.said)
    @rule(data=st.data(), taka=amounts, why=st.sampled_from([None, "wrote it wrong"]))
    def write_again(self, data: st.DataObject, taka: int, why: str | None) -> None:
        row = self.some_row(data)
        receipt = row["receipt_number"] or self.holder.paid(self.savers[0], 1)["receipt_number"]
        money = {"amount": f"{taka}.00", "nothing_received": None, "receipt_number": receipt}
        self.send(self.holder, again(row, change_reason=why, **money))

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        self.send(self.holder, emptied(self.some_row(data), "she took it back"))

    @precondition(lambda self: self.answered)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """A lost reply: the very same submission gets the very same answer."""
        phone, submission, answer = data.draw(st.sampled_from(self.answered))
        assert phone.ask_submission(submission) == answer

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def send_rows_again(self, data: st.DataObject) -> None:
        """The same row in another submission is a repetition, whoever sends it."""
        row = self.some_row(data)
        answer = data.draw(st.sampled_from(self.phones)).submit(self.sheet, [row])
        assert outcomes(answer) == [("repeated", None)]

    @precondition(lambda self: not self.posted)
    @rule()
    def take_over(self) -> None:
        self.holder = next(phone for phone in self.phones if phone is not self.holder)
        self.holder.hold(self.sheet, take_over=True, reason="the other one is empty")

    # What the branch does

    @precondition(lambda self: self.complete and self.said)
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        row = self.some_row(data)
        asked = {
            "sheet_id": self.sheet,
            "rows": [{"row_id": row["row_id"], "reason": "look again"}],
        }
        if self.refused(lambda: self.branch.ask(RETURN_ROWS, asked, self.branch.accountant)):
            assert self.posted
        else:
            self.said[row["row_id"]].returned = True

    @precondition(lambda self: self.handover is None)
    @rule()
    def hand_over(self) -> None:
        ready = self.complete and not self.waits_for_answers
        if self.refused(self.declare):
            assert not ready
        else:
            assert ready

    @precondition(lambda self: self.handover is not None and not self.posted)
    @rule(difference=st.integers(-5, 5))
    def count_and_authorise(self, difference: int) -> None:
        self.post(difference)

    @precondition(lambda self: self.complete and not (self.waits_for_answers or self.handover))
    @rule()
    def bring_to_the_book(self) -> None:
        self.declare()
        self.post(0)

    # What must be so at any time

    @invariant()
    def nothing_is_lost_and_nothing_doubled(self) -> None:
        shown = self.branch.sheet(self.sheet)
        assert shown["total"] == f"{self.total}.00"
        rows = {row["row_id"]: row for member in shown["rows"] for row in member["rows"]}
        assert {key: row["version"] for key, row in rows.items()} == {
            key: said.row["version"] for key, said in self.said.items()
        }

    @invariant()
    def her_account_says_what_she_paid(self) -> None:
        for member in self.branch.sheet(self.sheet)["rows"]:
            account = member["accounts"][0]
            taka = sum(s.taka for s in self.said.values() if s.row["member_id"] == member["member_id"])
            paid, nothing = f"{taka}.00", "0.00"
            expected = (paid, nothing) if self.posted else (nothing, paid)
            assert (account["balance"], account["pending"]) == expected

    # How the reference decides

    def send(self, phone: Phone, row: dict[str, Any]) -> None:
        expected = self.verdict(phone, row)
        submission = phone.submission(self.sheet, [row])
        answer = phone.ask_submission(submission)
        self.answered.append((phone, submission, answer))
        assert outcomes(answer) == [expected]
        if expected[0] == "pending":
            self.said[row["row_id"]] = Said(row)
            touched = {said.row["account_id"] for said in self.said.values()}
            self.complete = self.complete or len(touched) == SAVERS

    def verdict(self, phone: Phone, row: dict[str, Any]) -> tuple[str, str | None]:
        known = self.said.get(row["row_id"])
        if self.posted:
            return "compare", "SHEET_CLOSED"
        if phone is not self.holder:
            return "compare", "NOT_THE_HOLDER"
        if known and self.complete and not known.returned:
            return "conflict", "ROW_NOT_RETURNED"
        lowered = known and known.taka > int((row["amount"] or "0").split(".")[0])
        if lowered and not row["change_reason"]:
            return "refused", "CHANGE_REASON_MISSING"
        if not row["second_payment"] and self.has_regular_row(row):
            return "refused", "SECOND_PAYMENT_NOT_SAID"
        return "pending", None

    def has_regular_row(self, row: dict[str, Any]) -> bool:
        return any(
            said.row["account_id"] == row["account_id"] and not said.row["second_payment"]
            for key, said in self.said.items()
            if key != row["row_id"]
        )

    def post(self, difference: int) -> None:
        """Count so much more or less than expected, and post by it."""
        handover = str(self.handover)
        count_id = self.branch.count(handover, max(self.total + difference, 0))
        if self.refused(lambda: self.branch.authorise(handover, count_id)):
            assert self.waits_for_answers
        else:
            self.posted = True
            self.posted_lives.append(self.total)

    @property
    def total(self) -> int:
        return sum(said.taka for said in self.said.values())

    @property
    def waits_for_answers(self) -> bool:
        return any(said.returned for said in self.said.values())

    def someone(self, holds: int) -> Phone:
        """Mostly the holder, sometimes the other phone."""
        others = [phone for phone in self.phones if phone is not self.holder]
        return self.holder if holds else others[0]

    def some_row(self, data: st.DataObject) -> dict[str, Any]:
        return self.said[data.draw(st.sampled_from(sorted(self.said)))].row

    def declare(self) -> None:
        self.handover = self.holder.hand_over([self.sheet], self.total)["id"]

    def refused(self, deed: Any) -> bool:
        try:
            deed()
        except ServiceError:
            return True
        return False


@pytest.mark.rule("M1")
@pytest.mark.rule("M4")
@pytest.mark.rule("M5")
@pytest.mark.rule("M6")
def test_nothing_is_lost_and_nothing_doubled(branch: Branch) -> None:
    life = type("Life", (Life,), {"branch": branch})

    run_state_machine_as_test(
        life,
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert Life.posted_lives, "no series ever reached the book, so nothing was proved about it"
