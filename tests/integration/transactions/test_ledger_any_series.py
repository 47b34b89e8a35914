"""Any series of a branch's deeds leaves books that say what a small reference says, and nothing disagrees.

Every series is lived by a branch of its own in one database. `MIKROF_TEST_SERIES` says how many there are:
500 in CI, always the same; a few at a desk; 2,000 in a nightly run, other ones each time.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

import psycopg2
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from contracts.errors import ServiceError
from contracts.transactions.collection import RETURN_ROWS
from contracts.transactions.ledger import PROPOSE_REVERSAL, TRIAL_BALANCE
from contracts.transactions.ledger_errors import DayNotReady, InsufficientFunds
from contracts.transactions.ledger_words import ReversalKind
from contracts.transactions.lending import POST_REPAYMENT
from contracts.transactions.savings import (
    CANCEL_WITHDRAWAL,
    PAY_WITHDRAWAL,
    PROPOSE_CORRECTION,
    PROPOSE_WITHDRAWAL,
)
from contracts.transactions.savings_errors import WithdrawalLapsed
from tests.support import invariants
from tests.support.field import new_id
from tests.support.series import SAVERS, Desk, Loan, Promise, Row, Said, Sheet, books_of
from transactions.verify import faults_in

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from chassis.testing import ServiceHarness
    from launcher.database import DatabaseUrls
    from transactions.service import TransactionsService

IN_CI, AT_A_DESK, STEPS = 500, 40, 50
SERIES = int(os.environ.get("MIKROF_TEST_SERIES") or (IN_CI if os.environ.get("CI") else AT_A_DESK))
DEEDS_OF_A_DAY = 8
"""Before the day may end: a day of two deeds would prove little and cost much."""
OPEN_SHEETS = 2
LAPSE = 3
"""For how many days an agreement waits for its payment (rule M9)."""
DEEDS = {"deposit", "withdraw", "carry", "disburse", "repay", "fee"}
DEEDS |= {"reverse", "correct", "return", "authorise", "close"}

people = st.integers(0, SAVERS - 1)
amounts = st.integers(1, 2_000)
fees = st.sampled_from(["form_fee", "passbook_fee", "additional_fee", "risk_premium"])
serials = count(1)


class Series(RuleBasedStateMachine):
    """The service beside the reference."""

    harness: ClassVar[ServiceHarness[TransactionsService]]
    book: ClassVar[connection]
    lived: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(self.harness, next(serials))
        self.branch, self.members = self.desk.branch, self.desk.members
        self.vault = self.fees = self.deeds = 0
        self.rows: list[Row] = []
        self.sheets: list[Sheet] = []
        self.promises: list[Promise] = []

    # At the counter

    @rule(who=people, taka=amounts)
    def deposit(self, who: int, taka: int) -> None:
        entry_id = new_id()
        self.desk.deposit(who, taka, entry_id)
        self.members[who].held += taka
        self.vault += taka
        self.did("deposit", Row(entry_id, entry_id, who, taka, self.desk.on))

    @precondition(lambda self: self.at_the_counter)
    @rule(data=st.data(), differently=st.booleans())
    def repeat(self, data: st.DataObject, differently: bool) -> None:
        """The same request is answered again, another under its id is refused; neither is booked."""
        row = data.draw(st.sampled_from(self.at_the_counter))
        asked = (row.whose, row.taka + differently, row.entry_id)
        assert self.refused(self.desk.deposit, *asked) is differently

    @rule(who=people, taka=amounts, in_field=st.booleans())
    def ask_for_money(self, who: int, taka: int, in_field: bool) -> None:
        member, wish = self.members[who], {"id": new_id(), "amount": f"{taka}.00", "in_field": in_field}
        wish["account_id"] = member.saver.account_id
        try:
            asked = self.desk.ask(PROPOSE_WITHDRAWAL, self.branch.officer, **wish)
        except ServiceError:
            assert taka > member.free
            return
        assert taka <= member.free
        self.branch.decide(asked["approval_id"])
        member.promised += taka
        self.promises.append(Promise(str(wish["id"]), who, taka, self.desk.on, in_field))

    @precondition(lambda self: self.promises)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        promised = data.draw(st.sampled_from(self.promises))
        wish, who, taka = promised.id, promised.whose, promised.taka
        self.harness.watch.advance(timedelta(seconds=1))
        evidence = {"mark": "thumb", "witness_id": self.branch.officer.person_id}
        try:
            self.desk.ask(PAY_WITHDRAWAL, self.branch.accountant, id=wish, evidence=evidence)
        except (InsufficientFunds, WithdrawalLapsed) as refusal:
            self.lapsed_or(refusal, short=self.vault < taka)
            self.desk.ask(CANCEL_WITHDRAWAL, self.branch.officer, id=wish, reason="she changed her mind")
        else:
            self.members[who].held -= taka
            self.vault -= taka
            self.did("withdraw")
        self.members[who].promised -= taka
        self.promises.remove(promised)

    @rule(who=people, taka=st.integers(5, 30), instalments=st.integers(2, 6))
    def disburse(self, who: int, taka: int, instalments: int) -> None:
        member, taka = self.members[who], taka * 100
        if member.loan and member.loan.paid < member.loan.whole:
            return
        try:
            member.loan = self.desk.disburse(who, taka, instalments)
        except InsufficientFunds:
            assert self.vault < taka
            return
        self.vault -= taka
        assert self.vault >= 0
        self.did("disburse")

    @precondition(lambda self: any(member.owes for member in self.members))
    @rule(data=st.data(), taka=amounts)
    def repay(self, data: st.DataObject, taka: int) -> None:
        who = data.draw(st.sampled_from([at for at, member in enumerate(self.members) if member.owes]))
        member, entry_id = self.members[who], new_id()
        taka, loan = min(taka, member.owes), self.loan_of(who)
        asked = {"entry_id": entry_id, "loan_id": loan.id, "amount": f"{taka}.00", "paid_by": "self"}
        self.harness.watch.advance(timedelta(seconds=1))
        self.desk.ask(POST_REPAYMENT, self.branch.accountant, **asked)
        loan.paid += taka
        self.vault += taka
        self.did("repay", Row(entry_id, entry_id, who, taka, self.desk.on, loan))

    # What was wrong

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), kind=st.sampled_from(ReversalKind), right=people)
    def reverse(self, data: st.DataObject, kind: ReversalKind, right: int) -> None:
        """On the same day, once; what is spent is not taken back (rule M12)."""
        row = data.draw(st.sampled_from(self.rows))
        moved = kind is ReversalKind.WRONG_ACCOUNT
        asked = {"id": new_id(), "entry_id": row.entry_id, "row_id": row.row_id, "kind": kind.value}
        asked |= {"to_account_id": self.members[right].saver.account_id} if moved else {}
        of_savings = row.loan is None and row.fee is None
        to_itself = moved and right == row.whose and of_savings
        if self.refused(self.proposing, PROPOSE_REVERSAL, asked):
            assert row.undone or row.on != self.desk.on or to_itself
            return
        assert not (row.undone)
        assert row.on == self.desk.on
        assert not to_itself
        short = of_savings and self.members[row.whose].free < row.taka
        empty = kind is ReversalKind.MONEY_RETURNED and self.vault < row.taka
        if self.refused(self.branch.decide, asked["id"]):
            assert short or empty
            self.branch.decide(asked["id"], approve=False, reason="not so")
            return
        assert not short
        assert not empty
        self.take_back(row)
        if moved:
            self.members[right].held += row.taka
        if kind is ReversalKind.MONEY_RETURNED:
            self.vault -= row.taka
        self.did("reverse")

    def take_back(self, row: Row) -> None:
        row.undone = True
        if row.fee:
            self.fees -= row.taka
            return
        if row.loan is None:
            self.members[row.whose].held -= row.taka
            return
        later = self.rows[self.rows.index(row) + 1 :]
        row.loan.in_order &= not any(one.loan is row.loan and not one.undone for one in later)
        row.loan.paid -= row.taka

    @precondition(lambda self: self.at_the_counter)
    @rule(data=st.data(), right=people)
    def correct(self, data: st.DataObject, right: int) -> None:
        """Of an earlier day: what the wrong account cannot give is owed by staff, never taken (rule M13)."""
        row = data.draw(st.sampled_from(self.at_the_counter))
        asked = {"id": new_id(), "from": {"entry_id": row.entry_id}}
        asked["to_account_id"] = self.members[right].saver.account_id
        allowed = not row.undone and row.on < self.desk.on and right != row.whose
        if self.refused(self.proposing, PROPOSE_CORRECTION, asked):
            assert not allowed
            return
        assert allowed
        self.branch.decide(asked["id"], self.desk.area)
        self.members[row.whose].held -= min(row.taka, self.members[row.whose].free)
        self.members[right].held += row.taka
        row.undone = True
        self.did("correct")

    def proposing(self, method: Any, asked: dict[str, Any]) -> None:
        said = {"reason": "the wrong page", "evidence": "her thumb"}
        self.desk.ask(method, self.branch.accountant, **asked, **said)

    # In the field

    @precondition(lambda self: len(self.sheets) < OPEN_SHEETS)
    @rule(data=st.data())
    def collect(self, data: st.DataObject) -> None:
        """A sheet with savings of some, instalments, fees, and withdrawals that were agreed to: pending."""
        said = [one for who in data.draw(st.sets(people, min_size=1)) for one in self.received(data, who)]
        said += self.carried(data)
        try:
            sheet = self.desk.collect(said)
        except InsufficientFunds:
            assert self.vault < sum(one.promise.taka for one in said if one.promise)
            return
        self.sheets.append(sheet)
        self.vault -= sheet.float_taka
        assert self.vault >= 0
        for one in said:
            if one.promise:
                self.promises.remove(one.promise)
            self.add_pending(one, one.taka)

    def received(self, data: st.DataObject, who: int) -> list[Said]:
        """What one of them brings to the meeting."""
        said = [Said(who, data.draw(amounts))]
        if self.members[who].owes:
            taka = min(data.draw(amounts), self.members[who].owes)
            said.append(Said(who, taka, loan=self.loan_of(who)))
        if data.draw(st.booleans()):
            said.append(Said(who, data.draw(amounts), fee=data.draw(fees)))
        return said

    def carried(self, data: st.DataObject) -> list[Said]:
        """What the officer takes along of all that may be paid in the field: to her, or back (rule M9)."""
        payable = [one for one in self.promises if one.in_field and (self.desk.on - one.on).days <= LAPSE]
        taken = [one for one in payable if data.draw(st.booleans())]
        return [Said(one.whose, one.taka * data.draw(st.integers(0, 1)), promise=one) for one in taken]

    @precondition(lambda self: self.sheets)
    @rule(data=st.data(), taka=amounts)
    def give_back(self, data: st.DataObject, taka: int) -> None:
        """A row is returned, or was and comes again with another amount (rule M6)."""
        sheet = data.draw(st.sampled_from(self.sheets))
        row_id = data.draw(st.sampled_from(list(sheet.rows)))
        said = sheet.rows[row_id]
        if row_id not in sheet.returned:
            asked = [{"row_id": row_id, "reason": "look again"}]
            self.desk.ask(RETURN_ROWS, self.branch.manager, sheet_id=sheet.id, rows=asked)
            sheet.returned.add(row_id)
            self.did("return")
            return
        if said.promise:
            taka = 0 if said.taka else said.promise.taka
        elif said.loan:
            taka = min(taka, self.members[said.whose].owes + said.taka)
        self.desk.send_again(sheet, said, taka)
        sheet.returned.remove(row_id)
        self.add_pending(said, taka - said.taka)
        said.taka = taka

    @precondition(lambda self: self.sheets)
    @rule(data=st.data())
    def authorise(self, data: st.DataObject) -> None:
        """Its cash is counted and all of its rows are in the book, or none while one is given back."""
        sheet = data.draw(st.sampled_from(self.sheets))
        try:
            entry_ids = self.desk.authorise(sheet)
        except ServiceError:
            assert sheet.returned
            return
        assert not sheet.returned
        self.sheets.remove(sheet)
        self.vault += sheet.taka
        for row_id, said in sheet.rows.items():
            self.add_pending(said, -said.taka)
            if said.promise:
                self.pay(said, said.promise)
            else:
                self.enter(said, row_id, entry_ids[row_id])

    def enter(self, said: Said, row_id: str, entry_id: str) -> None:
        """What was received is hers, her loan's, or the house's."""
        if said.loan:
            said.loan.paid += said.taka
        elif said.fee:
            self.fees += said.taka
        else:
            self.members[said.whose].held += said.taka
        row = Row(entry_id, row_id, said.whose, said.taka, self.desk.on, said.loan, said.fee)
        self.did("fee" if said.fee else "authorise", row)

    def pay(self, said: Said, promise: Promise) -> None:
        """What she was paid is hers no longer; what she was not is promised still."""
        if not said.taka:
            self.promises.append(promise)
            return
        self.members[said.whose].held -= said.taka
        self.members[said.whose].promised -= said.taka
        self.did("carry")

    @precondition(lambda self: self.deeds >= DEEDS_OF_A_DAY)
    @rule()
    def close(self) -> None:
        """A day ends when every sheet of it is in the book."""
        if self.sheets:
            with pytest.raises(DayNotReady) as refusal:
                self.desk.ask_to_close()
            missing = [item["code"] for item in refusal.value.facts["items"]]
            assert missing.count("SHEET_NOT_AUTHORISED") == len(self.sheets)
            return
        self.desk.close_day(self.vault)
        self.deeds = 0
        self.did("close")

    # What must be so at any moment

    @invariant()
    def the_book_says_what_the_reference_says(self) -> None:
        stands = books_of(self.book, self.branch.office_id)
        assert (stands.vault, stands.fees) == (self.vault * 100, self.fees * 100)
        for member in self.members:
            held = tuple(100 * taka for taka in (member.held, member.pending, member.promised))
            assert stands.accounts[member.saver.account_id] == held
            if member.loan is None:
                continue
            outstanding, pending, _ = stands.accounts[member.loan.id]
            charge = stands.charges.get(member.loan.id, 0)
            paid = member.loan.agreed.principal - outstanding
            assert (paid + charge, pending) == (member.loan.paid * 100, member.loan_pending * 100)
            if member.loan.in_order:
                assert (paid, charge) == member.loan.agreed.told_apart(member.loan.paid * 100)

    def teardown(self) -> None:
        asked = {"office_id": self.branch.office_id}
        answer = self.desk.ask(TRIAL_BALANCE, self.branch.manager, **asked)
        assert answer["debit_total"] == answer["credit_total"]

    # What the reference remembers

    @property
    def at_the_counter(self) -> list[Row]:
        return [row for row in self.rows if row.entry_id == row.row_id and row.loan is None]

    def loan_of(self, who: int) -> Loan:
        loan = self.members[who].loan
        assert loan is not None
        return loan

    def add_pending(self, said: Said, taka: int) -> None:
        """A fee is on its way into no account of hers; what is paid to her is held long since."""
        if said.loan:
            self.members[said.whose].loan_pending += taka
        elif not said.fee and not said.promise:
            self.members[said.whose].pending += taka

    def did(self, deed: str, row: Row | None = None) -> None:
        self.lived[deed] += 1
        self.deeds += 1
        if row:
            self.rows.append(row)

    def lapsed_or(self, refusal: ServiceError, *, short: bool) -> None:
        assert short or not isinstance(refusal, InsufficientFunds)

    def refused(self, deed: Any, *said: Any, **more: Any) -> bool:
        try:
            deed(*said, **more)
        except ServiceError:
            return True
        return False


def test_any_series_of_deeds_keeps_the_books_sound(
    database: DatabaseUrls, harness: ServiceHarness[TransactionsService]
) -> None:
    book = psycopg2.connect(database.owner.replace("+psycopg2", ""))
    book.autocommit = True
    try:
        run_state_machine_as_test(
            type("Series", (Series,), {"harness": harness, "book": book}),
            settings=settings(
                max_examples=SERIES,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                derandomize=SERIES == IN_CI,
                suppress_health_check=list(HealthCheck),
            ),
        )
        assert invariants.broken(book, invariants.LEDGER | invariants.EVERYWHERE) == {}
    finally:
        book.close()
    assert faults_in(harness.process) == ()
    assert SERIES < IN_CI or Series.lived.keys() == DEEDS, "a deed that was never done proves nothing"
