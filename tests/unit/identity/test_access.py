"""Standing of staff, the tree of offices, and the life of a login: pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.permissions import Role
from identity.domain.access import HOLD, StaffPerson, approves_from, may_work, status_of
from identity.domain.logins import (
    Code,
    Login,
    may_be_tried,
    when_approved,
    when_declined,
    when_proposed,
    when_reactivated,
    when_suspended,
)
from identity.domain.offices import LEVELS, is_within, may_hang_below, may_work_at, path_below

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PERSON = StaffPerson(
    id="p",
    username="rahima",
    name_bn="রহিমা",
    name_en="Rahima",
    mobile=None,
    declared_members=(),
    status="active",
    founding=False,
    active_since=NOW,
    held_until=None,
    fingerprint="",
    version=1,
    role="accountant",
    office_id="o",
    from_on=date(2026, 1, 1),
)


class TestMayWork:
    @pytest.mark.parametrize("status", ["proposed", "off", "declined"])
    def test_only_who_is_switched_on(self, status):
        assert not may_work(replace(PERSON, status=status), now=NOW, today=TODAY)
        assert may_work(PERSON, now=NOW, today=TODAY)

    def test_a_hold_lapses_by_itself(self):
        held = replace(PERSON, held_until=NOW + HOLD)

        assert status_of(held, now=NOW + HOLD - timedelta(seconds=1)) == "held"
        assert status_of(held, now=NOW + HOLD) == "active"

    def test_a_hold_does_not_hide_that_the_access_is_off(self):
        off = replace(PERSON, status="off", held_until=NOW + HOLD)

        assert status_of(off, now=NOW) == "off"

    @pytest.mark.parametrize(
        ("from_on", "to_on", "works"),
        [
            (TODAY, None, True),
            (TODAY + timedelta(days=1), None, False),
            (TODAY - timedelta(days=9), TODAY, True),
            (TODAY - timedelta(days=9), TODAY - timedelta(days=1), False),
        ],
    )
    def test_only_within_the_days_of_the_posting(self, from_on, to_on, works):
        posted = replace(PERSON, from_on=from_on, to_on=to_on)

        assert may_work(posted, now=NOW, today=TODAY) is works

    @pytest.mark.rule("P7")
    def test_a_new_approver_waits_a_day_and_a_founder_does_not(self):
        assert approves_from(active_since=NOW, founding=False) == NOW + timedelta(hours=24)
        assert approves_from(active_since=NOW, founding=True) == NOW


class TestOffices:
    @given(below=st.sampled_from(LEVELS), above=st.sampled_from(LEVELS))
    def test_hang_strictly_downwards(self, below, above):
        assert not (may_hang_below(below, above) and may_hang_below(above, below))
        assert not may_hang_below(above, above)

    def test_levels_may_be_left_out(self):
        assert may_hang_below("branch", "head_office")

    def test_a_scope_does_not_reach_a_code_that_begins_alike(self):
        branch = path_below("/HO/A01/", "001")

        assert is_within(branch, "/HO/A01/")
        assert not is_within("/HO/A011/001/", "/HO/A01/")

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.MEMBER])
    def test_every_role_of_the_staff_has_a_place(self, role):
        assert any(may_work_at(role, level) for level in LEVELS)


class TestLogin:
    @pytest.mark.rule("P1")
    @given(status=st.sampled_from(Login))
    def test_nothing_becomes_active_without_her(self, status):
        after = {when_proposed(status), when_approved(status), when_declined(status)} - {status}

        assert Login.ACTIVE not in after

    @pytest.mark.rule("P6")
    def test_what_was_suspended_or_ended_is_not_issued(self):
        for status in (Login.TEMP_OFF, Login.REVOKED):
            assert when_proposed(status) is None
            assert when_approved(status) is None
            assert when_suspended(status) is None

    @given(status=st.sampled_from(Login), has_pin=st.booleans())
    def test_only_what_is_suspended_is_reactivated(self, status, has_pin):
        assert (when_reactivated(status, has_pin=has_pin) is not None) == (status is Login.TEMP_OFF)

    def test_ended_is_for_ever(self):
        assert when_declined(Login.REVOKED) is Login.REVOKED
        assert when_reactivated(Login.REVOKED, has_pin=True) is None

    @pytest.mark.parametrize(
        ("code", "opens"),
        [
            (None, False),
            (Code("h", NOW + timedelta(seconds=1), 1), True),
            (Code("h", NOW, 1), False),
            (Code("h", NOW + timedelta(seconds=1), 0), False),
        ],
    )
    @pytest.mark.rule("P1")
    def test_a_code_is_used_in_time_and_not_tried_too_often(self, code, opens):
        assert may_be_tried(code, now=NOW) is opens
