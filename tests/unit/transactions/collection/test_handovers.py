"""What a hand-over posts follows from its sheets and one count, and always balances."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import PersonExcluded
from contracts.money import Paisa
from contracts.transactions.collection_errors import (
    CollectorCounts,
    CountOutdated,
    HandoverAuthorised,
    NotOneCollector,
    SheetHandedOver,
    SheetNotSubmitted,
    SheetWaits,
    TotalDiffers,
)
from contracts.transactions.collection_words import HandoverStatus, RowCode, RowState, SheetStatus
from tests.unit.transactions.collection.test_rows import nothing, paid
from tests.unit.transactions.collection.test_sheets import sheet
from transactions.domain.cash import total_of_slip, whole_slip
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.handovers import (
    Count,
    Handover,
    SheetRows,
    Signed,
    UnallocatedReceipt,
    cash_entry,
    collection_entry,
    expected_of,
    office_accounts,
    released,
    require_authorisable,
    require_may_handle,
    require_one_collector,
    resolution_entry,
    unallocated_of,
)
from transactions.domain.ledger import Posting, total
from transactions.domain.rows import StandingRow
from transactions.domain.submissions import (
    Submission,
    fingerprint_of,
    require_total,
)

MONDAY = date(2026, 11, 23)
HANDOVER = Handover(
    id="22222222-2222-4222-8222-222222222222",
    officer_id="rahim",
    office_id="office",
    on=MONDAY,
    number=1,
    status=HandoverStatus.COUNTED,
    declared_total=Paisa(0),
)
SIGNED = Signed(HANDOVER, OpenDay("office", MONDAY), "anwara")
IN_IT = sheet(status=SheetStatus.HANDED_OVER, collected_by="rahim", handover_id=HANDOVER.id)


def rows(*amounts, code=None):
    state = RowState.UNALLOCATED if code else RowState.PENDING
    return tuple(
        StandingRow(paid(str(UUID(int=number)), taka=taka), state, code)
        for number, taka in enumerate(amounts)
    )


def counted(taka, each):
    return Count(
        id=str(uuid4()),
        handover_id=HANDOVER.id,
        counted_by="anwara",
        total=Paisa(taka * 100),
        expected=expected_of([each]),
    )


@pytest.mark.rule("M7")
class TestPosting:
    @given(
        amounts=st.lists(st.integers(1, 5000), max_size=20),
        unallocated=st.lists(st.integers(1, 5000), max_size=5),
        difference=st.integers(-1000, 1000),
    )
    def test_the_officers_cash_ends_at_nothing(self, amounts, unallocated, difference):
        """Whatever was collected and counted: what goes into his cash comes out of it, to the paisa."""
        each = SheetRows(IN_IT, (*rows(*amounts), *rows(*unallocated, code=RowCode.MEMBER_MOVED)))
        count = counted(max(sum(amounts) + sum(unallocated) + difference, 0), each)

        entries = [entry for entry in (collection_entry(each, SIGNED), cash_entry(count, SIGNED)) if entry]

        postings = [posting for entry in entries for posting in entry.postings]
        cash = OfficeAccount(Ledgers.OFFICER_CASH, "office", "rahim").id
        his = [posting for posting in postings if posting.account_id == cash]
        assert total(his, Side.DEBIT) == total(his, Side.CREDIT) == expected_of([each])
        vault = OfficeAccount(Ledgers.VAULT, "office").id
        assert sum(posting.amount for posting in postings if posting.account_id == vault) == count.total
        known = {account.id for account in office_accounts(HANDOVER, [each])} | {"amina-savings"}
        assert {posting.account_id for posting in postings} <= known

    def test_what_is_short_he_owes(self):
        each = SheetRows(IN_IT, rows(100))

        entry = cash_entry(counted(80, each), SIGNED)

        receivable = OfficeAccount(Ledgers.OFFICER_RECEIVABLE, "office", "rahim").id
        assert [(p.side, p.amount) for p in entry.postings if p.account_id == receivable] == [
            (Side.DEBIT, 2000)
        ]

    def test_what_is_too_much_is_nobodys_yet(self):
        each = SheetRows(IN_IT, rows(100))

        entry = cash_entry(counted(105, each), SIGNED)

        unidentified = OfficeAccount(Ledgers.UNIDENTIFIED_RECEIPTS, "office").id
        assert [(p.side, p.amount) for p in entry.postings if p.account_id == unidentified] == [
            (Side.CREDIT, 500)
        ]

    def test_nothing_collected_and_nothing_counted_posts_nothing(self):
        each = SheetRows(IN_IT, (StandingRow(nothing(), RowState.PENDING),))

        assert collection_entry(each, SIGNED) is None
        assert cash_entry(counted(0, each), SIGNED) is None

    @pytest.mark.rule("M2")
    def test_the_value_date_is_the_meetings(self):
        late = replace(SIGNED, day=OpenDay("office", date(2026, 11, 25)))

        entry = collection_entry(SheetRows(IN_IT, rows(10)), late)

        assert (entry.business_on, entry.value_on) == (date(2026, 11, 25), MONDAY)

    def test_the_same_sheet_is_the_same_entry(self):
        each = SheetRows(IN_IT, rows(10))

        assert collection_entry(each, SIGNED).id == collection_entry(each, SIGNED).id

    @pytest.mark.rule("M1")
    def test_what_was_pending_is_pending_no_more(self):
        each = SheetRows(IN_IT, (*rows(10, 20), *rows(5, code=RowCode.ACCOUNT_CLOSED)))

        assert [(delta.account_id, delta.incoming) for delta in released([each])] == [
            ("amina-savings", -1000),
            ("amina-savings", -2000),
        ]


@pytest.mark.rule("M7")
class TestAuthorising:
    each = SheetRows(IN_IT, rows(100))

    def test_needs_a_count_of_what_is_there_now(self):
        count = counted(100, self.each)

        assert require_authorisable(HANDOVER, count, [self.each]) is count
        for outdated in (
            None,
            replace(count, expected=Paisa(1)),
            replace(count, handover_id="another"),
        ):
            with pytest.raises(CountOutdated):
                require_authorisable(HANDOVER, outdated, [self.each])

    def test_happens_once(self):
        done = replace(HANDOVER, status=HandoverStatus.AUTHORISED)

        with pytest.raises(HandoverAuthorised):
            require_authorisable(done, counted(100, self.each), [self.each])

    def test_waits_for_a_returned_row(self):
        waiting = SheetRows(replace(IN_IT, status=SheetStatus.RETURNED), rows(100))

        with pytest.raises(SheetNotSubmitted):
            require_authorisable(HANDOVER, counted(100, waiting), [waiting])

    @pytest.mark.rule("M8")
    def test_is_not_for_the_collector_nor_for_kin(self):
        with pytest.raises(CollectorCounts):
            require_may_handle(HANDOVER, [self.each], "rahim", ())
        with pytest.raises(PersonExcluded):
            require_may_handle(HANDOVER, [self.each], "anwara", ("amina",))
        require_may_handle(HANDOVER, [self.each], "anwara", ("beli",))


@pytest.mark.rule("M7")
class TestDeclaring:
    ready = sheet(status=SheetStatus.SUBMITTED, collected_by="rahim")

    def declare(self, *sheets):
        require_one_collector(sheets, "rahim", HANDOVER.id, MONDAY)

    def test_takes_complete_sheets_of_ones_own(self):
        self.declare(self.ready, replace(self.ready, id=str(uuid4())))

    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            ({"office_id": "office-2"}, NotOneCollector),
            ({"collected_by": "salma"}, NotOneCollector),
            ({"handover_id": "another", "status": SheetStatus.HANDED_OVER}, SheetHandedOver),
            ({"status": SheetStatus.COLLECTING}, SheetNotSubmitted),
            ({"status": SheetStatus.RETURNED}, SheetNotSubmitted),
            ({"meeting_on": date(2026, 11, 24)}, SheetWaits),
        ],
    )
    def test_takes_nothing_else(self, change, refusal):
        with pytest.raises(refusal):
            self.declare(self.ready, replace(self.ready, **change))


@pytest.mark.rule("M5")
class TestUnallocated:
    receipt = UnallocatedReceipt(
        row_id=str(UUID(int=7)),
        member_id="amina",
        office_id="office",
        amount=Paisa(5000),
        code=RowCode.MEMBER_MOVED,
        value_on=MONDAY,
    )
    onto_savings = (Posting("amina-savings", Side.CREDIT, Paisa(5000), str(UUID(int=7))),)
    later = OpenDay("office", date(2026, 11, 26))

    def test_every_row_without_account_is_a_receipt_of_hers(self):
        each = SheetRows(IN_IT, (*rows(10), *rows(20, code=RowCode.MEMBER_MOVED)))

        assert [(one.member_id, one.amount, one.code) for one in unallocated_of(each)] == [
            ("amina", 2000, RowCode.MEMBER_MOVED)
        ]

    @pytest.mark.rule("M2")
    def test_on_her_account_it_keeps_the_day_of_the_money(self):
        entry = resolution_entry(
            self.receipt, given=self.onto_savings, day=self.later, by="manager", reason="moved"
        )

        assert (entry.business_on, entry.value_on) == (self.later.on, MONDAY)

    def test_a_refund_is_paid_today_from_the_vault(self):
        entry = resolution_entry(self.receipt, given=(), day=self.later, by="manager", reason="she left")

        assert entry.value_on == self.later.on
        assert entry.postings[1].account_id == OfficeAccount(Ledgers.VAULT, "office").id


@pytest.mark.rule("M7")
class TestSlips:
    def test_a_slip_adds_up(self):
        assert total_of_slip({"1000": 2, "50": 1, "2": 3}) == 205600

    def test_every_face_stands_on_it(self):
        assert list(whole_slip({"5": 1}).items()) == [
            *((face, 0) for face in ("1000", "500", "200", "100", "50", "20", "10")),
            ("5", 1),
            ("2", 0),
            ("1", 0),
        ]

    @pytest.mark.parametrize("slip", [{"25": 1}, {"100": -1}])
    def test_no_note_is_invented(self, slip):
        with pytest.raises(ValueError, match="existing notes"):
            total_of_slip(slip)


class TestSubmissions:
    said = Submission(
        id=str(uuid4()), sheet_id="sheet", epoch=1, total=Paisa(3000), rows=(paid("r1"), paid("r2", "beli"))
    )

    def test_the_order_of_rows_says_nothing(self):
        turned = replace(self.said, id=str(uuid4()), rows=self.said.rows[::-1])

        assert fingerprint_of(turned) == fingerprint_of(self.said)

    @pytest.mark.parametrize(
        "change",
        [
            {"epoch": 2},
            {"sheet_id": "another"},
            {"total": Paisa(1)},
            {"rows": (paid("r1"),)},
            {"rows": (paid("r1"), paid("r2", "beli", note="late"))},
        ],
    )
    def test_every_business_field_counts(self, change):
        assert fingerprint_of(replace(self.said, **change)) != fingerprint_of(self.said)

    def test_a_total_is_the_sum_of_its_rows(self):
        require_total(Paisa(10000), self.said.rows)
        with pytest.raises(TotalDiffers):
            require_total(Paisa(9999), self.said.rows)
