"""What every answer carries, what is served, and what the process tells about itself."""

import json
import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from contracts.errors import ServiceAway
from contracts.identity import SIGN_IN_STAFF
from contracts.registry import SERVICES
from contracts.transactions import PING
from gateway.assets import FrontEndMissing, PortalBuild
from gateway.frame import PAGES_POLICY
from gateway.logs import known_fields_only
from tests.house.house import ROOT
from tests.support.gateway import Caller, FakeBackends, gateway_app

Make = Callable[..., Caller]


class TestHeaders:
    @pytest.mark.parametrize("path", ["/api/v1/me", "/sign-in", "/m/", "/healthz", "/api/docs", "/nowhere"])
    def test_stand_on_every_answer(self, app: Flask, path: str) -> None:
        headers = app.test_client().get(path).headers

        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Correlation-Id"]

    def test_the_policy_is_the_one_that_the_front_end_was_built_for(self) -> None:
        built_for = (ROOT / "gateway/frontend/content-security-policy.txt").read_text()

        assert directives(PAGES_POLICY) == directives(built_for)

    def test_nothing_of_the_api_is_kept_on_disk(self, caller: Make) -> None:
        for path in ("/me", "/offices", "/nowhere"):
            assert caller().send("GET", path).headers["Cache-Control"] == "no-store"


class TestApp:
    def test_addresses_without_a_dot_are_screens(self, app: Flask) -> None:
        client = app.test_client()

        assert client.get("/m").headers["Location"].endswith("/m/")
        assert b"<title>app</title>" in client.get("/m/").data
        assert b"<title>app</title>" in client.get("/m/sheets/7").data
        assert client.get("/m/sw.js").mimetype == "text/javascript"
        assert client.get("/m/missing.js").status_code == 404

    def test_the_worker_may_fetch_the_app(self, app: Flask) -> None:
        policy = app.test_client().get("/m/sw.js").headers["Content-Security-Policy"]

        assert "connect-src 'self'" in policy

    def test_pages_are_asked_for_again_and_fingerprinted_files_never(self, app: Flask) -> None:
        client = app.test_client()

        page = client.get("/m/")
        assert page.headers["Cache-Control"] == "no-cache"
        assert client.get("/m/", headers={"If-None-Match": page.headers["ETag"]}).status_code == 304
        assert "immutable" in client.get("/static/build/assets/main-1.js").headers["Cache-Control"]

    def test_the_compressed_twin_is_sent_to_whom_it_suits(self, app: Flask) -> None:
        path = "/static/build/assets/main-1.js"

        small = app.test_client().get(path, headers={"Accept-Encoding": "gzip, br"})
        assert (small.data, small.headers["Content-Encoding"]) == (b"brotli", "br")
        assert small.mimetype == "text/javascript"
        plain = app.test_client().get(path)
        assert (plain.data, plain.headers["Vary"]) == (b"export {}", "Accept-Encoding")
        assert "Content-Encoding" not in plain.headers

    @pytest.mark.parametrize("path", ["/m/../portal/.vite/x.json", "/static/build/..%2f..%2fetc/passwd.x"])
    def test_nothing_outside_the_build_is_served(self, app: Flask, path: str) -> None:
        assert app.test_client().get(path).status_code == 404

    def test_a_missing_build_says_what_to_do(self, tmp_path: Path) -> None:
        with pytest.raises(FrontEndMissing, match="npm run build"):
            PortalBuild(tmp_path)

    def test_styles_of_what_an_entry_imports_come_along(self, app: Flask, frontend: Path) -> None:
        with app.test_request_context("/"):
            build = PortalBuild(frontend / "portal")
            assert build.script("main.ts") == "/static/build/assets/main-1.js"
            assert build.styles("main.ts") == [
                "/static/build/assets/main-1.css",
                "/static/build/assets/v-1.css",
            ]


