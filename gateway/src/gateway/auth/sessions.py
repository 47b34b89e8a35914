"""Access tokens and whose they are: asked of identity, remembered briefly, forgotten when revoked."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from contracts.errors import Unauthenticated
from contracts.identity import SESSION_CHANGED, SESSION_REVOKED
from gateway.auth.session import Session

REMEMBERED_FOR = timedelta(seconds=30)
REMEMBERED_AT_MOST = 20_000
LONGEST_TOKEN = 200

Find = Callable[[str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A session and until when it need not be asked for again."""

    session: Session
    until: datetime


class Sessions:
    """The sessions of one gateway process, by the hash of their access token (architecture §7).

    What identity said is believed for at most 30 seconds, and only while its revocations reach us: when the
    broker is lost everything is forgotten, and nothing is remembered until broadcasts arrive again.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._remembered: dict[str, Remembered] = {}
        self._attending = False
        self._revocations = 0

    def of_token(self, token: str, *, now: datetime, find: Find) -> Session:
        """Return whose token it is.

        Args:
            token: The access token as it was sent.
            now: The present instant.
            find: Asks identity by the token's SHA-256 in hexadecimal.

        Raises:
            Unauthenticated: nobody's, or its session has ended.
        """
        if not 1 <= len(token) <= LONGEST_TOKEN:
            raise Unauthenticated
        token_hash = hash_of(token)
        remembered = self._remembered.get(token_hash)
        if remembered is not None and now < remembered.until:
            return remembered.session
        seen = self._revocations
        session = Session.of(find(token_hash))
        if session.expires_at <= now:
            raise Unauthenticated
        self._remember(token_hash, session, now, seen)
        return session

    def hear(self, event: str, data: dict[str, Any]) -> None:
        """Forget what identity has revoked, and what it says anew."""
        if event in {SESSION_REVOKED.name, SESSION_CHANGED.name}:
            self.forget(frozenset(data["session_ids"]))

    def forget(self, session_ids: frozenset[str]) -> None:
        """Forget some sessions; an answer that is just on its way is not remembered either."""
        with self._lock:
            self._revocations += 1
            self._remembered = {
                key: kept
                for key, kept in self._remembered.items()
                if kept.session.session_id not in session_ids
            }

    def attend(self) -> None:
        """Begin anew: revocations arrive from now on."""
        self._clear(attending=True)

    def lose(self) -> None:
        """Remember nothing: revocations may pass us by."""
        self._clear(attending=False)

    def _clear(self, *, attending: bool) -> None:
        with self._lock:
            self._attending = attending
            self._revocations += 1
            self._remembered = {}

    def _remember(self, token_hash: str, session: Session, now: datetime, seen: int) -> None:
        with self._lock:
            if not self._attending or seen != self._revocations:
                return
            if len(self._remembered) >= REMEMBERED_AT_MOST:
                self._remembered = {}
            self._remembered[token_hash] = Remembered(session, min(now + REMEMBERED_FOR, session.expires_at))


def hash_of(token: str) -> str:
    """Return the form in which a token is known outside the person's own device."""
    return hashlib.sha256(token.encode()).hexdigest()
