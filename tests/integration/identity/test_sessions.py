"""Sessions on a real database: rotation, theft, idling, ending at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from contracts.errors import NotFound
from contracts.identity import (
    FIND_SESSION,
    LIST_SESSIONS,
    REFRESH,
    REVOKE_SESSION,
    SESSION_REVOKED,
    SIGN_OUT,
)
from contracts.identity.sessions import SessionEnded
from identity.batch.duties import IdentityBatch
from identity.domain.sessions import FIELD, OFFICE, digest

PHONE = "0f4c3a1e-52a7-4b8e-9a35-2f6d7c8b9a01"


def refresh(town, answer, device_id=None):
    token = town.tokens(answer)["refresh_token"]
    return town.ask(REFRESH, {"refresh_hash": digest(token), "device_id": device_id})


class TestRefresh:
    def test_gives_new_tokens_for_the_same_session(self, town):
        first = town.sign_in("officer", device_id=PHONE)
        second = refresh(town, first, PHONE)

        assert second["session_id"] == first["session_id"]
        assert town.tokens(second) != town.tokens(first)
        assert town.session(second)["username"] == "officer"

    def test_answers_a_lost_reply_again_within_a_minute(self, town):
        first = town.sign_in("officer", device_id=PHONE)
        refresh(town, first, PHONE)
        town.harness.watch.advance(timedelta(seconds=59))
        again = refresh(town, first, PHONE)

        assert town.session(again)
        assert refresh(town, again, PHONE)

    def test_reuse_after_the_minute_ends_the_whole_family(self, town):
        first = town.sign_in("officer", device_id=PHONE)
        newest = refresh(town, first, PHONE)
        town.harness.watch.advance(timedelta(seconds=61))
        with pytest.raises(SessionEnded):
            refresh(town, first, PHONE)

        with pytest.raises(SessionEnded):
            refresh(town, newest, PHONE)
        with pytest.raises(SessionEnded):
            town.session(newest)
        assert town.harness.told(SESSION_REVOKED)[-1]["session_ids"] == [first["session_id"]]

    def test_another_device_ends_the_family_even_within_the_minute(self, town):
        first = town.sign_in("officer", device_id=PHONE)
        with pytest.raises(SessionEnded):
            refresh(town, first, str(uuid4()))

        with pytest.raises(SessionEnded):
            refresh(town, first, PHONE)

    def test_ten_at_once_leave_the_session_open(self, town):
        first = town.sign_in("officer", device_id=PHONE)
        with ThreadPoolExecutor(10) as pool:
            answers = list(pool.map(lambda _: refresh(town, first, PHONE), range(10)))

        assert all(town.session(answer) for answer in answers)
        assert refresh(town, answers[-1], PHONE)

    def test_an_unknown_token_is_refused(self, town):
        with pytest.raises(SessionEnded):
            town.ask(REFRESH, {"refresh_hash": digest("made up"), "device_id": None})


class TestFindSession:
    def test_forgets_an_access_token_when_it_expires(self, town):
        answer = town.sign_in("officer", device_id=PHONE)
        town.harness.watch.advance(FIELD.access)

        with pytest.raises(SessionEnded):
            town.session(answer)
        assert refresh(town, answer, PHONE)

    def test_a_desk_left_alone_is_signed_out(self, town):
        answer = town.sign_in("accountant")
        town.harness.watch.advance(OFFICE.idle)

        with pytest.raises(SessionEnded):
            refresh(town, answer)

    def test_a_desk_in_use_stays_signed_in_until_the_day_is_over(self, town):
        answer = town.sign_in("accountant")
        for _ in range(int(OFFICE.absolute / timedelta(minutes=10)) - 1):
            town.harness.watch.advance(timedelta(minutes=10))
            assert town.session(answer)
            answer = refresh(town, answer)
        town.harness.watch.advance(timedelta(minutes=10))

        with pytest.raises(SessionEnded):
            town.session(answer)
        with pytest.raises(SessionEnded):
            refresh(town, answer)

    def test_an_unknown_token_is_nobodys(self, town):
        with pytest.raises(SessionEnded):
            town.ask(FIND_SESSION, {"access_hash": digest("made up")})

    def test_only_hashes_are_kept(self, town):
        tokens = town.tokens(town.sign_in("accountant"))
        with town.harness.process.database.transaction() as session:
            kept = session.execute(
                sa.text(
                    "SELECT string_agg(t::text, ' ') FROM (SELECT a::text AS t FROM access_tokens a UNION ALL"
                    " SELECT r::text FROM refresh_tokens r UNION ALL SELECT o::text FROM outbox o"
                    " UNION ALL SELECT u::text FROM audit u) all_rows"
                )
            ).scalar_one()

        assert tokens["access_token"] not in kept
        assert tokens["refresh_token"] not in kept


class TestOwnSessions:
    def test_are_listed_with_the_one_in_hand_marked(self, town):
        first = town.sign_in("accountant")
        actor = town.actor(town.sign_in("accountant"))

        items = {item["id"]: item["current"] for item in town.ask(LIST_SESSIONS, {}, actor)["items"]}
        assert items[actor.session_id] is True
        assert items[first["session_id"]] is False

    def test_another_of_ones_own_is_ended(self, town):
        first = town.sign_in("accountant")
        actor = town.actor(town.sign_in("accountant"))
        town.ask(REVOKE_SESSION, {"session_id": first["session_id"]}, actor)

        with pytest.raises(SessionEnded):
            town.session(first)
        assert town.harness.told(SESSION_REVOKED)[-1]["session_ids"] == [first["session_id"]]

    def test_signing_out_twice_is_no_error(self, town):
        actor = town.actor(town.sign_in("accountant"))
        body = {"session_id": actor.session_id}

        assert town.ask(SIGN_OUT, body, actor)["session_ids"] == [actor.session_id]
        assert town.ask(SIGN_OUT, body, actor)["session_ids"] == []

    def test_another_persons_session_is_not_found(self, town):
        theirs = town.sign_in("manager")
        actor = town.actor(town.sign_in("accountant"))

        with pytest.raises(NotFound):
            town.ask(REVOKE_SESSION, {"session_id": theirs["session_id"]}, actor)
        assert town.session(theirs)


def test_what_is_long_over_is_swept_away_and_what_is_open_stays(town):
    town.sign_in("accountant")
    town.harness.watch.advance(timedelta(days=50))
    answer = town.sign_in("officer", device_id=PHONE)
    town.harness.tick("sweep", by=IdentityBatch)

    with town.harness.process.database.transaction() as session:
        left = session.execute(sa.text("SELECT count(*) FROM sessions")).scalar_one()
    assert left == 1
    assert town.session(answer)


@pytest.mark.rule("P7")
def test_a_session_tells_for_a_day_that_its_holder_is_a_new_administrator(town):
    town.hire("administrator", "HO", username="newcomer")
    assert town.session(town.sign_in("newcomer"))["is_new"]
    assert not town.session(town.sign_in("manager"))["is_new"]
    town.harness.watch.advance(timedelta(hours=23, minutes=59))
    assert town.session(town.sign_in("newcomer"))["is_new"]
    town.harness.watch.advance(timedelta(minutes=1))
    assert not town.session(town.sign_in("newcomer"))["is_new"]


class TestLimits:
    @pytest.mark.parametrize(
        ("who", "limits"),
        [
            (
                "manager",
                {
                    "withdrawal:approve": "20000.00",
                    "closing:approve": "50000.00",
                    "correction:approve": "5000.00",
                    "loan:approve": "100000.00",
                    "voucher:approve": "100000.00",
                    "settlement:approve": "100000.00",
                },
            ),
            ("officer", {}),
        ],
    )
    def test_a_session_tells_up_to_which_amount_its_holder_may_allow(self, town, who, limits):
        session = town.session(town.sign_in(who))

        assert {limit["permission"]: limit["amount"] for limit in session["limits"]} == limits
