"""Signed actors: one call, one payload, one minute."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts.actor import Actor, Issuer, issuer_of, sign, verify
from contracts.errors import ActorRefused

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.generate()
PUBLIC = (KEY.public_key(),)
OFFICER = Actor(
    person_id="5f0f4d70-0000-7000-8000-000000000001",
    kind="staff",
    role="field_officer",
    permission="sheet:submit",
    office_path="/HO/A01/B001/",
    limit=50_000_00,
    excluded_members=("5f0f4d70-0000-7000-8000-000000000002",),
)
CALL = {"call": "transactions.submit_sheet", "body_digest": "d1"}


def token(**changes: object) -> str:
    return sign(OFFICER, Issuer("gateway", KEY), **(CALL | {"now": NOW} | changes))


def test_says_who_acts_and_who_vouches():
    signed = verify(token(), PUBLIC, **CALL, now=NOW)
    assert (signed.issuer, signed.actor) == ("gateway", OFFICER)
    assert issuer_of(token()) == "gateway"


@pytest.mark.parametrize("age", [timedelta(seconds=-30), timedelta(0), timedelta(seconds=60)])
def test_holds_for_a_minute_and_half_a_minute_of_skew(age: timedelta):
    assert verify(token(), PUBLIC, **CALL, now=NOW + age)


@pytest.mark.parametrize("age", [timedelta(seconds=-31), timedelta(seconds=61), timedelta(days=400)])
def test_is_refused_before_and_after(age: timedelta):
    with pytest.raises(ActorRefused):
        verify(token(), PUBLIC, **CALL, now=NOW + age)


@pytest.mark.parametrize("other", [{"call": "transactions.authorise_handover"}, {"body_digest": "d2"}])
def test_a_stolen_actor_opens_no_other_call(other: dict[str, str]):
    with pytest.raises(ActorRefused):
        verify(token(), PUBLIC, **(CALL | other), now=NOW)


def test_another_key_does_not_fit_and_an_older_one_still_does():
    stranger = Ed25519PrivateKey.generate().public_key()
    with pytest.raises(ActorRefused):
        verify(token(), (stranger,), **CALL, now=NOW)
    with pytest.raises(ActorRefused):
        verify(token(), (), **CALL, now=NOW)
    assert verify(token(), (stranger, *PUBLIC), **CALL, now=NOW)


def test_an_altered_actor_is_refused():
    body, signature = token().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    claims["actor"]["role"] = "branch_manager"
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    with pytest.raises(ActorRefused):
        verify(f"{forged}.{signature}", PUBLIC, **CALL, now=NOW)


@pytest.mark.parametrize("rubbish", [None, 7, "", "a", "a.b", "a.b.c", "!.!", "e30.e30", "x" * 10_000])
def test_rubbish_is_refused(rubbish: object):
    with pytest.raises(ActorRefused):
        verify(rubbish, PUBLIC, **CALL, now=NOW)
    with pytest.raises(ActorRefused):
        issuer_of(rubbish)


def test_a_recorded_actor_comes_back_whole_from_plain_json():
    plain = json.loads(json.dumps(OFFICER.to_plain())) | {"of_a_newer_version": 1}
    assert Actor.from_plain(plain) == OFFICER
    assert Actor.from_plain(Actor.of_service("accounts").to_plain()) == replace(
        Actor.of_service("accounts"), excluded_members=()
    )
