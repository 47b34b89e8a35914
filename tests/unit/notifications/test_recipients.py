"""To whom a message may go: the whole table of kind, consent, number and wish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.notifications import KINDS as PROMISED
from notifications.domain.attempts import MOST, pause_after
from notifications.domain.kinds import DEPOSIT_CONFIRMED, KINDS, SAVINGS_OPENED
from notifications.domain.recipients import Recipient, is_written, mask, standing

kinds = st.sampled_from(sorted(KINDS.values(), key=lambda kind: kind.name))
CANNOT_BE_SWITCHED_OFF = {
    "nothing_received",
    "row_changed",
    "entry_reversed",
    "login_changed",
    "number_change_asked",
    "number_changed",
    "number_code",
    "payout_code",
    "withdrawal_requested",
    "withdrawal_approved",
    "withdrawal_paid",
    "account_closed",
    "correction_posted",
    "loan_paid_out",
    "loan_closed",
    "membership_ended",
    "savings_moved",
    "counter_money",
    "accounts_moved",
    "loan_rescheduled",
    "complaint_acknowledged",
    "complaint_answered",
}


def recipient(**given_):
    return Recipient(
        **{
            "member_id": "m",
            "code": "001-0001.00012",
            "branch_id": "b",
            "mobile": "hidden",
            "consents": True,
            "detail": "full",
            "confirmations": True,
            "language": "bn",
        }
        | given_
    )


class TestKinds:
    def test_are_those_of_the_contract(self):
        assert set(KINDS) == set(PROMISED)

    @pytest.mark.rule("P2")
    def test_those_of_rule_p2_have_a_recorded_duty_and_no_switch(self):
        duty = {name for name, kind in KINDS.items() if kind.duty}

        assert duty == CANNOT_BE_SWITCHED_OFF
        assert not any(KINDS[name].is_confirmation for name in duty)

    @pytest.mark.rule("P10")
    def test_every_kind_names_its_purpose(self):
        assert all(kind.purpose for kind in KINDS.values())


class TestIsWritten:
    @pytest.mark.rule("P2")
    @given(kind=kinds, detail=st.sampled_from(["full", "no_balances", "see_book"]), consents=st.booleans())
    def test_only_confirmations_can_be_switched_off(self, kind, detail, consents):
        off = recipient(confirmations=False, detail=detail, consents=consents)

        assert is_written(kind, off) is (kind is not DEPOSIT_CONFIRMED)
        assert is_written(kind, recipient())


class TestStanding:
    @pytest.mark.rule("P10")
    @pytest.mark.parametrize("kind", [DEPOSIT_CONFIRMED, SAVINGS_OPENED])
    def test_without_consent_and_duty_it_is_left_out_and_counted(self, kind):
        assert standing(kind, has_number=True, consents=False) == "no_consent"

    @pytest.mark.rule("P2")
    @pytest.mark.parametrize("name", sorted(CANNOT_BE_SWITCHED_OFF))
    def test_a_duty_does_not_wait_for_consent(self, name):
        assert standing(KINDS[name], has_number=True, consents=False) == "waiting"

    @given(kind=kinds)
    def test_without_a_number_nothing_goes_out(self, kind):
        assert standing(kind, has_number=False, consents=True) == "no_number"


class TestMask:
    @given(number=st.from_regex(r"\+8801[3-9][0-9]{8}", fullmatch=True))
    def test_shows_country_and_last_three_digits_only(self, number):
        masked = mask(number)

        assert (masked[:4], masked[-3:], len(masked)) == ("+880", number[-3:], 14)
        assert not any(letter.isdigit() for letter in masked[4:-3])


class TestPauses:
    def test_grow_and_end(self):
        pauses = [pause_after(attempt) for attempt in range(1, MOST + 1)]

        assert pauses[-1] is None
        assert pauses[:-1] == sorted(pauses[:-1])
