"""Sessions: found, refreshed, listed, ended."""

from collections.abc import Mapping
from typing import Any

from chassis.serving import serve
from contracts.identity import FIND_SESSION, LIST_SESSIONS, REFRESH, REVOKE_SESSION, SIGN_OUT
from contracts.identity.sessions import SessionEnded
from identity.operations import sessions
from identity.queries import sessions as questions
from identity.service.base import Room
from identity.vault import draw_pair

Answer = Mapping[str, Any]


class SessionRoom(Room):
    """What becomes of a session once it is open."""

    @serve(FIND_SESSION)
    def find_session(self, command: dict[str, Any]) -> Answer:
        """Say who holds an access token."""
        with self.books() as books:
            return questions.find_session(books, command["access_hash"])

    @serve(REFRESH)
    def refresh(self, command: dict[str, Any]) -> Answer:
        """Rotate a refresh token."""
        with self.books() as books:
            opened = sessions.refresh(books, command, draw_pair())
        if opened is None:
            raise SessionEnded
        return self.tokens_of(opened)

    @serve(SIGN_OUT)
    def sign_out(self, command: dict[str, Any]) -> Answer:
        """End the actor's own session."""
        return self._end(command["session_id"])

    @serve(REVOKE_SESSION)
    def revoke_session(self, command: dict[str, Any]) -> Answer:
        """End another of the actor's own sessions."""
        return self._end(command["session_id"])

    @serve(LIST_SESSIONS)
    def list_sessions(self, command: dict[str, Any]) -> Answer:
        """List the actor's own open sessions."""
        del command
        with self.books() as books:
            return questions.list_sessions(books)

    def _end(self, session_id: str) -> Answer:
        with self.books() as books:
            return {"session_ids": list(sessions.end_own(books, session_id))}
