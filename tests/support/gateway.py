"""The gateway without its parts: services that answer by a script, people of every role signed in."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from contracts.calls import Method
from contracts.errors import ServiceError
from contracts.identity import FIND_SESSION
from contracts.identity.sessions import SessionEnded
from contracts.permissions import PERMISSIONS, Role
from gateway.app import create_app
from gateway.auth.sessions import hash_of
from gateway.backends import Asked
from gateway.config import Config
from tests.house.house import ROOT
from tests.support.samples import sample

Answer = Mapping[str, Any] | ServiceError | Callable[[Mapping[str, Any], Asked], Mapping[str, Any]]
OFFICE = "01a20857-0000-7000-8000-00000000b001"
PERSON = "01a20857-0000-7000-8000-00000000a001"
SESSION = "01a20857-0000-7000-8000-00000000c001"


@dataclass(frozen=True)
class Question:
    """One call that a view made."""

    method: Method
    payload: Mapping[str, Any]
    asked: Asked


@dataclass
class FakeBackends:
    """Services that answer by a script; what is not in it gets a small valid answer."""

    answers: dict[str, Answer] = field(default_factory=dict)
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)

    def ask(self, method: Method, payload: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        if method is FIND_SESSION and method.key not in self.answers:
            return self._session(payload["access_hash"])
        self.asked.append(Question(method, payload, asked))
        answer = self.answers.get(method.key)
        if isinstance(answer, ServiceError):
            raise answer
        if callable(answer):
            return dict(answer(payload, asked))
        return dict(sample_answer(method) if answer is None else answer)

    def script(self, method: Method, answer: Answer) -> None:
        """Answer a method so from now on."""
        self.answers[method.key] = answer

    def of(self, method: Method) -> list[Question]:
        """What a method was asked."""
        return [one for one in self.asked if one.method is method]

    def sign_in(self, role: str = Role.BRANCH_MANAGER, **changes: Any) -> str:
        """Open a session for somebody and return the access token."""
        token = f"token-of-{role}-{len(self.sessions)}"
        self.sessions[hash_of(token)] = session_of(role) | changes
        return token

    def _session(self, token_hash: str) -> dict[str, Any]:
        if token_hash not in self.sessions:
            raise SessionEnded
        return self.sessions[token_hash]


def session_of(role: str) -> dict[str, Any]:
    """Identity's answer about a person of a role."""
    is_member = role == Role.MEMBER
    return {
        "session_id": SESSION,
        "person_id": PERSON,
        "kind": "member" if is_member else "staff",
        "role": str(role),
        "permissions": sorted(PERMISSIONS[Role(role)] | {"session:own"}),
        "office_id": OFFICE,
        "office_path": "/HO/A01/B001/",
        "office_name_bn": "মিরপুর শাখা",
        "office_name_en": "Mirpur branch",
        "name_bn": "রহিমা খাতুন",
        "name_en": "Rahima Khatun",
        "username": None if is_member else "rahima",
        "member_code": "B001.0012.00007" if is_member else None,
        "device_id": None,
        "excluded_members": [],
        "limits": [],
        "acting": [],
        "is_new": False,
        "expires_at": "2100-01-01T00:00:00.000000Z",
    }


def sample_answer(method: Method) -> dict[str, Any]:
    """A small valid answer; tokens are JSON text once they are unsealed."""
    answer = sample(method.answer)
    if "tokens" in answer:
        answer["tokens"] = json.dumps({"access_token": "access", "refresh_token": "refresh"})
    return answer


def gateway_app(backends: FakeBackends, keys: Path, frontend: Path, **settings: Any) -> Flask:
    """The gateway over fake services."""
    config = Config(amqp_uri="amqp://nowhere", keys=keys, frontend=frontend, **settings)
    app = create_app(config, backends)
    app.test_client_class = WholeAnswers
    return app


class WholeAnswers(FlaskClient):
    """A client that reads each answer to its end, files too."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        return super().open(*args, buffered=buffered, **kwargs)


def built_front_end(folder: Path) -> Path:
    """A front end of one line a file, in the shape that the build gives it."""
    portal, mobile = folder / "portal", folder / "mobile"
    for part in (portal / ".vite", portal / "assets", mobile / "assets"):
        part.mkdir(parents=True)
    manifest = {"main.ts": {"file": "assets/main-1.js", "css": ["assets/main-1.css"], "imports": ["_v.js"]}}
    manifest["_v.js"] = {"file": "assets/v-1.js", "css": ["assets/v-1.css"], "imports": []}
    (portal / ".vite" / "manifest.json").write_text(json.dumps(manifest))
    (portal / "assets" / "main-1.js").write_text("export {}")
    (portal / "assets" / "main-1.js.br").write_bytes(b"brotli")
    (mobile / "index.html").write_text("<!doctype html><title>app</title>")
    (mobile / "sw.js").write_text("self")
    (portal / "paper").symlink_to(ROOT / "gateway/frontend/dist/portal/paper")
    return folder


@dataclass(frozen=True)
class Caller:
    """Somebody who calls the API with a token."""

    client: FlaskClient
    token: str | None
    language: str = "en"

    def send(self, verb: str, path: str, body: Any = None, **options: Any) -> TestResponse:
        headers = {"Accept-Language": self.language, **options.pop("headers", {})}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            options["json"] = body
        return self.client.open(f"/api/v1{path}", method=verb, headers=headers, **options)
