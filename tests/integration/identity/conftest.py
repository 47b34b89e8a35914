"""Identity on a database of its own, founded, with a branch and its people."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from chassis.testing import ServiceHarness, harness_of
from contracts.accounts import MEMBER_CHANGED, SAMITY_CHANGED
from contracts.actor import Actor
from contracts.calls import Method
from contracts.identity import (
    ACTIVATE_MEMBER_LOGIN,
    CHANGE_PASSWORD,
    DECIDE_APPROVAL,
    FIND_SESSION,
    ISSUE_MEMBER_LOGIN,
    OPEN_OFFICE,
    PROPOSE_STAFF,
    SIGN_IN_STAFF,
)
from contracts.sealed import seal, unseal
from identity.domain.sessions import digest
from identity.found import found
from identity.service import IdentityService
from identity.vault import vault_of
from tests.support.services import fresh_database, migrated

if TYPE_CHECKING:
    from launcher.database import DatabaseUrls

PASSWORD = "a long walk by the Jamuna"
PIN = "493817"
ADDRESS = "203.0.113.7"


@dataclass
class Town:
    """A founded institution, and what a test does in it."""

    harness: ServiceHarness[IdentityService]
    founders: list[Actor] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    serial: int = 0

    def sealed(self, plain: str) -> str:
        return seal(plain, self.harness.process.keys.sealing("identity"))

    def unsealed(self, sealed: str) -> str:
        return unseal(sealed, self.harness.process.keys.unsealing("gateway"))

    def ask(self, method: Method, payload: dict[str, Any], actor: Actor | None = None) -> dict[str, Any]:
        return self.harness.ask(method, payload, actor=actor)

    def knock(self, method: Method, address: str = ADDRESS, device_id: str | None = None, **given: str):
        """Knock at a door; secrets are sealed here."""
        secrets = {"password", "new_password", "pin", "code"}
        body = {name: self.sealed(text) if name in secrets else text for name, text in given.items()}
        return self.ask(method, body | {"address": address, "device_id": device_id})

    def tokens(self, answer: dict[str, Any]) -> dict[str, str]:
        opened: dict[str, str] = json.loads(self.unsealed(answer["tokens"]))
        return opened

    def session(self, answer: dict[str, Any]) -> dict[str, Any]:
        return self.ask(FIND_SESSION, {"access_hash": digest(self.tokens(answer)["access_token"])})

    def actor(self, answer: dict[str, Any]) -> Actor:
        """The actor that the gateway would sign for the session of these tokens."""
        facts = self.session(answer)
        names = ("person_id", "kind", "role", "office_id", "office_path", "session_id", "device_id")
        excluded = tuple(facts["excluded_members"])
        return Actor(**{name: facts[name] for name in names}, excluded_members=excluded)

    def found(self) -> None:
        with self.harness.service().books() as books:
            facts = found(books, vault_of(self.harness.process.keys))
        self.ids["HO"] = facts["head_office_id"]
        for founder in facts["administrators"]:
            answer = self.knock(
                CHANGE_PASSWORD,
                username=founder["username"],
                password=founder["password"],
                new_password=PASSWORD,
            )
            self.founders.append(self.actor(answer))

    def open_office(self, code: str, level: str, parent: str = "HO") -> str:
        self.ids[code] = str(uuid4())
        body = {
            "id": self.ids[code],
            "code": code,
            "level": level,
            "parent_id": self.ids[parent],
            "name_bn": f"শাখা {code}",
            "name_en": f"Office {code}",
            "opened_on": "2020-01-01",
        }
        self.ask(OPEN_OFFICE, body, self.founders[0])
        return self.ids[code]

    def form(self, role: str, office: str, **given: Any) -> dict[str, Any]:
        self.serial += 1
        form = {
            "id": str(uuid4()),
            "username": f"{role.replace('_', '')}{self.serial}",
            "name_bn": "রহিমা খাতুন",
            "name_en": "Rahima Khatun",
            "mobile": "01712345678",
            "role": role,
            "office_id": self.ids[office],
            "from_on": "2026-01-01",
            "declared_members": [],
        } | given
        return form | {"mobile": self.sealed(form["mobile"])}

    def hire(self, role: str, office: str = "001", **given: Any) -> Actor:
        """Propose, approve, and sign in once with a password of one's own."""
        form = self.form(role, office, **given)
        self.ask(PROPOSE_STAFF, form, self.founders[0])
        slip = self.decide(form["id"], self.founders[1])
        answer = self.knock(CHANGE_PASSWORD, username=form["username"], password=slip, new_password=PASSWORD)
        self.people[form["username"]] = self.actor(answer)
        return self.people[form["username"]]

    def decide(self, approval_id: str, by: Actor, *, approve: bool = True, reason: str | None = None) -> str:
        answer = self.ask(DECIDE_APPROVAL, {"id": approval_id, "approve": approve, "reason": reason}, by)
        return self.unsealed(answer["secret"]) if answer["secret"] else ""

    def username_of(self, person: Actor) -> str:
        return next(name for name, actor in self.people.items() if actor == person)

    def admit_member(
        self, office: str = "001", officer_id: str | None = None, **given: Any
    ) -> dict[str, Any]:
        """Let identity hear of a samity and a member in it, as accounts would tell."""
        self.serial += 1
        samity_id, officer_id = str(uuid4()), officer_id or str(uuid4())
        samity = {
            "id": samity_id,
            "code": f"{office}-0001",
            "name_bn": "শাপলা",
            "name_en": "Shapla",
            "branch_id": self.ids[office],
            "meeting_weekday": 1,
            "officer_id": officer_id,
            "active": True,
            "version": 1,
        }
        self.harness.hear(SAMITY_CHANGED, samity)
        member = {
            "id": str(uuid4()),
            "code": f"{office}-0001.{self.serial:05d}",
            "name_bn": "আমেনা বেগম",
            "name_en": "Amena Begum",
            "samity_id": samity_id,
            "branch_id": self.ids[office],
            "status": "active",
            "language": "bn",
            "admitted_on": "2026-01-05",
            "version": 1,
        } | given
        self.harness.hear(MEMBER_CHANGED, member)
        return member

    def issue(self, member: dict[str, Any], maker: Actor) -> str:
        """Propose a login; returns the approval's id."""
        approval = str(uuid4())
        self.ask(ISSUE_MEMBER_LOGIN, {"id": approval, "member_id": member["id"]}, maker)
        return approval

    def activate(self, member: dict[str, Any], code: str, pin: str = PIN, **door: Any) -> dict[str, Any]:
        return self.knock(ACTIVATE_MEMBER_LOGIN, member_code=member["code"], code=code, pin=pin, **door)

    def sign_in(self, username: str, password: str = PASSWORD, **door: Any) -> dict[str, Any]:
        return self.knock(SIGN_IN_STAFF, username=username, password=password, **door)


