"""Who may become a member, and what must be said and agreed to first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.admission import (
    AdmissionLimits,
    Consent,
    Guardian,
    Nominee,
    check_age,
    check_consents,
    check_nominees,
)
from accounts.domain.calendar import age_on
from contracts.accounts import PURPOSES
from contracts.accounts.errors import AgeOutsideLimits, ConsentMissing, GuardianMissing, SharesNotHundred
from contracts.errors import InvalidPayload, ServiceError

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

births = st.dates(date(1930, 1, 1), TODAY)
shares = st.lists(st.integers(1, 100), min_size=1, max_size=10)


def grown(share: int) -> Nominee:
    return Nominee("করিম শেখ", "স্বামী", date(1988, 5, 1), share)


def child(share: int) -> Nominee:
    return Nominee("সুমাইয়া", "মেয়ে", date(2015, 4, 1), share)


def answer(purpose: str, *, given: bool = True) -> Consent:
    return Consent(purpose, given, "2026-07", "bn", "Rafiqul", "thumb", "করিম শেখ", NOW - timedelta(hours=1))


def refusal_of(function, *arguments, **named) -> ServiceError | None:
    try:
        function(*arguments, **named)
    except ServiceError as error:
        return error
    return None


class TestAge:
    @given(births)
    def test_only_the_limits_decide(self, birth_on: date):
        refused = refusal_of(check_age, birth_on, today=TODAY, limits=AdmissionLimits())
        assert (refused is None) == (18 <= age_on(birth_on, TODAY) <= 60)

    def test_names_the_limits_that_are_set(self):
        with pytest.raises(AgeOutsideLimits) as refusal:
            check_age(date(2000, 1, 1), today=TODAY, limits=AdmissionLimits(youngest=30, oldest=65))
        assert refusal.value.facts == {"field": "birth_on", "youngest": 30, "oldest": 65}


class TestNominees:
    @given(shares)
    def test_shares_make_a_hundred(self, parts: list[int]):
        refused = refusal_of(check_nominees, [grown(part) for part in parts], today=TODAY)
        assert (refused is None) == (sum(parts) == 100)
        if refused is not None:
            assert isinstance(refused, SharesNotHundred)
            assert refused.facts["total"] == sum(parts)

    def test_a_child_needs_a_guardian_by_name(self):
        with pytest.raises(GuardianMissing) as refusal:
            check_nominees([grown(50), child(50)], today=TODAY)
        assert refusal.value.facts == {"field": "nominees.1.guardian", "nominee": "সুমাইয়া"}
        check_nominees([grown(50), replace(child(50), guardian=Guardian("করিম শেখ", "বাবা"))], today=TODAY)

    def test_who_comes_of_age_today_needs_none(self):
        check_nominees([replace(child(100), birth_on=date(2008, 11, 23))], today=TODAY)

    def test_nobody_unborn(self):
        with pytest.raises(InvalidPayload):
            check_nominees([replace(child(100), birth_on=TODAY + timedelta(days=1))], today=TODAY)


class TestConsents:
    @pytest.mark.rule("P10")
    @given(st.permutations(PURPOSES), st.sets(st.sampled_from(PURPOSES)), st.sets(st.sampled_from(PURPOSES)))
    def test_every_purpose_is_answered_and_membership_agreed_to(
        self, order: list[str], answered: set[str], agreed: set[str]
    ):
        consents = [answer(purpose, given=purpose in agreed) for purpose in order if purpose in answered]
        refused = refusal_of(check_consents, consents, purposes=PURPOSES, now=NOW)

        complete = answered == set(PURPOSES) and "membership" in agreed
        assert (refused is None) == complete
        assert refused is None or isinstance(refused, ConsentMissing)

    @pytest.mark.rule("P10")
    def test_two_answers_to_one_purpose_are_none(self):
        twice = [answer(purpose) for purpose in (*PURPOSES, "photo")]
        with pytest.raises(InvalidPayload):
            check_consents(twice, purposes=PURPOSES, now=NOW)

    def test_nobody_agrees_in_the_future_but_a_phone_may_be_ahead(self):
        ahead = [replace(answer(purpose), at=NOW + timedelta(minutes=10)) for purpose in PURPOSES]
        check_consents(ahead, purposes=PURPOSES, now=NOW)
        with pytest.raises(InvalidPayload):
            check_consents(ahead, purposes=PURPOSES, now=NOW - timedelta(seconds=1))
