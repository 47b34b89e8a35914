"""Events that cannot be handled: tried again with growing pauses, parked, shown, replayed."""

from datetime import timedelta

import sqlalchemy as sa

from chassis import parked, tables
from chassis.housekeeping import KEPT
from chassis.parking import PAUSES, claim, park, settle
from tests.integration.chassis.purse import PURSE_FILLED

CONSUMER = "accounts.note_slip"
EVENT = "5f0f4d70-0000-7000-8000-00000000e001"
BODY = {
    "id": EVENT,
    "name": PURSE_FILLED.name,
    "version": 1,
    "occurred_at": "2026-11-23T06:00:00Z",
    "correlation_id": "c",
    "data": {"id": "5f0f4d70-0000-7000-8000-00000000a001", "amount": "1.00"},
}


def state(harness) -> tuple[str, int]:
    with harness.process.database.transaction() as session:
        return tuple(session.execute(sa.select(tables.parked.c.state, tables.parked.c.attempts)).one())


def test_a_failed_event_waits_for_its_next_try(harness):
    park(harness.process, CONSUMER, BODY, "PURSE_MISSING")
    assert claim(harness.process, [CONSUMER]) == []

    harness.watch.advance(timedelta(seconds=PAUSES[0]))
    [row] = claim(harness.process, [CONSUMER])

    assert (row["event_id"], row["attempts"]) == (EVENT, 1)
    assert claim(harness.process, [CONSUMER]) == []


def test_what_another_process_claimed_and_never_ended_is_claimed_again(harness):
    park(harness.process, CONSUMER, BODY, "PURSE_MISSING")
    harness.watch.advance(timedelta(seconds=PAUSES[0]))
    claim(harness.process, [CONSUMER])

    harness.watch.advance(timedelta(seconds=61))
    assert len(claim(harness.process, [CONSUMER])) == 1


def test_pauses_grow_until_it_is_parked(harness):
    park(harness.process, CONSUMER, BODY, "PURSE_MISSING")
    for pause in PAUSES:
        assert state(harness)[0] == "waiting"
        harness.watch.advance(timedelta(seconds=pause))
        [row] = claim(harness.process, [CONSUMER])
        settle(harness.process, row, "PURSE_MISSING")
    assert state(harness) == ("parked", len(PAUSES) + 1)
    harness.watch.advance(timedelta(days=1))
    assert claim(harness.process, [CONSUMER]) == []


def test_what_can_never_be_read_is_parked_at_once(harness):
    park(harness.process, CONSUMER, "not \x00 json", "Unreadable")
    assert state(harness) == ("parked", 1)


def test_an_operator_sees_and_replays(harness):
    park(harness.process, CONSUMER, BODY, "INVALID_PAYLOAD")
    database = harness.process.database

    [listed] = parked.list_parked(database)
    [shown] = parked.show(database, EVENT)
    two = ("rahima", "karim")
    count = parked.replay(database, EVENT, by=two, reason="samity arrived", now=harness.watch.now())

    assert (listed["fault"], "body" in listed, EVENT in shown["body"]) == ("INVALID_PAYLOAD", False, True)
    assert (count, state(harness)) == (1, ("waiting", 0))
    [row] = harness.audited("replay_parked")
    assert (row["actor_id"], row["facts"]) == ("karim", {"reason": "samity arrived", "asked_by": "rahima"})
    [claimed] = claim(harness.process, [CONSUMER])
    settle(harness.process, claimed, None)
    assert state(harness) == ("done", 1)


def test_what_is_older_than_the_inbox_is_not_replayed(harness):
    park(harness.process, CONSUMER, BODY, "INVALID_PAYLOAD")
    harness.watch.advance(KEPT)
    now = harness.watch.now()
    assert parked.replay(harness.process.database, EVENT, by=("r", "k"), reason="r", now=now) == 0
    assert state(harness)[0] == "parked"


def test_a_redelivery_does_not_begin_the_count_again(harness):
    for _ in range(2):
        park(harness.process, CONSUMER, BODY, "PURSE_MISSING")
    assert state(harness) == ("waiting", 1)
