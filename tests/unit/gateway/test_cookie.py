"""The portal's cookie: sealed, renewed in time, useless to anybody else."""

import base64
import json
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask, Response

from contracts.errors import ServiceAway
from contracts.identity import REFRESH
from contracts.identity.sessions import SessionEnded
from contracts.permissions import Role
from gateway.auth.cookies import Tokens, token_cookie
from gateway.auth.sessions import hash_of
from gateway.edge import now
from tests.support.gateway import SESSION, FakeBackends, gateway_app


def written(app: Flask, tokens: Tokens) -> str:
    """The value that a browser would keep."""
    with app.test_request_context("/"):
        response = Response()
        token_cookie().write(response, tokens)
    return SimpleCookie(response.headers["Set-Cookie"])["mikrof"].value


def tokens_for(access_token: str, *, seconds: float = 900) -> Tokens:
    return Tokens(access_token, "r-1", int((now() + timedelta(seconds=seconds)).timestamp()))


class TestCookie:
    def test_holds_the_tokens_sealed(self, app: Flask) -> None:
        value = written(app, tokens_for("a-1"))

        assert b"a-1" not in base64.urlsafe_b64decode(value)

    def test_cannot_be_read_by_scripts_or_sent_by_other_sites(
        self, gateway_keys: Path, frontend: Path
    ) -> None:
        app = gateway_app(FakeBackends(), gateway_keys, frontend, secure_cookies=True)
        with app.test_request_context("/"):
            response = Response()
            token_cookie().write(response, tokens_for("a-1"))

        header = response.headers["Set-Cookie"]
        assert header.startswith("__Host-mikrof=")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(header.split("; "))

    @pytest.mark.parametrize(
        "spoil", [lambda v: v[:-8] + "AAAAAAA=", lambda v: v[:20], lambda _: "%%", lambda _: ""]
    )
    def test_an_altered_one_is_nobodys(self, app: Flask, spoil: object) -> None:
        value = spoil(written(app, tokens_for("a-1")))  # type: ignore[operator]
        with app.test_request_context("/", headers={"Cookie": f"mikrof={value}"}):
            assert token_cookie().find() is None


class TestRenewal:
    def test_a_page_is_seen_with_a_good_token(self, app: Flask, backends: FakeBackends) -> None:
        response = page(app, written(app, tokens_for(backends.sign_in(Role.ACCOUNTANT))))

        assert response.status_code == 200
        assert backends.of(REFRESH) == []

    def test_an_ended_token_is_renewed_on_the_way(self, app: Flask, backends: FakeBackends) -> None:
        fresh = backends.sign_in(Role.ACCOUNTANT)
        backends.script(REFRESH, renewed(fresh))

        response = page(app, written(app, tokens_for("old", seconds=-5)))

        assert response.status_code == 200
        assert backends.of(REFRESH)[0].payload["refresh_hash"] == hash_of("r-1")
        value = SimpleCookie(response.headers["Set-Cookie"])["mikrof"].value
        with app.test_request_context("/", headers={"Cookie": f"mikrof={value}"}):
            found = token_cookie().find()
        assert found is not None
        assert (found.access_token, found.refresh_token) == (fresh, "r-2")

    def test_an_ended_session_leads_to_the_door_and_back(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(REFRESH, SessionEnded())

        response = page(app, written(app, tokens_for("old", seconds=-5)), "/members?query=rahima")

        assert response.status_code == 303
        assert response.headers["Location"] == "/sign-in?next=%2Fmembers%3Fquery%3Drahima"
        assert "mikrof=;" in response.headers["Set-Cookie"]

    def test_a_dead_identity_does_not_sign_anybody_out(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(REFRESH, ServiceAway())

        response = page(app, written(app, tokens_for("old", seconds=-5)))

        assert response.status_code == 503
        assert "Set-Cookie" not in response.headers or "mikrof=;" not in response.headers["Set-Cookie"]

    def test_a_part_of_a_page_is_told_to_go_to_the_door(self, app: Flask) -> None:
        response = app.test_client().get("/members", headers={"HX-Request": "true"})

        assert response.headers["HX-Redirect"].startswith("/sign-in?next=")


def renewed(access_token: str) -> dict[str, object]:
    tokens = json.dumps({"access_token": access_token, "refresh_token": "r-2"})
    return {"tokens": tokens, "expires_in": 900, "session_id": SESSION}


def page(app: Flask, cookie: str, path: str = "/messages") -> Response:
    client = app.test_client()
    client.set_cookie("mikrof", cookie)
    response: Response = client.get(path)
    return response
