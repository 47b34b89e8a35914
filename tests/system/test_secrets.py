"""Secrets that come in by the front door are in no broker file, no table and no log (mechanics T1)."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from demo.client import Person, Refused
from demo.credentials import new_password
from demo.town import PASSWORD, Branch, Town, admission, eventually, new_id, savings_of
from tests.support.postbox import delivered

if TYPE_CHECKING:
    from bench.installation import Installation

DATABASES = ("identity", "accounts", "transactions", "notifications")
PIN = "583917"
TYPED_AS_NAME = "a password typed as the name"
"""A user name is no secret and crosses the broker as it is typed; it must go no further."""


@dataclass(frozen=True)
class Planted:
    """What was said in confidence, and the member in whose story it was said."""

    member: str
    secrets: dict[str, str]


@pytest.fixture(scope="module")
def planted(town: Town) -> Planted:
    """One of every secret, typed where people type it: rightly, wrongly and in the wrong place."""
    branch = town.open_branch()
    secrets = {
        "national id": f"1990{uuid4().int % 10**13:013d}",
        "mobile": f"19{uuid4().int % 10**8:08d}",
        "password": new_password(),
        "a wrong password": new_password(),
        TYPED_AS_NAME: new_password(),
        "an unknown number": f"1991{uuid4().int % 10**13:013d}",
    }
    form = {"nid": secrets["national id"], "mobile": f"0{secrets['mobile']}"}
    member = branch.admit(branch.open_samity(), **form)
    secrets |= sign_in_her(branch, member) | sign_in_staff(branch, secrets)
    look_her_up(branch, member, secrets)
    account = savings_of(branch.manager, member)["account_id"]
    branch.accountant.put(
        f"/deposits/{new_id()}", {"account_id": account, "amount": "20.00", "paid_by": "self"}
    )
    eventually(lambda: branch.manager.get("/messages", member_id=member)["items"])
    return Planted(member, secrets)


def sign_in_her(branch: Branch, member: str) -> dict[str, str]:
    """Her slip's code, turned into a PIN; the session's tokens are secrets like them."""
    issued = eventually(lambda: branch.accountant.put(f"/members/{member}/login/issues/{new_id()}", {}))
    decided = branch.manager.post(f"/approvals/identity/{issued['id']}/decision", {"approve": True})
    code = branch.accountant.get(f"/members/{member}")["code"]
    her = Person.arrive(branch.town.base_url, new_id())
    tokens = her.post("/auth/member/activation", {"member_code": code, "code": decided["secret"], "pin": PIN})
    her.take(tokens).get("/me/passbook")
    return {
        "PIN as it is quoted": f'"{PIN}"',
        "activation code": decided["secret"],
        "her access token": tokens["access_token"],
        "her refresh token": tokens["refresh_token"],
    }


def sign_in_staff(branch: Branch, secrets: dict[str, str]) -> dict[str, str]:
    """A new password, then sign-ins that fail in the ways in which people fail."""
    username = branch.usernames["accountant"]
    stranger = Person.arrive(branch.town.base_url, new_id())
    with pytest.raises(Refused):
        stranger.sign_in_staff(username, secrets["a wrong password"])
    with pytest.raises(Refused):
        stranger.sign_in_staff(secrets[TYPED_AS_NAME], secrets["a wrong password"])
    hired = branch.town.hire(branch, "auditor")
    assert hired.get("/me")
    body = {"username": branch.usernames["auditor"], "password": PASSWORD}
    tokens = stranger.post("/auth/staff/password", body | {"new_password": secrets["password"]})
    return {"staff access token": tokens["access_token"], "staff refresh token": tokens["refresh_token"]}


def look_her_up(branch: Branch, member: str, secrets: dict[str, str]) -> None:
    """Numbers are searched for, shown to who may see them, and typed into a form that refuses."""
    assert branch.manager.post("/members/search", {"number": secrets["national id"]})["items"]
    assert not branch.manager.post("/members/search", {"number": secrets["an unknown number"]})["items"]
    shown = branch.manager.post(f"/members/{member}/unmask", {"field": "nid", "reason": "identity seen"})
    assert shown["value"] == secrets["national id"]
    samity = branch.accountant.get(f"/members/{member}")["samity_id"]
    again = admission(samity, branch.on) | {"nid": secrets["national id"]}
    with pytest.raises(Refused):
        branch.officer.put(f"/members/{new_id()}", again)


def written_by_the_broker(mikrof: Installation) -> bytes:
    files = (mikrof.places.run / "broker").rglob("*")
    return b"".join(path.read_bytes() for path in files if path.is_file())


def logged(mikrof: Installation) -> bytes:
    return b"".join(path.read_bytes() for path in (mikrof.places.run / "logs").rglob("*.log*"))


def stored(mikrof: Installation, database: str) -> bytes:
    return mikrof.run_tool("pg_dump", "--inserts", database).encode()


def found_in(place: bytes, planted: Planted) -> list[str]:
    """The names of the secrets that are there in clear."""
    return [name for name, secret in planted.secrets.items() if secret.encode() in place]


def test_the_broker_keeps_no_secret(mikrof: Installation, planted: Planted) -> None:
    written = written_by_the_broker(mikrof)

    # Her id went the same way and is found: the search itself works.
    assert planted.member.encode() in written
    assert [name for name in found_in(written, planted) if name != TYPED_AS_NAME] == []


@pytest.mark.parametrize("database", DATABASES)
def test_no_table_keeps_a_secret(mikrof: Installation, planted: Planted, database: str) -> None:
    dump = stored(mikrof, database)

    assert planted.member.encode() in dump
    assert found_in(dump, planted) == []


def test_no_log_tells_a_secret(mikrof: Installation, planted: Planted) -> None:
    spoken = logged(mikrof)

    assert planted.member.encode() in spoken
    assert found_in(spoken, planted) == []


@pytest.mark.rule("L4")
def test_her_messages_are_for_their_owner_and_in_no_log(mikrof: Installation, planted: Planted) -> None:
    eventually(lambda: any("২০" in text for text in delivered(mikrof)))
    texts, spoken = delivered(mikrof), logged(mikrof)

    assert planted.member.encode() in spoken
    assert [text for text in texts if text.encode() in spoken] == []
    assert stat.S_IMODE(mikrof.places.postbox.stat().st_mode) == 0o600
