"""Double entry: whatever is posted in whatever order, nothing is lost and nothing invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from contracts.money import Paisa
from contracts.transactions.ledger_errors import AccountClosed, AccountUnknown, InsufficientFunds
from transactions.domain.chart import CHART, Ledger, LedgerClass, Ledgers, OfficeAccount
from transactions.domain.ledger import (
    Entry,
    EntryKind,
    Numbered,
    PendingDelta,
    Posting,
    Side,
    Standing,
    balance_of,
    fold,
    merged,
    touched,
)

MONDAY = date(2026, 11, 23)
HERE, ELSEWHERE = "here", "elsewhere"
amounts = st.integers(1, 10**7).map(Paisa)


def standing(account_id: str, grows_on: Side = Side.CREDIT, *, floor: int | None = 0) -> Standing:
    return Standing(id=account_id, office_id=HERE, grows_on=grows_on, floor=floor)


def entry(*postings: Posting, office_id: str = HERE) -> Entry:
    return Entry(
        id="entry",
        office_id=office_id,
        kind=EntryKind.DEPOSIT,
        business_on=MONDAY,
        value_on=MONDAY,
        postings=postings,
        maker_id="maker",
    )


def transfer(amount: int, *, debit: str, credit: str) -> Entry:
    return entry(
        Posting(debit, Side.DEBIT, Paisa(amount)), Posting(credit, Side.CREDIT, Paisa(amount), "row")
    )


class TestEntry:
    @given(st.lists(st.tuples(st.sampled_from(Side), amounts), min_size=2, max_size=9))
    def test_cannot_be_made_unbalanced(self, sides: list[tuple[Side, Paisa]]) -> None:
        assume(sum(amount if side is Side.DEBIT else -amount for side, amount in sides))

        with pytest.raises(ValueError, match="does not balance"):
            entry(*(Posting("account", side, amount) for side, amount in sides))

    def test_has_two_sides(self) -> None:
        with pytest.raises(ValueError, match="two sides"):
            entry()

    @given(st.integers(-(10**9), 0).map(Paisa))
    def test_carries_more_than_nothing(self, amount: Paisa) -> None:
        with pytest.raises(ValueError, match="more than nothing"):
            Posting("account", Side.DEBIT, amount)


class TestStanding:
    def test_grows_on_its_own_side(self) -> None:
        assert balance_of(Side.CREDIT, 100, 250) == 150
        assert balance_of(Side.DEBIT, 100, 250) == -150

    def test_does_not_fall_below_its_floor(self) -> None:
        account = replace(standing("her", floor=5_000), credits=12_000)

        assert account.after(Posting("her", Side.DEBIT, Paisa(7_000))).balance == 5_000
        with pytest.raises(InsufficientFunds):
            account.after(Posting("her", Side.DEBIT, Paisa(7_001)))

    @pytest.mark.rule("M1")
    def test_does_not_pay_out_what_is_only_pending(self) -> None:
        account = replace(standing("her"), credits=1_000, pending_in=9_000)

        with pytest.raises(InsufficientFunds):
            account.after(Posting("her", Side.DEBIT, Paisa(1_001)))

    def test_keeps_back_what_is_promised(self) -> None:
        account = replace(standing("her"), credits=1_000).expecting(PendingDelta("her", outgoing=600))

        with pytest.raises(InsufficientFunds):
            account.after(Posting("her", Side.DEBIT, Paisa(401)))
        with pytest.raises(InsufficientFunds):
            account.expecting(PendingDelta("her", outgoing=401))

    def test_releases_no_more_than_is_pending(self) -> None:
        with pytest.raises(ValueError, match="less pending"):
            standing("her").expecting(PendingDelta("her", incoming=-1))

    def test_takes_nothing_when_it_is_closed(self) -> None:
        with pytest.raises(AccountClosed):
            replace(standing("her"), closed=True).after(Posting("her", Side.CREDIT, Paisa(1)))

    def test_may_stand_on_either_side_without_a_floor(self) -> None:
        account = standing("fund", floor=None)

        assert account.after(Posting("fund", Side.DEBIT, Paisa(1))).balance == -1


class TestFold:
    def test_numbers_postings_and_says_the_balance_after_each(self) -> None:
        accounts = {"vault": standing("vault", Side.DEBIT), "her": standing("her")}

        folded = fold([transfer(100, debit="vault", credit="her")] * 2, accounts)

        assert [(one.posting.account_id, one.sequence, one.balance_after) for one in folded.postings] == [
            ("vault", 1, 100),
            ("her", 1, 100),
            ("vault", 2, 200),
            ("her", 2, 200),
        ]
        assert folded.balance_after("her") == 200

    def test_releases_a_promise_before_it_is_paid(self) -> None:
        accounts = {
            "vault": replace(standing("vault", Side.DEBIT), debits=500),
            "her": replace(standing("her"), credits=500, pending_out=500),
        }

        folded = fold(
            [transfer(500, debit="her", credit="vault")], accounts, [PendingDelta("her", outgoing=-500)]
        )

        assert folded.balance_after("her") == 0

    def test_knows_no_account_of_another_office(self) -> None:
        accounts = {"vault": standing("vault", Side.DEBIT), "her": standing("her")}
        foreign = replace(transfer(1, debit="vault", credit="her"), office_id=ELSEWHERE)

        with pytest.raises(AccountUnknown):
            fold([foreign], accounts)

    def test_knows_no_account_that_was_not_locked(self) -> None:
        with pytest.raises(AccountUnknown):
            fold([transfer(1, debit="vault", credit="her")], {"her": standing("her")})

    def test_names_all_accounts_once_in_lock_order(self) -> None:
        entries = [transfer(1, debit="c", credit="a"), transfer(1, debit="c", credit="b")]

        assert touched(entries, [PendingDelta("0")]) == ("0", "a", "b", "c")

    def test_adds_up_what_is_pending_by_account(self) -> None:
        deltas = [PendingDelta("b", 1), PendingDelta("a", 2, 3), PendingDelta("b", 4)]

        assert merged(deltas) == (PendingDelta("a", 2, 3), PendingDelta("b", 5))


class TestChart:
    def test_codes_begin_with_the_digit_of_their_class(self) -> None:
        assert all(code[0] == ledger.ledger_class.digit for code, ledger in CHART.items())

    def test_has_all_five_classes_and_every_ledger_once(self) -> None:
        declared = [value for value in vars(Ledgers).values() if isinstance(value, Ledger)]

        assert {ledger.ledger_class for ledger in declared} == set(LedgerClass)
        assert len({ledger.code for ledger in declared}) == len(declared)
        assert {ledger.code for ledger in declared} < set(CHART)

    @given(st.uuids().map(str), st.uuids().map(str))
    def test_an_office_account_has_one_id_for_ever(self, office: str, owner: str) -> None:
        account = OfficeAccount(Ledgers.OFFICER_CASH, office, owner)

        assert account.id == OfficeAccount(Ledgers.OFFICER_CASH, office, owner).id
        assert account.id != OfficeAccount(Ledgers.OFFICER_RECEIVABLE, office, owner).id
        assert account.id != OfficeAccount(Ledgers.OFFICER_CASH, owner, office).id


class AnySeriesOfEntries(RuleBasedStateMachine):
    """Money moves between a vault and three members in any way; what is refused changes nothing."""

    MEMBERS = ("first", "second", "third")

    def __init__(self) -> None:
        super().__init__()
        self.accounts = {
            "vault": standing("vault", Side.DEBIT),
            **{name: standing(name) for name in self.MEMBERS},
        }
        self.postings: list[Numbered] = []

    @rule(member=st.sampled_from(MEMBERS), amount=amounts)
    def deposit(self, member: str, amount: Paisa) -> None:
        self.post([transfer(amount, debit="vault", credit=member)])

    @rule(member=st.sampled_from(MEMBERS), amount=amounts)
    def withdraw(self, member: str, amount: Paisa) -> None:
        self.post([transfer(amount, debit=member, credit="vault")])

    @rule(source=st.sampled_from(MEMBERS), destination=st.sampled_from(MEMBERS), amount=amounts)
    def correct(self, source: str, destination: str, amount: Paisa) -> None:
        self.post([transfer(amount, debit=source, credit=destination)])

    @rule(members=st.lists(st.tuples(st.sampled_from(MEMBERS), amounts), min_size=1, max_size=8))
    def collect(self, members: list[tuple[str, Paisa]]) -> None:
        cash = Posting("vault", Side.DEBIT, Paisa(sum(amount for _, amount in members)))
        rows = (Posting(name, Side.CREDIT, amount, f"row {name}") for name, amount in members)
        self.post([entry(cash, *rows)])

    @rule(member=st.sampled_from(MEMBERS), incoming=amounts, outgoing=amounts)
    def expect(self, member: str, incoming: Paisa, outgoing: Paisa) -> None:
        try:
            self.accounts |= fold((), self.accounts, [PendingDelta(member, incoming, outgoing)]).standings
        except InsufficientFunds:
            assert self.accounts[member].balance - self.accounts[member].pending_out < outgoing

    def post(self, entries: list[Entry]) -> None:
        try:
            folded = fold(entries, self.accounts)
        except InsufficientFunds:
            return
        self.accounts |= folded.standings
        self.postings += folded.postings

    @invariant()
    def debits_equal_credits(self) -> None:
        assert sum(one.debits for one in self.accounts.values()) == sum(
            one.credits for one in self.accounts.values()
        )

    @invariant()
    def balances_are_the_postings(self) -> None:
        for account in self.accounts.values():
            own = [one for one in self.postings if one.posting.account_id == account.id]
            running = 0
            for place, one in enumerate(own, start=1):
                grew = one.posting.side is account.grows_on
                running += one.posting.amount if grew else -one.posting.amount
                assert (one.sequence, one.balance_after) == (place, running)
            assert (account.sequence, account.balance) == (len(own), running)

    @invariant()
    def floors_hold(self) -> None:
        assert all(account.keeps for account in self.accounts.values())


TestAnySeriesOfEntries = AnySeriesOfEntries.TestCase
TestAnySeriesOfEntries.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