@pytest.fixture(scope="session")
def old_town(postgres_server, keys_folder: Path) -> "tuple[DatabaseUrls, Town]":
    """The town as every test finds it; made once, because passwords are hashed slowly on purpose."""
    urls = postgres_server.create_service_database("identity", like=migrated(postgres_server, "identity"))
    with harness_of(IdentityService, urls.runtime, keys=keys_folder) as harness:
        town = Town(harness)
        town.found()
        town.open_office("A01", "area")
        town.open_office("001", "branch", parent="A01")
        town.open_office("002", "branch", parent="A01")
        for name, role in (
            ("manager", "branch_manager"),
            ("accountant", "accountant"),
            ("officer", "field_officer"),
        ):
            town.hire(role, username=name)
        member = town.admit_member(name_en="Member With Login")
        code = town.decide(town.issue(member, town.people["accountant"]), town.people["manager"])
        town.members["active"] = member | {"answer": town.activate(member, code)}
    return urls, town


@pytest.fixture
def town(postgres_server, keys_folder: Path, old_town: "tuple[DatabaseUrls, Town]") -> Iterator[Town]:
    template, made = old_town
    with (
        fresh_database(postgres_server, "identity", template=lambda *_: template) as urls,
        harness_of(IdentityService, urls.runtime, keys=keys_folder) as harness,
    ):
        yield replace(
            made,
            harness=harness,
            ids=dict(made.ids),
            people=dict(made.people),
            members=dict(made.members),
        )


@pytest.fixture
def manager(town: Town) -> Actor:
    return town.people["manager"]


@pytest.fixture
def accountant(town: Town) -> Actor:
    return town.people["accountant"]


@pytest.fixture
def officer(town: Town) -> Actor:
    return town.people["officer"]


@pytest.fixture
def member(town: Town) -> dict[str, Any]:
    """A member of branch 001 with a login that she has turned into a PIN."""
    return town.members["active"]
