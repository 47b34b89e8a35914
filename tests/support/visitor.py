"""A browser without a screen: keeps its cookies, and sends a form with all that stood in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from contracts.identity import SIGN_IN_STAFF
from contracts.permissions import Role
from tests.support.gateway import SESSION

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.support.gateway import FakeBackends


@dataclass
class Page(HTMLParser):
    """What a reader and a browser find in a page: fields with their values, addresses, text."""

    html: str
    fields: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    _select: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "input" and "name" in found:
            self.fields[found["name"]] = found.get("value", "")
        elif tag == "select":
            self._select = found.get("name", "")
        elif tag == "option" and ("selected" in found or self._select not in self.fields):
            self.fields[self._select] = found.get("value", "")
        elif tag == "a":
            self.links.append(found.get("href", ""))

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())

    @property
    def text(self) -> str:
        """All that can be read."""
        return " ".join(filter(None, self.words))


class Visitor:
    """Somebody at the portal; signed in where a role is given."""

    def __init__(
        self, app: Flask, backends: FakeBackends, role: str | None = None, language: str = "en"
    ) -> None:
        self.client: FlaskClient = app.test_client()
        self.client.set_cookie("language", language)
        self.backends = backends
        if role:
            self.sign_in(role)

    def sign_in(self, role: str = Role.BRANCH_MANAGER) -> None:
        """Through the front door, as a browser does it."""
        token = self.backends.sign_in(role)
        tokens = f'{{"access_token": "{token}", "refresh_token": "r-1"}}'
        self.backends.script(SIGN_IN_STAFF, {"tokens": tokens, "expires_in": 900, "session_id": SESSION})
        answer = self.send("/sign-in", username="rahima", password="a long sentence")
        assert answer.status_code == 303, answer.text

    def look(self, path: str) -> Page:
        """Open a page."""
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return Page(answer.text)

    def send(self, path: str, *, form: str | None = None, **typed: str) -> TestResponse:
        """Fill in a form and send it to `path`; `form` is the page that holds it, where it is another."""
        held = Page(self.client.get(form or path).text).fields
        filled = {name.replace("_of_", "-"): text for name, text in typed.items()}
        return self.client.post(path, data=held | filled)
