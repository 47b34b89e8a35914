"""Sessions once they are open: refreshed, ended, forgotten."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from contracts.errors import NotFound
from contracts.identity.sessions import SessionEnded
from identity.domain.delays import FORGET
from identity.domain.sessions import Verdict, judge
from identity.operations.doors import Opened, add_tokens
from identity.operations.staff import end_sessions
from identity.repository import Books
from identity.vault import Pair

KEEP_SESSIONS = timedelta(days=35)
"""Sessions are kept so long after their end, for those who ask what happened."""

SWEEP = 1000


def refresh(books: Books, command: dict[str, Any], pair: Pair) -> Opened | None:
    """Rotate a refresh token; None where it was used before and its family has ended with this.

    None is no refusal raised here, because the family's end must be committed.

    Raises:
        SessionEnded: the token is unknown, or its session is over.
    """
    presented = books.sessions.lock_by_refresh(command["refresh_hash"])
    now = books.work.now
    if presented is None or not presented.session.is_open(now):
        raise SessionEnded
    session = presented.session
    verdict = judge(session.family, generation=presented.generation, device_id=command["device_id"], now=now)
    if verdict is Verdict.REVOKE:
        end_sessions(books, session.person_id, only=session.id)
        books.work.audit("revoke_reused_token", session.kind, session.person_id, {"session_id": session.id})
        return None
    if verdict is Verdict.ROTATE:
        session = replace(session, generation=session.generation + 1, rotated_at=now)
    session = replace(session, last_seen_at=now)
    books.sessions.rotate(session)
    add_tokens(books, session, pair)
    return Opened(session, pair)


def end_own(books: Books, session_id: str) -> tuple[str, ...]:
    """End one of the actor's own sessions; one that has ended already stays so.

    Raises:
        NotFound: it is nobody's, or another person's.
    """
    person_id = books.work.actor.person_id
    if not books.sessions.is_of(person_id, session_id):
        raise NotFound(kind="session")
    ended = end_sessions(books, person_id, only=session_id)
    if ended:
        books.work.audit("end_session", books.work.actor.kind, person_id, {"session_id": session_id})
    return ended


def sweep(books: Books) -> int:
    """Forget what is long over: sessions, access tokens, tries. Return how many rows went."""
    now = books.work.now
    gone = books.sessions.forget(before=now - KEEP_SESSIONS, limit=SWEEP)
    gone += books.sessions.forget_access_tokens(before=now, limit=SWEEP)
    return gone + books.tries.forget(before=now - FORGET, limit=SWEEP)
