"""Deadlines and correlation ids as they come in; permissions as the table has them."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis.admission import LONGEST_WAIT, check_permission, read_correlation_id, read_deadline
from chassis.config import spell_driver
from contracts.actor import Actor
from contracts.errors import DeadlinePassed, Forbidden

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)


def test_a_deadline_ahead_is_kept():
    assert read_deadline(NOW_MS + 1500, NOW) == NOW + timedelta(milliseconds=1500)


@pytest.mark.parametrize("value", [NOW_MS, NOW_MS - 1, 0, -5])
def test_a_deadline_behind_is_refused(value: int):
    with pytest.raises(DeadlinePassed):
        read_deadline(value, NOW)


def test_nobody_waits_for_ever():
    assert read_deadline(10**18, NOW) == NOW + LONGEST_WAIT


@pytest.mark.parametrize("value", [None, "soon", True, 1.5])
def test_what_is_no_deadline_is_none(value: object):
    assert read_deadline(value, NOW) is None


@pytest.mark.parametrize("value", ["", "x" * 65, "a\nb", "রহিমা", 7, None])
def test_a_correlation_id_that_could_forge_a_log_line_is_not_taken(value: object):
    assert read_correlation_id({"correlation_id": value}) is None
    assert read_correlation_id({"correlation_id": "req-1"}) == "req-1"


@pytest.mark.parametrize(
    ("role", "signed_for", "needed"),
    [
        ("auditor", "sheet:submit", "sheet:submit"),
        ("field_officer", "sheet:read", "sheet:submit"),
        ("field_officer", None, "sheet:submit"),
        (None, "sheet:submit", "sheet:submit"),
        ("owner", "sheet:submit", "sheet:submit"),
    ],
)
def test_role_and_signature_must_both_hold_the_permission(role, signed_for, needed):
    with pytest.raises(Forbidden):
        check_permission(Actor(person_id="a", kind="staff", role=role, permission=signed_for), needed)


def test_the_right_one_comes_in():
    check_permission(
        Actor(person_id="a", kind="staff", role="field_officer", permission="sheet:submit"), "sheet:submit"
    )
    check_permission(Actor.of_service("gateway"), None)


@pytest.mark.parametrize(
    ("url", "spelt"),
    [
        ("postgresql://a:b@c/d", "postgresql+psycopg2://a:b@c/d"),
        ("postgres://a@c/d", "postgresql+psycopg2://a@c/d"),
        ("postgresql+psycopg2://a@c/d", "postgresql+psycopg2://a@c/d"),
    ],
)
def test_the_driver_is_spelt_out(url: str, spelt: str):
    assert spell_driver(url) == spelt
