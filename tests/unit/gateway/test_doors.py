"""Signing in, renewing, signing out; and who is believed."""

import json
from collections.abc import Callable

import pytest

from contracts.actor import Actor
from contracts.errors import Kind, ServiceAway, ServiceError, TooManyAttempts
from contracts.identity import (
    CHANGE_PIN,
    FIND_SESSION,
    REFRESH,
    REVOKE_SESSION,
    SIGN_IN_STAFF,
    SIGN_OUT,
)
from contracts.identity.sessions import PasswordChangeRequired, SessionEnded, SignInRefused
from contracts.permissions import Role
from gateway.asking import EXTENSION
from gateway.auth.sessions import hash_of
from tests.support.gateway import SESSION, Caller, FakeBackends

Make = Callable[..., Caller]
WHO = {"username": "rahima", "password": " a long পাসওয়ার্ড "}
TOKENS = {
    "tokens": json.dumps({"access_token": "a-1", "refresh_token": "r-1"}),
    "expires_in": 900,
    "session_id": SESSION,
}
A_PHONE = "01a20857-0000-7000-8000-00000000d001"


class TestSignIn:
    def test_brings_tokens_in_the_shape_that_programs_expect(
        self, caller: Make, backends: FakeBackends
    ) -> None:
        backends.script(SIGN_IN_STAFF, TOKENS)

        response = caller(None).send("POST", "/auth/staff", WHO)

        assert response.json == {"access_token": "a-1", "refresh_token": "r-1", "expires_in": 900}
        assert response.headers["Cache-Control"] == "no-store"

    def test_tells_identity_who_knocks_and_from_where(self, caller: Make, backends: FakeBackends) -> None:
        headers = {"X-Device-Id": A_PHONE.upper(), "User-Agent": "Phone\x01 " + "x" * 200}
        caller(None).send("POST", "/auth/staff", WHO, headers=headers)

        (question,) = backends.of(SIGN_IN_STAFF)
        assert question.payload["password"] == WHO["password"]
        assert question.payload["device_id"] == A_PHONE
        assert question.payload["address"] == "127.0.0.1"
        assert len(question.payload["device_name"]) == 80
        assert question.asked.actor == Actor.of_service("gateway")

    def test_a_device_that_is_no_id_is_refused(self, caller: Make) -> None:
        response = caller(None).send("POST", "/auth/staff", WHO, headers={"X-Device-Id": "my phone"})

        assert (response.status_code, set(response.json["fields"])) == (400, {"X-Device-Id"})

    @pytest.mark.parametrize(
        ("refusal", "status"),
        [(SignInRefused(), 401), (PasswordChangeRequired(), 403), (ServiceAway(7), 503)],
    )
    def test_refusals_keep_their_code(
        self, caller: Make, backends: FakeBackends, refusal: ServiceError, status: int
    ) -> None:
        backends.script(SIGN_IN_STAFF, refusal)

        response = caller(None).send("POST", "/auth/staff", WHO)

        assert (response.status_code, response.json["code"]) == (status, refusal.code)

    def test_too_many_tries_say_when_to_come_back(self, caller: Make, backends: FakeBackends) -> None:
        backends.script(SIGN_IN_STAFF, TooManyAttempts(8))

        response = caller(None, "bn").send("POST", "/auth/staff", WHO)

        assert (response.status_code, response.headers["Retry-After"]) == (429, "8")
        assert "৮ সেকেন্ড" in response.json["detail"]

    def test_a_cookie_of_the_portal_does_not_open_the_api(self, caller: Make) -> None:
        response = caller(None).send("GET", "/me", headers={"Cookie": "mikrof=anything"})

        assert response.status_code == 401


class TestSession:
    def test_says_who_one_is(self, caller: Make) -> None:
        response = caller(Role.FIELD_OFFICER).send("GET", "/me")

        assert (response.json["role"], response.json["name_bn"]) == ("field_officer", "রহিমা খাতুন")
        assert "sheet:submit" in response.json["permissions"]
        assert "handover:count" not in response.json["permissions"]

    @pytest.mark.parametrize(
        "authorization",
        ["Bearer forged", "Bearer " + "x" * 5000, "Bearer", "Basic cmFoaW1hOng=", "bearer  ", "Token x"],
    )
    def test_forged_and_strange_tokens_open_nothing(
        self, app_client: Caller, backends: FakeBackends, authorization: str
    ) -> None:
        response = app_client.send("GET", "/me", headers={"Authorization": authorization})

        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert backends.asked == []

    def test_a_dead_identity_is_503_and_not_401(self, caller: Make, backends: FakeBackends) -> None:
        backends.script(FIND_SESSION, ServiceAway(5))

        response = caller().send("GET", "/me")

        assert (response.status_code, response.headers["Retry-After"]) == (503, "5")

    def test_an_expired_session_is_over_even_if_identity_forgot_it(
        self, caller: Make, backends: FakeBackends
    ) -> None:
        token = backends.sign_in(expires_at="2020-01-01T00:00:00.000000Z")

        assert Caller(caller(None).client, token).send("GET", "/me").status_code == 401

    def test_signing_out_ends_it_here_at_once(self, caller: Make, backends: FakeBackends) -> None:
        somebody = caller()
        sessions = somebody.client.application.extensions[EXTENSION].sessions
        sessions.attend()
        assert somebody.send("GET", "/me").status_code == 200
        backends.sessions.clear()
        assert somebody.send("GET", "/me").status_code == 200, "it is remembered for a moment"

        assert somebody.send("POST", "/auth/sign-out").status_code == 204

        assert backends.of(SIGN_OUT)[0].payload == {"session_id": SESSION}
        assert somebody.send("GET", "/me").status_code == 401
        sessions.lose()

    def test_ending_another_session_forgets_it_too(self, caller: Make, backends: FakeBackends) -> None:
        backends.script(REVOKE_SESSION, {"session_ids": [SESSION]})

        response = caller().send("DELETE", f"/me/sessions/{SESSION}")

        assert response.json == {"session_ids": [SESSION]}

    def test_a_refresh_token_leaves_the_gateway_as_its_hash(
        self, caller: Make, backends: FakeBackends
    ) -> None:
        response = caller(None).send(
            "POST", "/auth/refresh", {"refresh_token": "r-1"}, headers={"X-Device-Id": A_PHONE}
        )

        assert response.status_code == 200
        assert backends.of(REFRESH)[0].payload == {"refresh_hash": hash_of("r-1"), "device_id": A_PHONE}

    def test_a_spent_refresh_token_is_401(self, caller: Make, backends: FakeBackends) -> None:
        backends.script(REFRESH, SessionEnded())

        response = caller(None).send("POST", "/auth/refresh", {"refresh_token": "r-1"})

        assert (response.status_code, response.json["code"]) == (401, "SESSION_ENDED")
        assert SessionEnded.kind == Kind.UNAUTHENTICATED

    def test_a_member_changes_her_pin(self, caller: Make, backends: FakeBackends) -> None:
        caller(Role.MEMBER).send("POST", "/me/pin", {"pin": "258036", "new_pin": "৭৪১৯৬৩"})

        assert backends.of(CHANGE_PIN)[0].payload == {"pin": "258036", "new_pin": "741963"}


@pytest.fixture
def app_client(caller: Make) -> Caller:
    return caller(None)
