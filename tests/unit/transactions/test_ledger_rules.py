"""Days, vouchers, seals, passbook lines, corrections and approvals as pure rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contracts.errors import (
    AlreadyDecided,
    Forbidden,
    IdConflict,
    InvalidPayload,
    MakerIsChecker,
    ReasonMissing,
)
from contracts.money import Paisa
from contracts.transactions.ledger_errors import (
    AlreadyReversed,
    CountedAlready,
    DayAlreadyOpen,
    DayIsClosing,
    DayNotOpen,
    DayNotReady,
    NotReversible,
)
from contracts.transactions.ledger_words import LineStatus, ReversalKind
from transactions.domain import (
    approvals,
    closings,
    counts,
    days,
    passbook,
    reversals,
    vouchers,
)
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.ledger import EntryKind
from transactions.domain.requests import fingerprint, require_same
from transactions.domain.statements import LedgerTotal, trial_balance

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
NOON = datetime(2026, 11, 23, 6, tzinfo=UTC)


class TestDays:
    @pytest.mark.parametrize(
        ("after", "holidays", "following"),
        [
            (MONDAY, (), date(2026, 11, 24)),
            (date(2026, 11, 26), (), date(2026, 11, 28)),
            (date(2026, 11, 26), (date(2026, 11, 28), date(2026, 11, 29)), date(2026, 11, 30)),
            (date(2026, 12, 31), (date(2027, 1, 1),), date(2027, 1, 2)),
        ],
    )
    def test_skip_fridays_and_holidays(
        self, after: date, holidays: tuple[date, ...], following: date
    ) -> None:
        assert days.next_working_day(after, holidays) == following

    @given(st.dates(date(2020, 1, 1), date(2060, 1, 1)))
    def test_never_follow_on_a_friday(self, on: date) -> None:
        following = days.next_working_day(on)

        assert following > on
        assert following.weekday() != FRIDAY.weekday()

    def test_come_again_however_long_a_branch_is_shut(self) -> None:
        shut = {MONDAY + timedelta(days=number) for number in range(1, 100)}

        assert days.next_working_day(MONDAY, shut) == date(2027, 3, 3)

    def test_take_postings_only_while_open(self) -> None:
        day = days.BranchDay("office", MONDAY, days.DayStatus.OPEN)

        assert days.posting_day(day, "office") == days.OpenDay("office", MONDAY)
        with pytest.raises(DayIsClosing):
            days.posting_day(replace(day, status=days.DayStatus.CLOSING), "office")
        for none in (None, replace(day, status=days.DayStatus.CLOSED)):
            with pytest.raises(DayNotOpen):
                days.posting_day(none, "office")

    def test_are_opened_by_hand_only_once(self) -> None:
        days.require_no_day(None)
        with pytest.raises(DayAlreadyOpen):
            days.require_no_day(days.BranchDay("office", MONDAY, days.DayStatus.CLOSED))

    def test_say_all_that_is_missing_at_once(self) -> None:
        with pytest.raises(DayNotReady) as refusal:
            days.require_ready([days.Missing("ONE", {"a": 1}), days.Missing("TWO", {})])

        assert refusal.value.facts["items"] == [
            {"code": "ONE", "facts": {"a": 1}},
            {"code": "TWO", "facts": {}},
        ]

    @pytest.mark.rule("M7")
    @pytest.mark.parametrize(
        ("opening", "closing", "codes"),
        [
            (None, None, ["VAULT_NOT_COUNTED_AT_OPENING", "VAULT_NOT_COUNTED_AT_CLOSING"]),
            ((0, True), (100, False), ["VAULT_COUNT_NOT_CONFIRMED_AT_CLOSING"]),
            ((0, False), (100, True), ["VAULT_COUNT_NOT_CONFIRMED_AT_OPENING"]),
            ((0, True), (99, True), ["VAULT_DIFFERS"]),
            ((0, True), (100, True), []),
        ],
    )
    def test_need_the_vault_counted_twice_by_two(
        self, opening: tuple[int, bool] | None, closing: tuple[int, bool] | None, codes: list[str]
    ) -> None:
        made = (
            days.Counted(Paisa(count[0]), confirmed=count[1]) if count else None
            for count in (opening, closing)
        )

        assert [item.code for item in days.missing_of_vault(Paisa(100), *made)] == codes

    @pytest.mark.parametrize(
        ("on", "year"),
        [
            (date(2026, 6, 30), "2025-26"),
            (date(2026, 7, 1), "2026-27"),
            (date(2099, 12, 1), "2099-00"),
        ],
    )
    def test_are_of_a_fiscal_year_from_july(self, on: date, year: str) -> None:
        assert days.fiscal_year(on) == year

    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-30, 30))
    def test_months_are_counted_over_years(self, on: date, months: int) -> None:
        first = days.first_of_month(on, months)

        assert first.day == 1
        assert (first.year - on.year) * 12 + first.month - on.month == months

    def test_close_in_stages_that_follow_one_another(self) -> None:
        closing = closings.Closing(id="job", office_id="office", on=MONDAY, asked_by="manager")
        walked = [closing.stage]
        while (stage := closing.next_stage) is not None:
            closing = replace(closing, stage=stage)
            walked.append(stage)

        assert walked == list(days.Stage)
        assert closing.done == 4


class TestVouchers:
    @pytest.mark.parametrize(
        ("moved", "kind"),
        [
            ((("1110", 100, 0), ("2110", 0, 100)), "receipt"),
            ((("2110", 100, 0), ("1110", 0, 100)), "payment"),
            ((("2110", 100, 100),), "journal"),
            ((("1110", 100, 0), ("1120", 0, 100)), "contra"),
            ((("1110", 90, 0), ("1210", 10, 0), ("1120", 0, 100)), "payment"),
            ((("1310", 100, 0), ("1130", 0, 100)), "payment"),
            ((("1130", 100, 0), ("1110", 0, 100)), "contra"),
            ((("1140", 100, 0), ("2110", 0, 100)), "receipt"),
        ],
        ids=[
            "cash in",
            "cash out",
            "no cash",
            "cash moved",
            "cash moved and short",
            "paid by the bank",
            "cash to the bank",
            "by telephone",
        ],
    )
    def test_are_of_the_kind_of_their_cash(self, moved: tuple[tuple[str, int, int], ...], kind: str) -> None:
        assert vouchers.kind_of(vouchers.Movement("entry", *line) for line in moved) == kind

    def test_go_on_where_each_kind_stood(self) -> None:
        receipt = [vouchers.Movement(entry, "1110", 100, 0) for entry in ("a", "b")]
        journal = [vouchers.Movement("c", "2110", 100, 100)]

        given_out = list(
            vouchers.numbered([*receipt, *journal], {vouchers.VoucherKind.RECEIPT: 41}, "2026-27")
        )

        assert [(one.entry_id, one.kind.value, one.number) for one in given_out] == [
            ("a", "receipt", 42),
            ("b", "receipt", 43),
            ("c", "journal", 1),
        ]

    def test_are_printed_with_kind_year_and_number(self) -> None:
        assert vouchers.voucher_text("contra", "2026-27", 7) == "C-2026-27-000007"


def book_line(sequence: int, **more: object) -> passbook.BookLine:
    line = passbook.BookLine(
        account_id="account",
        sequence=sequence,
        entry_id=f"entry {sequence}",
        row_id="row",
        kind="deposit",
        side=Side.CREDIT,
        amount=Paisa(100),
        balance_after=Paisa(100 * sequence),
        business_on=MONDAY,
        value_on=MONDAY,
        recorded_at=NOON + timedelta(minutes=sequence),
        officer_id=None,
        receipt_number=None,
        reason=None,
    )
    return replace(line, **more)  # type: ignore[arg-type]  # fields by name


class TestPassbook:
    @pytest.mark.rule("M1")
    def test_shows_what_is_pending_above_all_and_without_a_balance(self) -> None:
        pending = passbook.FieldLine(
            line_id="row",
            row_id="row",
            status=LineStatus.PENDING,
            value_on=MONDAY,
            recorded_at=NOON - timedelta(days=1),
            amount=Paisa(5_000),
        )

        first, second = passbook.merged([book_line(1)], [pending])

        assert (first.status, first.balance_after, first.receipt_final) == ("pending", None, False)
        assert second.status == "confirmed"

    @pytest.mark.parametrize(
        ("line", "status"),
        [
            (book_line(1), "confirmed"),
            (book_line(1, reversed_by_line_id="other"), "reversed"),
            (book_line(1, reverses_line_id="other"), "reversal"),
        ],
    )
    def test_says_what_a_line_is_worth(self, line: passbook.BookLine, status: str) -> None:
        assert passbook.of_book(line).status == status

    @given(st.integers(1, 10**12), st.datetimes(timezones=st.just(UTC)))
    def test_finds_its_page_again(self, sequence: int, at: datetime) -> None:
        cursor = passbook.Cursor(sequence, at)

        assert passbook.Cursor.read(str(cursor)) == cursor

    @given(st.text(max_size=40))
    def test_refuses_any_other_text_as_a_page(self, text: str) -> None:
        assume(not text.partition("@")[0].strip().isdigit())

        with pytest.raises(InvalidPayload):
            passbook.Cursor.read(text)

    def test_ends_where_the_account_began(self) -> None:
        assert passbook.next_page([book_line(31 - number) for number in range(30)]) is not None
        assert passbook.next_page([book_line(30 - number) for number in range(30)]) is None
        assert passbook.next_page([book_line(5)]) is None


def booked_row(**more: object) -> reversals.BookedRow:
    row = reversals.BookedRow(
        entry_id="entry",
        row_id="row",
        kind=EntryKind.COLLECTION,
        office_id="office",
        business_on=MONDAY,
        value_on=MONDAY,
        account_id="her account",
        member_id="her",
        amount=Paisa(10_000),
        officer_id="officer",
        samity_id="samity",
        receipt="D7-000001",
        reversed=False,
    )
    return replace(row, **more)  # type: ignore[arg-type]  # fields by name


@pytest.mark.rule("M12")
class TestReversals:
    DAY = days.OpenDay("office", MONDAY)

    def test_are_of_the_same_day(self) -> None:
        with pytest.raises(NotReversible):
            reversals.require_reversible(booked_row(business_on=date(2026, 11, 22)), self.DAY)

    def test_are_made_once(self) -> None:
        with pytest.raises(AlreadyReversed):
            reversals.require_reversible(booked_row(reversed=True), self.DAY)

    @pytest.mark.parametrize(
        ("owes", "from_debt", "unidentified"), [(0, 0, 10_000), (4_000, 4_000, 6_000), (99_000, 10_000, 0)]
    )
    def test_of_money_never_received_lower_the_officers_debt_first(
        self, owes: int, from_debt: int, unidentified: int
    ) -> None:
        row = booked_row()
        entry = reversals.entry_of_reversal(
            row, _decided(ReversalKind.NEVER_RECEIVED), self.DAY, given=(), officer_owes=Paisa(owes)
        )

        credited = {one.account_id: one.amount for one in entry.postings if one.side is Side.CREDIT}
        debt = OfficeAccount(Ledgers.OFFICER_RECEIVABLE, "office", "officer").id
        nobody = OfficeAccount(Ledgers.UNIDENTIFIED_RECEIPTS, "office").id
        assert (credited.get(debt, 0), credited.get(nobody, 0)) == (from_debt, unidentified)

    @pytest.mark.rule("M2")
    def test_keep_the_original_value_date(self) -> None:
        row = booked_row(value_on=date(2026, 11, 21))
        entry = reversals.entry_of_reversal(
            row, _decided(ReversalKind.MONEY_RETURNED), self.DAY, given=(), officer_owes=Paisa(0)
        )

        assert (entry.business_on, entry.value_on) == (MONDAY, date(2026, 11, 21))


def _decided(kind: ReversalKind) -> reversals.Decided:
    return reversals.Decided(
        id="reversal", kind=kind, maker_id="accountant", checker_id="manager", reason="a slip"
    )


def waiting() -> approvals.Approval:
    return approvals.Approval(
        id="approval",
        kind="reversal",
        office_id="office",
        subject_id="entry",
        facts={},
        fingerprint="1:x",
        maker_id="maker",
        made_at=NOON,
    )


@pytest.mark.rule("M8")
class TestApprovals:
    def test_are_decided_by_another_person_in_whatever_role(self) -> None:
        with pytest.raises(MakerIsChecker):
            self.decide(waiting(), person_id="maker")

    @pytest.mark.parametrize(
        "role", ["accountant", "field_officer", "administrator", "member", None, "ghost"]
    )
    def test_are_decided_by_the_role_that_may(self, role: str | None) -> None:
        with pytest.raises(Forbidden):
            self.decide(waiting(), role=role)

    def test_are_declined_with_a_reason(self) -> None:
        with pytest.raises(ReasonMissing):
            self.decide(waiting(), approve=False)
        assert self.decide(waiting(), approve=False, reason="no")

    def test_are_decided_once(self) -> None:
        done = replace(waiting(), state=approvals.ApprovalState.APPROVED, checker_id="manager")

        assert not self.decide(done)
        with pytest.raises(AlreadyDecided):
            self.decide(done, person_id="deputy")
        with pytest.raises(AlreadyDecided):
            self.decide(done, approve=False, reason="no")

    @staticmethod
    def decide(
        approval: approvals.Approval,
        *,
        person_id: str = "manager",
        role: str | None = "branch_manager",
        approve: bool = True,
        reason: str | None = None,
    ) -> bool:
        return approvals.needs_deciding(
            approval, approve=approve, reason=reason, person_id=person_id, role=role
        )


@pytest.mark.rule("M7")
class TestCounts:
    COUNT = counts.VaultCount(
        id="count",
        office_id="office",
        on=MONDAY,
        moment="closing",
        denominations={},
        total=Paisa(0),
        booked=Paisa(0),
        counted_by="accountant",
        counted_at=NOON,
        fingerprint="1:x",
    )

    def test_are_confirmed_by_somebody_else(self) -> None:
        assert counts.needs_confirming(self.COUNT, "manager")
        with pytest.raises(MakerIsChecker):
            counts.needs_confirming(self.COUNT, "accountant")

    def test_are_confirmed_once(self) -> None:
        confirmed = replace(self.COUNT, confirmed_by="manager")

        assert not counts.needs_confirming(confirmed, "manager")
        with pytest.raises(CountedAlready):
            counts.needs_confirming(confirmed, "deputy")


class TestRequests:
    def test_are_known_by_their_business_fields_in_any_order(self) -> None:
        assert fingerprint("deposit", a=1, b="x") == fingerprint("deposit", b="x", a=1)
        assert fingerprint("deposit", a=1) != fingerprint("reversal", a=1)
        assert fingerprint("deposit", a=1) != fingerprint("deposit", a="1")

    def test_under_one_id_are_the_same_one(self) -> None:
        require_same("1:x", "1:x")
        for stored in ("1:y", None):
            with pytest.raises(IdConflict):
                require_same(stored, "1:x")


class TestTrialBalance:
    @given(st.lists(st.tuples(st.sampled_from(["1110", "2110", "4910"]), st.integers(0, 10**9)), max_size=9))
    def test_stands_even_for_any_balanced_book(self, moved: list[tuple[str, int]]) -> None:
        totals = [LedgerTotal(code, amount, 0) for code, amount in moved]
        even = [LedgerTotal("2210", 0, amount) for _, amount in moved]

        balance = trial_balance([*totals, *even])

        assert balance.balanced
        assert balance.debit_total == sum(amount for _, amount in moved if amount)

    def test_shows_each_ledger_on_one_side(self) -> None:
        (row,) = trial_balance([LedgerTotal("1110", 500, 200), LedgerTotal("1110", 0, 400)]).rows

        assert (row.debit, row.credit) == (0, 100)
