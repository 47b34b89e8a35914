"""All promises together: nobody calls whom he may not, nothing is told to nobody."""

import pytest

from contracts.calls import GATEWAY
from contracts.permissions import ALL_PERMISSIONS, PERMISSIONS, Role, permits
from contracts.registry import ALL_EVENTS, ALL_METHODS, SERVICES, events_heard_by

MAY_CALL = {("identity", "notifications"), ("accounts", "transactions")}
MOVES_MONEY = {
    "sheet:submit", "handover:count", "handover:authorise", "deposit:post", "reversal:propose",
    "reversal:approve", "shortage:accept", "unallocated:resolve", "cash:count", "cash:confirm",
    "handover:declare", "day:close", "day:open",
}  # fmt: skip


def test_methods_have_names_of_their_own():
    keys = [method.key for method in ALL_METHODS]
    assert len(keys) == len(set(keys))
    assert {method.service for method in ALL_METHODS} == set(SERVICES)


@pytest.mark.parametrize("method", ALL_METHODS, ids=lambda method: method.key)
def test_a_method_is_called_by_whom_the_map_allows(method):
    for caller in method.callers - {GATEWAY}:
        assert (caller, method.service) in MAY_CALL or not method.changes
    assert method.permission is None or method.permission in ALL_PERMISSIONS
    assert 0 < method.timeout <= 60


@pytest.mark.parametrize("event", ALL_EVENTS, ids=lambda event: f"{event.service}.{event.name}")
def test_an_event_is_heard_by_someone(event):
    assert bool(event.consumers) != event.broadcast
    assert {consumer.split(".")[0] for consumer in event.consumers} <= set(SERVICES)
    assert event.service not in {consumer.split(".")[0] for consumer in event.consumers}


def test_each_service_hears_its_own_events_only():
    assert sum(len(events_heard_by(service)) for service in SERVICES) == sum(
        len(event.consumers) for event in ALL_EVENTS
    )


@pytest.mark.rule("P7")
def test_the_administrator_has_no_verb_that_moves_money():
    assert PERMISSIONS[Role.ADMINISTRATOR].isdisjoint(MOVES_MONEY)
    assert MOVES_MONEY <= ALL_PERMISSIONS


@pytest.mark.rule("P1")
def test_an_officer_neither_issues_nor_approves_a_login():
    assert {p for p in PERMISSIONS[Role.FIELD_OFFICER] if p.startswith("login:")} == set()
    assert permits("accountant", "login:issue")
    assert not permits("accountant", "login:approve")
    assert not permits("branch_manager", "login:issue")


@pytest.mark.parametrize(
    ("role", "permission"), [("", "office:read"), ("root", "office:read"), ("member", "day:close")]
)
def test_nobody_else_may(role: str, permission: str):
    assert not permits(role, permission)
