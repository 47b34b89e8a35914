"""The code that a borrower says when she gets the money: sent, tried, used once. Rule L4."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from accounts.domain.lending.loans import LendingLimits
from accounts.service.base import Entrypoints
from contracts.accounts.loan_errors import (
    LoanNotInState,
    LoanPaidOutAlready,
    PayoutCodeExpired,
    PayoutCodeMissing,
    PayoutCodeNotSent,
    PayoutCodesSpent,
    PayoutCodeTriedOut,
    PayoutCodeWrong,
    PhoneCallMissing,
    TelephoneMissing,
    WitnessUnfit,
)
from contracts.accounts.loans import PAYOUT_CODE_SENT
from contracts.errors import (
    Forbidden,
    InvalidPayload,
    MakerIsChecker,
    NotFound,
    PersonExcluded,
    ServiceError,
)
from contracts.transactions.lending import PAY_OUT_LOAN
from contracts.transactions.lending_errors import NotItsDay
from tests.support.accounts import TODAY, Branch, an_id
from tests.support.memory import remembered

if TYPE_CHECKING:
    from accounts.service import AccountsService
    from chassis.testing import ServiceHarness
    from tests.support.loan_desk import Lending

    Harness = ServiceHarness[AccountsService]

HERS = "+8801812345678"
FIVE_MINUTES, TEN_MINUTES = timedelta(minutes=5), timedelta(minutes=10)


@remembered
def borrower(branch: Branch, samity: str) -> str:
    return str(branch.member(samity, mobile=HERS)["id"])


@remembered
def loan(lending: Lending, borrower: str, guarantor: str) -> str:
    """An approved loan to whom no code was sent yet."""
    loan_id = str(lending.propose(lending.wish(borrower, lending.guarantor(guarantor)))["id"])
    lending.recommend(loan_id)
    lending.approve(loan_id)
    return loan_id


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def refusals(lending: Lending, payout: dict[str, Any], times: int) -> list[ServiceError]:
    found: list[ServiceError] = []
    for _ in range(times):
        with pytest.raises(ServiceError) as refusal:
            lending.disburse(payout)
        found.append(refusal.value)
    return found


class TestSending:
    @pytest.mark.rule("L4")
    def test_goes_sealed_to_her_number_with_the_amount(
        self, lending: Lending, loan: str, borrower: str
    ) -> None:
        answered = lending.send_code(loan)

        [told] = lending.codes()
        assert (told["loan_id"], told["member_id"], told["mobile"]) == (loan, borrower, HERS)
        assert (told["amount"], told["on"], told["send"]) == (10_000_00, TODAY, 1)
        assert (len(told["code"]), told["code"].isdigit()) == (6, True)
        assert (answered["mobile_masked"], answered["send"], answered["tries_left"]) == (
            "••••••••••5678",
            1,
            5,
        )
        assert told["code"] not in str(answered)

    @pytest.mark.rule("L4")
    def test_three_go_out_in_ten_minutes(self, lending: Lending, loan: str, harness: Harness) -> None:
        for send in (1, 2, 3):
            assert lending.send_code(loan)["send"] == send
        with pytest.raises(PayoutCodesSpent) as refusal:
            lending.send_code(loan)
        assert refusal.value.facts == {"most": 3, "minutes": 10}
        assert len(harness.told(PAYOUT_CODE_SENT)) == 3

        harness.watch.advance(TEN_MINUTES)
        assert lending.send_code(loan)["send"] == 4

    @pytest.mark.rule("M8")
    def test_only_who_may_pay_it_out_sends_one(self, lending: Lending, loan: str, borrower: str) -> None:
        with pytest.raises(Forbidden):
            lending.send_code(loan, lending.branch.officer)
        for person in (lending.branch.officer, lending.branch.manager):
            with pytest.raises(MakerIsChecker):
                lending.send_code(loan, lending.branch.actor("accountant", person_id=person.person_id))
        with pytest.raises(PersonExcluded):
            lending.send_code(loan, replace(lending.accountant, excluded_members=(borrower,)))
        with pytest.raises(NotFound):
            lending.send_code(loan, Branch(lending.branch.harness, "B002", 2).actor("accountant"))

    def test_only_for_an_approved_loan_of_who_has_a_telephone(
        self, lending: Lending, branch: Branch, samity: str, borrower: str, guarantor: str
    ) -> None:
        stands_in = lending.guarantor(guarantor)
        proposed = str(lending.propose(lending.wish(borrower, stands_in))["id"])
        with pytest.raises(LoanNotInState):
            lending.send_code(proposed)
        silent = str(branch.member(samity, mobile=None)["id"])
        approved = lending.approved(lending.wish(silent, stands_in))
        with pytest.raises(TelephoneMissing):
            lending.send_code(approved)
        assert lending.disburse(lending.payout(approved, called_back_by=None))["payout"]["proved_by"] is None


class TestPaying:
    @pytest.mark.rule("L4")
    def test_the_right_code_pays_and_needs_no_call(self, lending: Lending, loan: str) -> None:
        lending.send_code(loan)
        bangla = lending.codes()[-1]["code"].translate(str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"))

        shown = lending.disburse(lending.by_code(loan, bangla))

        assert (shown["state"], shown["payout"]["proved_by"], shown["payout"]["called_back_by"]) == (
            "disbursing",
            "code",
            None,
        )
        lending.take_steps()
        assert lending.file(loan)["payout"]["proved_by"] == "code"
        [asked] = lending.paid_out
        assert set(asked["evidence"]) == {"mark", "witness_id", "photo", "account_last4"}

    @pytest.mark.rule("L4")
    def test_no_loan_is_paid_without_code_or_call(self, lending: Lending, loan: str) -> None:
        with pytest.raises(PayoutCodeNotSent):
            lending.disburse(lending.payout(loan))
        with pytest.raises(PayoutCodeNotSent):
            lending.disburse(lending.by_code(loan, "123456"))
        lending.send_code(loan)
        with pytest.raises(PhoneCallMissing):
            lending.disburse(lending.payout(loan, called_back_by=None))
        with pytest.raises(PhoneCallMissing):
            lending.disburse(lending.by_code(loan, called_back_by=lending.accountant.person_id))
        assert lending.file(loan)["state"] == "approved"

    @pytest.mark.rule("L4")
    def test_a_call_stands_in_for_a_code_that_did_not_arrive_and_is_listed(
        self, lending: Lending, loan: str
    ) -> None:
        lending.send_code(loan)
        lending.disburse(lending.payout(loan))
        payout = lending.file(loan)["payout"]
        assert (payout["proved_by"], payout["called_back_by"]) == (
            "call_back",
            lending.branch.manager.person_id,
        )

    @pytest.mark.rule("L4")
    def test_a_call_stands_in_for_an_hour_only(self, harness: Harness, lending: Lending, loan: str) -> None:
        lending.send_code(loan)
        harness.watch.advance(timedelta(minutes=60))
        with pytest.raises(PayoutCodeExpired):
            lending.disburse(lending.payout(loan))
        lending.send_code(loan)
        harness.watch.advance(timedelta(minutes=59, seconds=59))
        assert lending.disburse(lending.payout(loan))["payout"]["proved_by"] == "call_back"

    @pytest.mark.rule("L4")
    def test_an_institution_may_forbid_the_call(
        self, lending: Lending, loan: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forbidding = LendingLimits(call_for_code=False)
        monkeypatch.setattr(Entrypoints, "lending", forbidding)
        lending.send_code(loan)
        with pytest.raises(PayoutCodeMissing):
            lending.disburse(lending.payout(loan))
        assert lending.disburse(lending.by_code(loan))["state"] == "disbursing"

    @pytest.mark.rule("L4")
    def test_the_same_again_answers_the_same_and_another_code_does_not(
        self, harness: Harness, lending: Lending, loan: str
    ) -> None:
        lending.send_code(loan)
        payout = lending.by_code(loan)
        first = lending.disburse(payout)
        harness.watch.advance(FIVE_MINUTES)
        code = lending.codes()[-1]["code"]
        assert lending.disburse(lending.by_code(loan)) == first
        with pytest.raises(LoanPaidOutAlready):
            lending.disburse(lending.by_code(loan, wrong(code)))
        with pytest.raises(LoanPaidOutAlready):
            lending.disburse(lending.payout(loan))
        lending.take_steps()
        assert lending.disburse(payout)["state"] == "disbursed"
        assert len(lending.paid_out) == 1

    def test_a_payout_that_the_book_refused_needs_another_code(
        self, harness: Harness, lending: Lending, loan: str
    ) -> None:
        def refuse(_command: dict[str, Any]) -> dict[str, Any]:
            raise NotItsDay(on="2026-12-01", open_on="2026-12-02")

        harness.others.answers[PAY_OUT_LOAN] = refuse
        lending.send_code(loan)
        lending.disburse(lending.by_code(loan))
        lending.take_steps()
        assert lending.file(loan)["state"] == "approved"
        for again in (lending.by_code(loan), lending.payout(loan)):
            with pytest.raises(PayoutCodeNotSent):
                lending.disburse(again)

        lending.send_code(loan)
        assert lending.disburse(lending.by_code(loan))["state"] == "disbursing"


class TestCode:
    @pytest.mark.rule("L4")
    def test_five_wrong_tries_and_the_right_one_opens_nothing(self, lending: Lending, loan: str) -> None:
        lending.send_code(loan)
        miss = lending.by_code(loan, wrong(lending.codes()[-1]["code"]))

        found = refusals(lending, miss, 5)

        assert all(isinstance(one, PayoutCodeWrong) for one in found)
        assert [one.facts["tries_left"] for one in found] == [4, 3, 2, 1, 0]
        with pytest.raises(PayoutCodeTriedOut):
            lending.disburse(lending.by_code(loan))
        lending.send_code(loan)
        assert lending.disburse(lending.by_code(loan))["state"] == "disbursing"

    @pytest.mark.rule("L4")
    def test_of_many_tries_at_once_five_are_looked_at(self, lending: Lending, loan: str) -> None:
        lending.send_code(loan)
        miss = lending.by_code(loan, wrong(lending.codes()[-1]["code"]))
        with ThreadPoolExecutor(4) as pool:
            found = [one.code for [one] in pool.map(lambda _: refusals(lending, miss, 1), range(12))]
        assert (found.count("PAYOUT_CODE_WRONG"), found.count("PAYOUT_CODE_TRIED_OUT")) == (5, 7)

    @pytest.mark.rule("L4")
    def test_lasts_five_minutes(self, harness: Harness, lending: Lending, loan: str) -> None:
        lending.send_code(loan)
        harness.watch.advance(FIVE_MINUTES)
        with pytest.raises(PayoutCodeExpired):
            lending.disburse(lending.by_code(loan))

    def test_another_one_ends_the_one_before(self, lending: Lending, loan: str) -> None:
        lending.send_code(loan)
        lending.send_code(loan)
        first, second = (told["code"] for told in lending.codes())
        if first != second:
            with pytest.raises(PayoutCodeWrong):
                lending.disburse(lending.by_code(loan, first))
        assert lending.disburse(lending.by_code(loan, second))["state"] == "disbursing"

    def test_of_one_loan_opens_no_other(
        self, lending: Lending, loan: str, branch: Branch, samity: str, guarantor: str
    ) -> None:
        other = str(branch.member(samity, name_en="Salma Khatun")["id"])
        lending.send_code(loan)
        [hers] = [told["code"] for told in lending.codes()]
        another = lending.approved(lending.wish(other, lending.guarantor(guarantor)))
        if lending.codes()[-1]["code"] != hers:
            with pytest.raises(PayoutCodeWrong):
                lending.disburse(lending.by_code(another, hers))

    def test_is_not_used_up_where_another_proof_fails(self, lending: Lending, loan: str) -> None:
        lending.send_code(loan)
        unfit = lending.by_code(loan) | {
            "evidence": lending.payout(loan)["evidence"] | {"witness_id": an_id(404)}
        }
        with pytest.raises(WitnessUnfit):
            lending.disburse(unfit)
        assert lending.disburse(lending.by_code(loan))["state"] == "disbursing"

    def test_comes_sealed_only(self, lending: Lending, loan: str) -> None:
        lending.send_code(loan)
        with pytest.raises(InvalidPayload):
            lending.disburse(lending.payout(loan, code=lending.codes()[-1]["code"]))

    @pytest.mark.rule("M8")
    def test_is_tried_only_by_who_may_pay(self, lending: Lending, loan: str) -> None:
        lending.send_code(loan)
        acting = lending.branch.actor("accountant", person_id=lending.branch.officer.person_id)
        miss = lending.by_code(loan, wrong(lending.codes()[-1]["code"]))
        with pytest.raises(MakerIsChecker):
            lending.disburse(miss, acting)
        assert refusals(lending, miss, 1)[0].facts["tries_left"] == 4

    def test_neither_number_nor_code_is_anywhere_in_the_database(
        self, urls: Any, lending: Lending, loan: str
    ) -> None:
        lending.send_code(loan)
        code = lending.codes()[-1]["code"]
        shown = lending.disburse(lending.by_code(loan))
        engine = sa.create_engine(urls.owner)
        with engine.connect() as connection:
            found = connection.execute(
                sa.text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
            )
            kept = {
                name: str(connection.execute(sa.text(f'SELECT array_agg(t::text) FROM "{name}" t')).scalar())
                for name in found.scalars()
            }
        engine.dispose()
        assert loan in kept["payout_codes"]
        assert f'"{code}"' not in str(shown)
        said = {name: text for name, text in kept.items() if _stands_in(code, text) or HERS[3:] in text}
        assert said == {}


def _stands_in(code: str, text: str) -> bool:
    """Whether a code is a word of its own: six digits stand by chance within digests, ids and instants."""
    return any(f"{before}{code}{after}" in text for before in '",( ' for after in '",) ')