class TestHealth:
    def test_the_process_answers_for_itself(self, app: Flask, backends: FakeBackends) -> None:
        assert app.test_client().get("/healthz").json == {"status": "ok"}
        assert backends.asked == []

    def test_ready_means_that_every_service_answers(self, app: Flask, backends: FakeBackends) -> None:
        response = app.test_client().get("/readyz")

        assert response.status_code == 200
        assert response.json["services"] == dict.fromkeys(SERVICES, "OK")

    def test_one_that_is_away_is_named(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(PING, ServiceAway())

        response = app.test_client().get("/readyz")

        assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
        assert response.json["services"]["transactions"] == "SERVICE_AWAY"
        assert response.json["services"]["identity"] == "OK"

    def test_one_can_be_asked_alone(self, app: Flask, backends: FakeBackends) -> None:
        client = app.test_client()

        assert client.get("/readyz?service=transactions").json["services"] == {"transactions": "OK"}
        assert client.get("/readyz?service=payroll").status_code == 404

    def test_figures_are_for_the_machine_itself(self, app: Flask) -> None:
        client = app.test_client()
        client.get("/healthz")

        assert b'gateway_answers_total{endpoint="health.alive",status="200"}' in client.get("/metrics").data
        assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == 404
        assert client.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.7"}).status_code == 404


class TestLogs:
    def test_each_line_names_its_request_and_no_body_or_query(self, caller: Make, app: Flask) -> None:
        stream = logging.getLogger().handlers[0]
        lines: list[str] = []
        stream.emit = lambda record: lines.append(stream.format(record))  # type: ignore[method-assign]
        try:
            response = caller().send(
                "POST", "/members/search?x=1", {"number": "01712345678", "query": "\n{}"}
            )
        finally:
            del stream.emit

        last = json.loads(lines[-1])
        assert last["correlation_id"] == response.headers["X-Correlation-Id"]
        assert (last["endpoint"], last["status"]) == ("members.search_members", response.status_code)
        assert last["person_id"]
        assert "01712345678" not in "".join(lines)

    def test_fields_that_nobody_allowed_are_left_out(self) -> None:
        line = {"event": "x", "code": "Y", "password": "secret", "nid": "123"}

        assert known_fields_only(None, "info", line) == {"event": "x", "code": "Y"}


class TestLanguageSwitch:
    def test_is_kept_and_leads_back(self, app: Flask) -> None:
        client = app.test_client()

        response = client.get("/language/en?next=/sign-in")

        assert (response.status_code, response.headers["Location"]) == (303, "/sign-in")
        assert '<html lang="en">' in client.get("/sign-in").text
        client.get("/language/bn?next=//evil.example")
        assert '<html lang="bn">' in client.get("/sign-in").text

    def test_knows_two_languages(self, app: Flask) -> None:
        assert app.test_client().get("/language/fr").status_code == 404


def directives(policy: str) -> set[str]:
    return {" ".join(directive.split()) for directive in policy.split(";") if directive.strip()}


class TestAddress:
    def test_a_proxys_word_is_believed_only_where_one_stands(
        self, gateway_keys: Path, frontend: Path
    ) -> None:
        told = []
        for proxies in (0, 1):
            backends = FakeBackends()
            app = gateway_app(backends, gateway_keys, frontend, proxies=proxies)
            Caller(app.test_client(), None).send(
                "POST",
                "/auth/staff",
                {"username": "rahima", "password": "x"},
                headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.7"},
            )
            told.append(backends.of(SIGN_IN_STAFF)[0].payload["address"])

        assert told == ["127.0.0.1", "10.0.0.7"]


class TestForms:
    def test_a_form_without_its_token_changes_nothing(self, app: Flask, backends: FakeBackends) -> None:
        response = app.test_client().post("/sign-in", data={"username": "rahima", "password": "x"})

        assert response.status_code == 400
        assert backends.asked == []

    @pytest.mark.parametrize("origin", ["https://evil.example", "null"])
    def test_a_form_of_another_sites_page_is_refused(
        self, gateway_keys: Path, frontend: Path, origin: str
    ) -> None:
        backends, response = over_https(gateway_keys, frontend, {"Origin": origin})

        assert (response.status_code, backends.of(SIGN_IN_STAFF)) == (400, [])

    def test_a_form_of_our_own_page_is_taken_over_https(self, gateway_keys: Path, frontend: Path) -> None:
        backends, response = over_https(gateway_keys, frontend, {"Origin": "https://localhost"})

        assert (response.status_code, len(backends.of(SIGN_IN_STAFF))) == (303, 1)


def over_https(
    gateway_keys: Path, frontend: Path, headers: dict[str, str]
) -> tuple[FakeBackends, TestResponse]:
    """Open the sign-in page as a browser does, and send its form back."""
    backends = FakeBackends()
    client = gateway_app(backends, gateway_keys, frontend, secure_cookies=True).test_client()
    page = client.get("/sign-in", base_url="https://localhost")
    token = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
    assert token is not None
    assert page.headers["Referrer-Policy"] == "same-origin", "or the browser would leave the referrer out"
    form = {"csrf_token": token[1], "username": "rahima", "password": "a long password"}
    response = client.post(
        "/sign-in",
        data=form,
        base_url="https://localhost",
        headers={"Referer": "https://localhost/sign-in", **headers},
    )
    return backends, response
