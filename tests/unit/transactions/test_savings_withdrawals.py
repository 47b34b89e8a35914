"""How much may be taken, when it may be paid, and how an earlier day is put right, for any figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import MakerIsChecker
from contracts.money import Paisa
from contracts.transactions.ledger_words import ApprovalKind
from contracts.transactions.savings_errors import ValueDateOutside, WithdrawalLapsed, WithdrawalNotOpen
from contracts.transactions.savings_words import WithdrawalState
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.corrections import Correction, approval_kind, entry_of_correction
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.reversals import BookedRow
from transactions.domain.savings.withdrawals import Withdrawal, lapses_on, require_payable, withdrawable
from transactions.domain.value_dates import EARLIER, require_value_dates, value_date_of

HERE = "00000000-0000-4000-8000-00000000b001"
MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 6, tzinfo=UTC)
money = st.integers(0, 10**9).map(Paisa)
shares = st.none() | st.integers(0, 10_000)


@pytest.mark.rule("M11")
@given(balance=money, promised=money, floor=money, share=shares)
def test_what_may_be_taken_is_whole_taka_above_the_floor_and_within_the_share(
    balance: Paisa, promised: Paisa, floor: Paisa, share: int | None
) -> None:
    greatest = withdrawable(balance, promised, floor, share)

    assert greatest >= 0
    assert greatest % 100 == 0
    if greatest:
        assert balance - promised - greatest >= floor
        assert share is None or (promised + greatest) * 10_000 <= balance * share


@given(balance=money, promised=money, floor=money, share=shares)
def test_a_taka_more_would_break_a_rule(
    balance: Paisa, promised: Paisa, floor: Paisa, share: int | None
) -> None:
    more = withdrawable(balance, promised, floor, share) + 100

    below_floor = balance - promised - more < floor
    beyond_share = share is not None and (promised + more) * 10_000 > balance * share
    assert below_floor or beyond_share


def approved(**more: object) -> Withdrawal:
    facts = {
        "id": "w",
        "account_id": "a",
        "member_id": "m",
        "office_id": HERE,
        "amount": Paisa(10_000),
        "state": WithdrawalState.APPROVED,
        "reason": None,
        "caution": (),
        "approval_id": "w",
        "maker_id": "maker",
        "asked_on": MONDAY,
        "made_at": NOON,
        "fingerprint": "1:x",
        "approved_by": ("checker",),
        "lapses_on": lapses_on(MONDAY),
        **more,
    }
    return Withdrawal(**facts)  # type: ignore[arg-type]  # a test's shorthand


@pytest.mark.rule("M9")
class TestPayment:
    @pytest.mark.parametrize("days", [0, 1, 2, 3])
    def test_is_made_within_three_days(self, days: int) -> None:
        require_payable(
            approved(), OpenDay(HERE, MONDAY + timedelta(days=days)), payer_id="payer", witness_id="witness"
        )

    def test_is_not_made_on_the_fourth(self) -> None:
        with pytest.raises(WithdrawalLapsed):
            require_payable(
                approved(), OpenDay(HERE, MONDAY + timedelta(days=4)), payer_id="payer", witness_id="witness"
            )

    @pytest.mark.parametrize("payer", ["maker", "checker", "witness"])
    def test_is_made_by_nobody_who_had_a_hand_in_it(self, payer: str) -> None:
        with pytest.raises(MakerIsChecker):
            require_payable(approved(), OpenDay(HERE, MONDAY), payer_id=payer, witness_id="witness")

    @pytest.mark.parametrize(
        "state", sorted(set(WithdrawalState) - {WithdrawalState.APPROVED, WithdrawalState.LAPSED})
    )
    def test_follows_an_approval_only(self, state: WithdrawalState) -> None:
        with pytest.raises(WithdrawalNotOpen):
            require_payable(approved(state=state), OpenDay(HERE, MONDAY), payer_id="p", witness_id="w")


def a_row(amount: int, on: date = MONDAY) -> BookedRow:
    return BookedRow(
        entry_id="e",
        row_id="r",
        kind=EntryKind.DEPOSIT,
        office_id=HERE,
        business_on=on,
        value_on=on,
        account_id="hers",
        member_id="she",
        amount=Paisa(amount),
        officer_id="officer",
        samity_id=None,
        receipt="B001-2026-000001",
        reversed=False,
    )


@pytest.mark.rule("M13")
class TestCorrection:
    @given(amount=st.integers(1, 10**9), can_give=money, owes=money, to_other=st.booleans())
    def test_takes_no_more_than_there_is_and_staff_owe_the_rest(
        self, amount: int, can_give: Paisa, owes: Paisa, *, to_other: bool
    ) -> None:
        correction = Correction(
            id="c", amount=Paisa(amount), maker_id="m", checker_id="k", reason="wrong page"
        )

        entry = entry_of_correction(
            a_row(amount),
            correction,
            OpenDay(HERE, MONDAY + timedelta(days=1)),
            given=(Posting("right", Side.CREDIT, Paisa(amount), "c"),) if to_other else (),
            can_give=can_give,
            officer_owes=owes,
        )

        owed = OfficeAccount(Ledgers.OFFICER_RECEIVABLE, HERE, "officer").id
        moved = {(posting.account_id, posting.side): posting.amount for posting in entry.postings}
        taken = moved.get(("hers", Side.DEBIT), 0)
        assert taken == min(amount, can_give)
        assert taken + moved.get((owed, Side.DEBIT), 0) == amount
        if to_other:
            assert moved["right", Side.CREDIT] == amount
        else:
            assert moved.get((owed, Side.CREDIT), 0) == min(amount, owes)
        assert (entry.value_on, entry.business_on) == (MONDAY, MONDAY + timedelta(days=1))

    @pytest.mark.parametrize(
        ("value_on", "on", "kind"),
        [
            (date(2026, 11, 1), date(2026, 11, 30), ApprovalKind.CORRECTION),
            (date(2026, 11, 30), date(2026, 12, 1), ApprovalKind.CORRECTION_AREA),
            (date(2025, 11, 30), date(2026, 11, 30), ApprovalKind.CORRECTION_AREA),
        ],
    )
    def test_across_months_is_for_the_area(self, value_on: date, on: date, kind: ApprovalKind) -> None:
        assert approval_kind(a_row(100, value_on), on) is kind


def an_entry(kind: EntryKind, value_on: date) -> Entry:
    return Entry(
        id="e",
        office_id=HERE,
        kind=kind,
        business_on=MONDAY,
        value_on=value_on,
        maker_id="m",
        postings=(Posting("a", Side.DEBIT, Paisa(100)), Posting("b", Side.CREDIT, Paisa(100))),
    )


@pytest.mark.rule("M2")
class TestTwoDates:
    @pytest.mark.parametrize("kind", EntryKind)
    def test_nothing_is_valued_after_its_day(self, kind: EntryKind) -> None:
        with pytest.raises(ValueDateOutside):
            require_value_dates([an_entry(kind, MONDAY + timedelta(days=1))])

    @pytest.mark.parametrize("kind", EntryKind)
    def test_only_some_deeds_are_valued_before_it(self, kind: EntryKind) -> None:
        entry = an_entry(kind, MONDAY - timedelta(days=1))

        if kind in EARLIER:
            require_value_dates([entry])
        else:
            with pytest.raises(ValueDateOutside):
                require_value_dates([entry])

    @pytest.mark.rule("M3")
    def test_a_fee_is_valued_before_it_on_a_late_sheet_only(self) -> None:
        at_the_counter = an_entry(EntryKind.FEE, MONDAY - timedelta(days=1))

        require_value_dates([replace(at_the_counter, samity_id="of the sheet")])
        with pytest.raises(ValueDateOutside):
            require_value_dates([at_the_counter])

    def test_cash_never_leaves_the_house_with_another_date(self) -> None:
        assert not EARLIER & {EntryKind.WITHDRAWAL, EntryKind.CLOSING, EntryKind.DISBURSEMENT, EntryKind.FEE}

    @given(days=st.integers(-10, 20))
    def test_cash_at_the_counter_is_valued_on_its_day(self, days: int) -> None:
        wanted = MONDAY - timedelta(days=days)

        if days == 0:
            assert value_date_of(wanted, "self", MONDAY) == MONDAY
        else:
            with pytest.raises(ValueDateOutside):
                value_date_of(wanted, "self", MONDAY)

    @given(days=st.integers(-10, 20))
    def test_mobile_money_is_valued_by_its_provider_within_a_week(self, days: int) -> None:
        wanted = MONDAY - timedelta(days=days)

        if 0 <= days <= 7:
            assert value_date_of(wanted, "mobile_money", MONDAY) == wanted
        else:
            with pytest.raises(ValueDateOutside):
                value_date_of(wanted, "mobile_money", MONDAY)
