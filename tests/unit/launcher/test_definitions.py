"""What the broker is told, read from the one file that the launcher and deploy/ share."""

import base64
import hashlib

from launcher.definitions import definitions, password_hash


def test_every_vhost_has_the_policies_and_only_our_user():
    document = definitions(["one", "two"], user="mikrof", password="pw")

    assert [vhost["name"] for vhost in document["vhosts"]] == ["one", "two"]
    assert {policy["vhost"] for policy in document["policies"]} == {"one", "two"}
    assert {(entry["user"], entry["vhost"]) for entry in document["permissions"]} == {
        ("mikrof", "one"),
        ("mikrof", "two"),
    }


def test_calls_are_never_dead_lettered_and_events_always():
    policies = {
        policy["name"]: policy["definition"]
        for policy in definitions(["v"], user="u", password="p")["policies"]
    }

    assert "dead-letter-exchange" not in policies["calls"]
    assert policies["calls"]["delivery-limit"] == 2
    assert policies["events"]["dead-letter-exchange"] == "mikrof.dead"


def test_a_password_is_hashed_as_rabbitmq_checks_it():
    raw = base64.b64decode(password_hash("পাসওয়ার্ড"))
    salt, digest = raw[:4], raw[4:]

    assert digest == hashlib.sha256(salt + "পাসওয়ার্ড".encode()).digest()
    assert password_hash("x") != password_hash("x")
