"""Each row is judged for itself, and no judgement makes or loses money."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.money import Paisa
from contracts.transactions.collection_words import (
    Attendance,
    ChangeKind,
    NothingReceived,
    Outcome,
    PaidBy,
    RowCode,
    RowState,
)
from transactions.domain.chart import Ledgers
from transactions.domain.judging import judge, set_aside
from transactions.domain.rows import (
    Desk,
    KnownAccount,
    KnownMember,
    Row,
    StandingRow,
    changed,
    pending_change,
    total_of,
)

OFFICE, SAMITY = "office", "samity"
MEMBERS = ("amina", "beli", "chaya")
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)


def paid(row_id="r1", member="amina", taka=50, **changes):
    said = {
        "row_id": row_id,
        "version": 1,
        "member_id": member,
        "account_id": f"{member}-savings",
        "attendance": Attendance.PRESENT,
        "amount": Paisa(taka * 100),
        "nothing_received": None,
        "note": None,
        "paid_by": PaidBy.SELF,
        "second_payment": False,
        "receipt_number": f"D1-{row_id}",
        "recorded_at": AT,
    }
    return Row(**{**said, **changes})


def nothing(row_id="r1", member="amina", reason=NothingReceived.ABSENT, **changes):
    gone = {"amount": None, "receipt_number": None, "nothing_received": reason}
    return paid(row_id, member, **{**gone, **changes})


def standing(*rows, state=RowState.PENDING):
    return {row.row_id: StandingRow(row, state) for row in rows}


def desk(**changes):
    savings = Ledgers.GENERAL_SAVINGS.code
    known = {
        "samity_id": SAMITY,
        "office_id": OFFICE,
        "meeting_on": AT.date(),
        "complete": False,
        "standing": {},
        "members": {name: KnownMember(SAMITY, active=True) for name in MEMBERS},
        "accounts": {
            f"{name}-savings": KnownAccount(OFFICE, savings, name, closed=False) for name in MEMBERS
        },
    }
    return Desk(**{**known, **changes})


def verdicts(rows, looked_at):
    return [(one.outcome, one.code) for one in judge(rows, looked_at)]


@pytest.mark.rule("M5")
class TestMoneyIsNeverRefused:
    def test_in_its_place_it_is_pending(self):
        assert verdicts([paid()], desk()) == [(Outcome.PENDING, None)]

    @pytest.mark.parametrize(
        ("looked_at", "code"),
        [
            (desk(members={"amina": KnownMember("elsewhere", active=True)}), RowCode.MEMBER_MOVED),
            (desk(members={"amina": KnownMember(SAMITY, active=False)}), RowCode.MEMBER_NOT_ACTIVE),
            (desk(accounts={}), RowCode.ACCOUNT_UNKNOWN),
            (
                desk(
                    accounts={
                        "amina-savings": KnownAccount(OFFICE, Ledgers.VAULT.code, "amina", closed=False)
                    }
                ),
                RowCode.ACCOUNT_UNKNOWN,
            ),
            (
                desk(
                    accounts={
                        "amina-savings": KnownAccount(
                            OFFICE, Ledgers.GENERAL_SAVINGS.code, "beli", closed=False
                        )
                    }
                ),
                RowCode.ACCOUNT_OF_ANOTHER,
            ),
            (
                desk(
                    accounts={
                        "amina-savings": KnownAccount(
                            "office-2", Ledgers.GENERAL_SAVINGS.code, "amina", closed=False
                        )
                    }
                ),
                RowCode.MEMBER_MOVED,
            ),
            (
                desk(
                    accounts={
                        "amina-savings": KnownAccount(
                            OFFICE, Ledgers.GENERAL_SAVINGS.code, "amina", closed=True
                        )
                    }
                ),
                RowCode.ACCOUNT_CLOSED,
            ),
            (desk(receipts={"D1-r1": "another-row"}), RowCode.RECEIPT_USED),
        ],
    )
    def test_out_of_its_place_it_is_hers_and_unallocated(self, looked_at, code):
        assert verdicts([paid()], looked_at) == [(Outcome.UNALLOCATED, code)]
        assert judge([paid()], looked_at)[0].stands.expects is None

    @pytest.mark.rule("M8")
    def test_kins_money_waits_for_another_person(self):
        assert verdicts([paid()], desk(excluded=("amina",))) == [(Outcome.UNALLOCATED, RowCode.OWN_OR_KIN)]

    def test_nobody_is_owed_what_an_unknown_member_paid(self):
        assert verdicts([paid(member="nobody")], desk()) == [(Outcome.REFUSED, RowCode.MEMBER_UNKNOWN)]

    def test_no_money_is_no_liability(self):
        looked_at = desk(members={"amina": KnownMember(SAMITY, active=False)})

        assert verdicts([nothing()], looked_at) == [(Outcome.REFUSED, RowCode.MEMBER_NOT_ACTIVE)]

    def test_a_row_of_another_sheet_is_forged(self):
        assert verdicts([paid()], desk(elsewhere=("r1",))) == [
            (Outcome.REFUSED, RowCode.ROW_OF_ANOTHER_SHEET)
        ]

    def test_one_bad_row_spoils_no_other(self):
        rows = [paid("r1"), paid("r2", "nobody"), paid("r3", "beli")]

        assert [outcome for outcome, _ in verdicts(rows, desk())] == [
            Outcome.PENDING,
            Outcome.REFUSED,
            Outcome.PENDING,
        ]

    @given(data=st.data())
    def test_money_is_refused_only_where_the_rule_allows_it(self, data):
        """Unreadable, forged or a duplicate: each of the codes says which."""
        row = paid(
            row_id=data.draw(st.sampled_from(["r1", "r2"])),
            member=data.draw(st.sampled_from([*MEMBERS, "nobody"])),
            second_payment=data.draw(st.booleans()),
            account_id=data.draw(st.sampled_from(["amina-savings", "beli-savings", "none"])),
        )
        looked_at = desk(
            standing=standing(paid("r9", "beli")),
            elsewhere=data.draw(st.sampled_from([(), ("r1",)])),
            members={
                name: KnownMember(
                    data.draw(st.sampled_from([SAMITY, "elsewhere"])), active=data.draw(st.booleans())
                )
                for name in MEMBERS
            },
        )

        [judged] = judge([row], looked_at)

        forged_or_twice = {
            RowCode.ROW_OF_ANOTHER_SHEET,
            RowCode.SECOND_PAYMENT_NOT_SAID,
            RowCode.MEMBER_UNKNOWN,
        }
        assert judged.outcome is not Outcome.REFUSED or judged.code in forged_or_twice


@pytest.mark.rule("M4")
class TestSecondPayments:
    def test_are_refused_unless_said(self):
        looked_at = desk(standing=standing(paid("r1")))

        assert verdicts([paid("r2")], looked_at) == [(Outcome.REFUSED, RowCode.SECOND_PAYMENT_NOT_SAID)]
        assert verdicts([paid("r2", second_payment=True)], looked_at) == [(Outcome.PENDING, None)]

    def test_are_found_within_one_submission(self):
        assert verdicts([paid("r1"), paid("r2")], desk())[1] == (
            Outcome.REFUSED,
            RowCode.SECOND_PAYMENT_NOT_SAID,
        )


@pytest.mark.rule("P3")
def test_one_receipt_number_names_one_row_within_a_submission():
    rows = [paid("r1"), paid("r2", "beli", receipt_number="D1-r1")]

    assert verdicts(rows, desk())[1] == (Outcome.UNALLOCATED, RowCode.RECEIPT_USED)


@pytest.mark.rule("M6")
class TestVersions:
    def test_the_same_version_again_is_a_repetition(self):
        assert verdicts([paid()], desk(standing=standing(paid()))) == [(Outcome.REPEATED, None)]

    def test_the_same_version_with_another_body_is_a_conflict(self):
        looked_at = desk(standing=standing(paid(taka=50)))

        assert verdicts([paid(taka=60)], looked_at) == [(Outcome.CONFLICT, RowCode.ROW_DIFFERS)]

    def test_an_overtaken_version_is_known(self):
        newest = paid(taka=60, version=3)
        looked_at = desk(standing=standing(newest), earlier={("r1", 1): paid(taka=50)})

        assert verdicts([paid(taka=50)], looked_at) == [(Outcome.REPEATED, None)]
        assert verdicts([paid(taka=70)], looked_at) == [(Outcome.CONFLICT, RowCode.ROW_DIFFERS)]

    def test_an_older_version_that_never_came_is_outdated(self):
        looked_at = desk(standing=standing(paid(version=3)))

        assert verdicts([paid(version=2)], looked_at) == [(Outcome.CONFLICT, RowCode.ROW_OUTDATED)]

    def test_the_first_that_comes_may_be_a_later_one(self):
        assert verdicts([paid(version=4)], desk()) == [(Outcome.PENDING, None)]

    def test_more_needs_no_reason_and_less_does(self):
        looked_at = desk(standing=standing(paid(taka=50)))

        assert verdicts([paid(taka=60, version=2)], looked_at) == [(Outcome.PENDING, None)]
        assert verdicts([paid(taka=40, version=2)], looked_at) == [
            (Outcome.REFUSED, RowCode.CHANGE_REASON_MISSING)
        ]

    def test_on_a_complete_sheet_only_a_returned_row_changes(self):
        more = paid(taka=60, version=2)

        assert verdicts([more], desk(complete=True, standing=standing(paid()))) == [
            (Outcome.CONFLICT, RowCode.ROW_NOT_RETURNED)
        ]
        returned = desk(complete=True, standing=standing(paid(), state=RowState.RETURNED))
        assert verdicts([more], returned) == [(Outcome.PENDING, None)]

    @pytest.mark.parametrize(
        ("after", "kind"),
        [
            (paid(taka=60), None),
            (paid(taka=50), None),
            (paid(taka=49), ChangeKind.LOWERED),
            (nothing(), ChangeKind.REMOVED),
            (paid(account_id="beli-savings"), ChangeKind.ACCOUNT_CHANGED),
            (paid(taka=70, member="beli"), ChangeKind.ACCOUNT_CHANGED),
        ],
    )
    def test_what_is_taken_back_is_named(self, after, kind):
        change = changed(paid(taka=50), after)

        assert (change.kind if change else None) is kind

    def test_nothing_can_be_taken_back_from_nothing(self):
        assert changed(nothing(), paid(taka=1)) is None


@pytest.mark.rule("M4")
def test_whoever_does_not_hold_the_sheet_is_compared_unless_he_repeats():
    rows = [paid("r1"), paid("r2", "beli")]

    aside = set_aside(rows, desk(standing=standing(paid("r1"))), RowCode.NOT_THE_HOLDER)

    assert [(one.outcome, one.code) for one in aside] == [
        (Outcome.REPEATED, None),
        (Outcome.COMPARE, RowCode.NOT_THE_HOLDER),
    ]
    assert not any(one.kept for one in aside)


rows_of_one = st.builds(
    paid,
    row_id=st.just("r1"),
    member=st.sampled_from(MEMBERS),
    taka=st.integers(1, 500),
    version=st.integers(1, 4),
    change_reason=st.sampled_from([None, "wrote it wrong"]),
)


@pytest.mark.rule("M1")
@given(versions=st.lists(rows_of_one, max_size=8))
def test_pending_follows_the_newest_version_alone(versions):
    """However a row is written, what waits on the accounts is what its newest version says."""
    held, waits = {}, {}
    for row in versions:
        [judged] = judge([row], desk(standing=held))
        if judged.kept:
            for delta in pending_change(held.get("r1"), judged.stands):
                waits[delta.account_id] = waits.get(delta.account_id, 0) + delta.incoming
            held = {"r1": judged.stands}

    newest = {row.row.account_id: row.row.money for row in held.values()}
    assert {account: paisa for account, paisa in waits.items() if paisa} == newest


@given(rows=st.lists(st.builds(paid, row_id=st.uuids().map(str), member=st.sampled_from(MEMBERS))))
def test_a_submission_adds_up_or_is_not_kept(rows):
    judged = judge(rows, desk())

    kept = total_of([one.row for one in judged if one.kept])
    refused = total_of([one.row for one in judged if not one.kept])
    assert kept + refused == total_of(rows)
    assert len({one.row.account_id for one in judged if one.kept}) == sum(one.kept for one in judged)


def test_a_posted_row_expects_nothing_more():
    assert StandingRow(paid(), RowState.AUTHORISED).expects is None
    assert replace(StandingRow(paid(), RowState.RETURNED)).expects is not None
