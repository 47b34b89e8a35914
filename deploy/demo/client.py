"""A person at the HTTP door: signs in and asks, with nothing that a browser or the app does not have."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import requests

OK = range(200, 300)
SIGN_IN = 401
AWAY = 503
PATIENCE_SECONDS = 30


class Refused(Exception):
    """The gateway said no; carries its status and problem document."""

    def __init__(self, request: str, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{request}: {status} {problem}")
        self.status = status
        self.code = problem.get("code")
        self.problem = problem


@dataclass(slots=True)
class Person:
    """One signed-in person; when the access token has run out, the refresh token brings the next pair."""

    base_url: str
    web: requests.Session
    device: str | None = None
    refresh_token: str | None = None
    _renewing: Lock = field(default_factory=Lock, repr=False)

    @classmethod
    def arrive(cls, base_url: str, device: str | None = None) -> Person:
        """Somebody who has not signed in yet."""
        web = requests.Session()
        web.headers["Accept-Language"] = "en"
        if device:
            web.headers["X-Device-Id"] = device
        return cls(base_url, web, device)

    def sign_in_staff(self, username: str, password: str) -> Person:
        """Sign in as staff."""
        return self.take(self.post("/auth/staff", {"username": username, "password": password}))

    def choose_password(self, username: str, one_time: str, password: str) -> Person:
        """Turn the one-time password of a slip into one's own, and be signed in."""
        body = {"username": username, "password": one_time, "new_password": password}
        return self.take(self.post("/auth/staff/password", body))

    def activate(self, member_code: str, code: str, pin: str) -> Person:
        """Turn the code of a sealed slip into a PIN, and be signed in."""
        return self.take(
            self.post("/auth/member/activation", {"member_code": member_code, "code": code, "pin": pin})
        )

    def take(self, tokens: dict[str, Any]) -> Person:
        """Carry the access token from now on."""
        self.refresh_token = tokens["refresh_token"]
        self.web.headers["Authorization"] = f"Bearer {tokens['access_token']}"
        return self

    def get(self, path: str, **query: object) -> dict[str, Any]:
        """Ask a question."""
        return self.ask("GET", path, params=query)

    def put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Make something under an id of our own; the same again changes nothing."""
        return self.ask("PUT", path, json=body)

    def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Do something to what is there."""
        return self.ask("POST", path, json=body or {})

    def ask(self, verb: str, path: str, **what: Any) -> dict[str, Any]:
        """One request; a part that is away is waited for, any other refusal is raised."""
        shown = self.web.headers.get("Authorization")
        answer = self._request(verb, path, what)
        if answer.status_code == SIGN_IN and self._renewed(shown):
            answer = self._request(verb, path, what)
        if answer.status_code not in OK:
            raise Refused(f"{verb} {path}", answer.status_code, problem_of(answer))
        return dict(answer.json()) if answer.content else {}

    def _request(self, verb: str, path: str, what: dict[str, Any]) -> requests.Response:
        for attempt in range(PATIENCE_SECONDS):
            answer = self.web.request(verb, f"{self.base_url}/api/v1{path}", timeout=30, **what)
            if answer.status_code != AWAY:
                break
            time.sleep(min(1, 0.1 * 2**attempt))
        return answer

    def _renewed(self, shown: str | bytes | None) -> bool:
        """Whether there is a newer access token than what was shown; asked for where there is none."""
        with self._renewing:
            if self.refresh_token is not None and self.web.headers.get("Authorization") == shown:
                answer = self._request(
                    "POST", "/auth/refresh", {"json": {"refresh_token": self.refresh_token}}
                )
                self.refresh_token = None
                if answer.status_code in OK:
                    self.take(answer.json())
            return self.web.headers.get("Authorization") != shown


def problem_of(answer: requests.Response) -> dict[str, Any]:
    """The problem document, or the bare text where there is none."""
    try:
        return dict(answer.json())
    except ValueError:
        return {"detail": answer.text[:200]}
