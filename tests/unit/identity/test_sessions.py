"""The rotation of refresh tokens as a state machine, against a model that knows who holds which token."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from identity.domain.sessions import FIELD, GRACE, OFFICE, Family, Session, Verdict, judge, lifetime_of

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
PHONE, OTHER = "phone", "other"


class Rotation(RuleBasedStateMachine):
    """An honest phone on a bad network, and a thief who has copied some of its tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.family = Family(1, None, PHONE)
        self.revoked = False
        self.held = 1
        self.stolen: set[int] = set()

    def present(self, generation: int, device: str) -> Verdict:
        verdict = judge(self.family, generation=generation, device_id=device, now=self.now)
        if verdict is Verdict.ROTATE:
            self.family = Family(self.family.generation + 1, self.now, PHONE)
        if verdict is Verdict.REVOKE:
            self.revoked = True
        return verdict

    @precondition(lambda self: not self.revoked)
    @rule()
    def refresh_and_hear(self):
        if self.present(self.held, PHONE) is not Verdict.REVOKE:
            self.held = self.family.generation

    @precondition(lambda self: not self.revoked and self.held == self.family.generation)
    @rule(again_after=st.integers(0, 60))
    def lose_the_reply_and_ask_again(self, again_after):
        assert self.present(self.held, PHONE) is Verdict.ROTATE
        self.now += timedelta(seconds=again_after)
        assert self.present(self.held, PHONE) is Verdict.REPEAT
        self.held = self.family.generation

    @precondition(lambda self: not self.revoked)
    @rule()
    def steal(self):
        self.stolen.add(self.held)

    @precondition(lambda self: not self.revoked and self.stolen)
    @rule(data=st.data())
    def use_a_stolen_one_on_another_device(self, data):
        assert self.present(data.draw(st.sampled_from(sorted(self.stolen))), OTHER) is Verdict.REVOKE

    @precondition(lambda self: not self.revoked)
    @rule(data=st.data())
    def use_one_that_was_rotated_long_ago(self, data):
        self.now += GRACE + timedelta(seconds=1)
        if self.family.generation > 1:
            old = data.draw(st.integers(1, self.family.generation - 1))
            assert self.present(old, PHONE) is Verdict.REVOKE

    @rule(seconds=st.integers(1, 3600))
    def wait(self, seconds):
        self.now += timedelta(seconds=seconds)

    @invariant()
    def an_honest_phone_holds_the_newest_token(self):
        assert self.held == self.family.generation


Rotation.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestRotation = Rotation.TestCase


class TestJudge:
    @pytest.mark.parametrize("generation", [3, 5, 99])
    def test_what_was_never_the_one_before_is_theft(self, generation):
        family = Family(4 if generation == 99 else generation + 2, NOW, PHONE)

        assert judge(family, generation=generation, device_id=PHONE, now=NOW) is Verdict.REVOKE

    def test_a_browser_without_a_device_has_the_grace_too(self):
        family = Family(2, NOW, None)

        assert judge(family, generation=1, device_id=None, now=NOW + GRACE) is Verdict.REPEAT
        assert judge(family, generation=1, device_id=PHONE, now=NOW) is Verdict.REVOKE


class TestLifetime:
    @pytest.mark.parametrize(
        ("role", "lifetime"),
        [
            ("field_officer", FIELD),
            ("member", FIELD),
            ("branch_manager", OFFICE),
            ("accountant", OFFICE),
            ("administrator", OFFICE),
            ("auditor", OFFICE),
            ("area_manager", OFFICE),
        ],
    )
    def test_is_long_only_in_the_field(self, role, lifetime):
        assert lifetime_of(role) == lifetime

    def test_is_what_reliability_says(self):
        assert (OFFICE.idle, OFFICE.absolute) == (timedelta(minutes=15), timedelta(hours=12))
        assert (FIELD.idle, FIELD.absolute) == (timedelta(hours=8), timedelta(days=14))

    @pytest.mark.parametrize(
        ("seen", "now", "ended", "is_open"),
        [
            (0, 14, None, True),
            (0, 15, None, False),
            (719, 719.9, None, True),
            (719, 720, None, False),
            (0, 1, 1, False),
        ],
    )
    def test_ends_by_idling_by_the_clock_or_by_hand(self, seen, now, ended, is_open):
        session = Session(
            id="s",
            person_id="p",
            kind="staff",
            role="accountant",
            device_id=None,
            device_name=None,
            generation=1,
            rotated_at=None,
            created_at=NOW,
            last_seen_at=NOW + timedelta(minutes=seen),
            expires_at=NOW + OFFICE.absolute,
            ended_at=None if ended is None else NOW,
        )

        assert session.is_open(NOW + timedelta(minutes=now)) is is_open
