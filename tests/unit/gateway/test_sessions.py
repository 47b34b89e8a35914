"""What the gateway remembers of sessions: for moments, and never past a revocation."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.errors import Unauthenticated
from contracts.identity import SESSION_CHANGED, SESSION_REVOKED
from gateway.auth import Sessions, safe_next
from gateway.auth.sessions import hash_of
from tests.support.gateway import SESSION, session_of

NOON = datetime(2026, 11, 23, 6, tzinfo=UTC)
REVOKED = {"session_ids": [SESSION], "person_id": "p"}


class Identity:
    """Answers whose token it is, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.expires_at = "2100-01-01T00:00:00.000000Z"

    def find(self, token_hash: str) -> dict[str, object]:
        self.asked.append(token_hash)
        return session_of("accountant") | {"expires_at": self.expires_at}


@pytest.fixture
def identity() -> Identity:
    return Identity()


@pytest.fixture
def sessions() -> Sessions:
    made = Sessions()
    made.attend()
    return made


def ask(sessions: Sessions, identity: Identity, *, after: float = 0, token: str = "t") -> int:
    sessions.of_token(token, now=NOON + timedelta(seconds=after), find=identity.find)
    return len(identity.asked)


def test_identity_sees_the_hash_only(sessions: Sessions, identity: Identity) -> None:
    ask(sessions, identity, token="a token")

    assert identity.asked == [hash_of("a token")]


def test_remembers_for_thirty_seconds(sessions: Sessions, identity: Identity) -> None:
    assert [ask(sessions, identity, after=seconds) for seconds in (0, 29.9, 30)] == [1, 1, 2]


def test_never_remembers_beyond_the_session(sessions: Sessions, identity: Identity) -> None:
    identity.expires_at = "2026-11-23T06:00:10.000000Z"

    assert [ask(sessions, identity, after=seconds) for seconds in (0, 9)] == [1, 1]
    with pytest.raises(Unauthenticated):
        ask(sessions, identity, after=10)


def test_forgets_at_once_what_is_revoked(sessions: Sessions, identity: Identity) -> None:
    ask(sessions, identity)
    sessions.hear(SESSION_REVOKED.name, REVOKED)

    assert ask(sessions, identity) == 2


def test_keeps_the_sessions_of_others(sessions: Sessions, identity: Identity) -> None:
    ask(sessions, identity)
    sessions.hear(SESSION_REVOKED.name, {"session_ids": ["another"], "person_id": "p"})

    assert ask(sessions, identity) == 1


def test_an_answer_overtaken_by_a_revocation_is_not_remembered(
    sessions: Sessions, identity: Identity
) -> None:
    def slow(token_hash: str) -> dict[str, object]:
        answer = identity.find(token_hash)
        sessions.hear(SESSION_REVOKED.name, REVOKED)
        return answer

    sessions.of_token("t", now=NOON, find=slow)

    assert ask(sessions, identity) == 2


def test_remembers_nothing_while_revocations_cannot_arrive(sessions: Sessions, identity: Identity) -> None:
    ask(sessions, identity)
    sessions.lose()

    assert [ask(sessions, identity) for _ in range(2)] == [2, 3]

    sessions.attend()
    assert [ask(sessions, identity) for _ in range(2)] == [4, 4]


@pytest.mark.parametrize("token", ["", "x" * 201])
def test_what_is_no_token_is_not_even_asked_for(sessions: Sessions, identity: Identity, token: str) -> None:
    with pytest.raises(Unauthenticated):
        ask(sessions, identity, token=token)
    assert identity.asked == []


@pytest.mark.parametrize(
    ("address", "goes_to"),
    [
        ("/members?after=3", "/members?after=3"),
        (None, "/"),
        ("", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/ok\\..", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("members", "/"),
    ],
)
def test_one_is_sent_on_to_pages_of_our_own_only(address: str | None, goes_to: str) -> None:
    assert safe_next(address) == goes_to


def test_an_actor_carries_up_to_which_amount_he_may_allow(sessions: Sessions, identity: Identity) -> None:
    limits = [{"permission": "handover:authorise", "amount": "20000.00"}]

    session = sessions.of_token("t", now=NOON, find=lambda key: identity.find(key) | {"limits": limits})

    [actor], [other] = session.actors("handover:authorise"), session.actors("approval:read")
    assert actor.limit == 20_000_00
    assert other.limit_of("handover:authorise") == 20_000_00
    assert other.limit_of("reversal:approve") is None
    assert session.actors("office:open") == ()


ACTING = {
    "id": "01a20857-0000-7000-8000-00000000d001",
    "role": "branch_manager",
    "permissions": ["approval:read", "member:approve", "loan:approve"],
    "office_id": "01a20857-0000-7000-8000-00000000b001",
    "office_path": "/HO/A01/B001/",
    "office_name_bn": "মিরপুর শাখা",
    "office_name_en": "Mirpur branch",
    "limits": [{"permission": "loan:approve", "amount": "100000.00"}],
    "to_on": "2026-12-05",
}


@pytest.mark.rule("M8")
def test_who_acts_for_another_uses_that_posts_role_and_limits_and_stays_the_same_person(
    sessions: Sessions, identity: Identity
) -> None:
    session = sessions.of_token("t", now=NOON, find=lambda key: identity.find(key) | {"acting": [ACTING]})

    [approving] = session.actors("loan:approve")
    assert (approving.role, approving.limit, approving.person_id) == (
        "branch_manager",
        100_000_00,
        session.person_id,
    )
    [counting] = session.actors("handover:count")
    assert (counting.role, counting.person_id) == ("accountant", session.person_id)
    assert [actor.role for actor in session.actors("approval:read")] == ["branch_manager", "accountant"]
    assert {"member:approve", "handover:count"} <= session.permissions


def test_the_wider_post_is_tried_first_and_the_own_one_before_another_of_its_kind(
    sessions: Sessions, identity: Identity
) -> None:
    area = ACTING | {"role": "area_manager", "office_path": "/HO/A01/"}
    neighbour = ACTING | {"role": "accountant", "office_path": "/HO/A01/B002/"}
    session = sessions.of_token(
        "t", now=NOON, find=lambda key: identity.find(key) | {"acting": [neighbour, area]}
    )

    assert [actor.office_path for actor in session.actors("approval:read")] == [
        "/HO/A01/",
        "/HO/A01/B001/",
        "/HO/A01/B002/",
    ]


def test_forgets_at_once_what_is_changed(sessions: Sessions, identity: Identity) -> None:
    ask(sessions, identity)
    sessions.hear(SESSION_CHANGED.name, REVOKED)

    assert ask(sessions, identity) == 2


@pytest.mark.rule("P7")
def test_an_actor_says_that_he_is_new(sessions: Sessions, identity: Identity) -> None:
    new = sessions.of_token("n", now=NOON, find=lambda key: identity.find(key) | {"is_new": True})
    old = sessions.of_token("o", now=NOON, find=identity.find)
    assert [one.actors("approval:read")[0].is_new for one in (new, old)] == [True, False]
