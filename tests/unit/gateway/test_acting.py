"""Who acts for another is asked for in every post that he holds: what one refuses may be for the other."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask

from contracts.accounts import DECIDE_APPROVAL, GET_MEMBER, LIST_APPROVALS, LIST_MEMBERS
from contracts.errors import Forbidden, NotFound, OverLimit, ReasonMissing, ServiceError
from contracts.identity import LIST_APPROVALS as LIST_OF_IDENTITY
from contracts.permissions import PERMISSIONS, Role
from contracts.transactions.ledger import LIST_APPROVALS as LIST_OF_TRANSACTIONS
from gateway.backends import Asked
from tests.support.gateway import Caller, FakeBackends, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Visitor

AREA = "/HO/A01/"
DECISION = f"/approvals/accounts/{AN_ID}/decision"


def post(role: Role, path: str) -> dict[str, Any]:
    return {
        "id": AN_ID,
        "role": role.value,
        "permissions": sorted(PERMISSIONS[role]),
        "office_id": AN_ID,
        "office_path": path,
        "office_name_bn": "এলাকা",
        "office_name_en": "Area",
        "limits": [],
        "to_on": "2026-12-05",
    }


@pytest.fixture
def manager(app: Flask, backends: FakeBackends) -> Caller:
    """The manager of a branch who acts for the area's manager."""
    token = backends.sign_in(Role.BRANCH_MANAGER, acting=[post(Role.AREA_MANAGER, AREA)])
    return Caller(app.test_client(), token, "en")


def refusing(role: Role, refusal: ServiceError):
    def answer(_payload: Mapping[str, Any], asked: Asked) -> Mapping[str, Any]:
        if asked.actor.role == role:
            raise refusal
        return sample_answer(DECIDE_APPROVAL)

    return answer


@pytest.mark.parametrize("refusal", [Forbidden(), NotFound(), OverLimit(limit="1", amount="2")])
def test_what_the_wider_post_may_not_is_tried_in_the_own_one(
    manager: Caller, backends: FakeBackends, refusal: ServiceError
) -> None:
    backends.script(DECIDE_APPROVAL, refusing(Role.AREA_MANAGER, refusal))

    assert manager.send("POST", DECISION, {"approve": True}).status_code == 200
    asked = [one.asked.actor for one in backends.of(DECIDE_APPROVAL)]
    assert [(actor.role, actor.office_path) for actor in asked] == [
        ("area_manager", AREA),
        ("branch_manager", "/HO/A01/B001/"),
    ]
    assert len({actor.person_id for actor in asked}) == 1


def test_where_every_post_refuses_the_first_refusal_is_told(manager: Caller, backends: FakeBackends) -> None:
    refusals = iter([OverLimit(limit="10.00", amount="20.00"), Forbidden()])

    def refuse(_payload: Mapping[str, Any], _asked: Asked) -> Mapping[str, Any]:
        raise next(refusals)

    backends.script(DECIDE_APPROVAL, refuse)
    assert manager.send("POST", DECISION, {"approve": True}).json["code"] == "OVER_LIMIT"


def test_another_refusal_is_told_at_once(manager: Caller, backends: FakeBackends) -> None:
    backends.script(DECIDE_APPROVAL, ReasonMissing())
    assert manager.send("POST", DECISION, {"approve": False}).json["code"] == "REASON_MISSING"
    assert len(backends.of(DECIDE_APPROVAL)) == 1


def test_who_acts_for_nobody_is_asked_once(caller, backends: FakeBackends) -> None:
    backends.script(GET_MEMBER, NotFound())
    assert caller(Role.BRANCH_MANAGER).send("GET", f"/members/{AN_ID}").status_code == 404
    assert len(backends.of(GET_MEMBER)) == 1


def waiting(*items: tuple[str, str, bool], more: bool = False) -> dict[str, Any]:
    sample = sample_answer(LIST_APPROVALS)["items"][0]
    listed = [
        sample | {"id": AN_ID[:-1] + name, "proposed_at": f"2026-11-23T{at}:00:00.000000Z", "may_decide": may}
        for name, at, may in items
    ]
    return {"items": listed, "next": listed[-1]["id"] if more else None}


class TestInbox:
    def script(self, backends: FakeBackends, area: dict[str, Any], own: dict[str, Any]) -> None:
        def answer(_payload: Mapping[str, Any], asked: Asked) -> Mapping[str, Any]:
            return area if asked.actor.role == Role.AREA_MANAGER else own

        backends.script(LIST_APPROVALS, answer)
        for method in (LIST_OF_IDENTITY, LIST_OF_TRANSACTIONS):
            backends.script(method, {"items": [], "next": None})

    def listed(self, manager: Caller) -> tuple[list[tuple[str, bool]], str | None]:
        page = manager.send("GET", "/approvals").json
        return [(one["id"][-1], one["may_decide"]) for one in page["items"]], page["next"]

    def test_shows_what_waits_in_both_posts_once_and_what_either_may_decide(
        self, manager: Caller, backends: FakeBackends
    ) -> None:
        self.script(
            backends,
            waiting(("1", "01", False), ("2", "02", True), ("3", "03", False)),
            waiting(("1", "01", True), ("2", "02", False), ("4", "04", True)),
        )
        assert self.listed(manager) == ([("1", True), ("2", True), ("3", False), ("4", True)], None)

    def test_goes_on_where_the_shorter_page_ends(self, manager: Caller, backends: FakeBackends) -> None:
        self.script(
            backends,
            waiting(("1", "01", False), ("2", "02", True), more=True),
            waiting(("1", "01", True), ("3", "03", True)),
        )
        items, after = self.listed(manager)
        assert items == [("1", True), ("2", True)]
        assert after == f"accounts={AN_ID[:-1]}2"


def test_one_reads_in_which_posts_one_acts(manager: Caller) -> None:
    me = manager.send("GET", "/me").json
    assert (me["role"], [one["role"] for one in me["acting"]]) == ("branch_manager", ["area_manager"])
    assert "acting:propose" in me["permissions"]


class TestChoosing:
    """Lists are of one office: who acts for a neighbour says for which."""

    @pytest.fixture
    def neighbour(self, app: Flask, backends: FakeBackends) -> Caller:
        token = backends.sign_in(Role.BRANCH_MANAGER, acting=[post(Role.BRANCH_MANAGER, "/HO/A01/B002/")])
        return Caller(app.test_client(), token, "en")

    def paths(self, caller: Caller, backends: FakeBackends, **headers: str) -> list[str | None]:
        backends.asked.clear()
        address = "/api/v1/members"
        authorization = {"Authorization": f"Bearer {caller.token}"}
        answer = caller.client.get(address, headers=authorization | headers)
        assert answer.status_code == 200
        return [one.asked.actor.office_path for one in backends.of(LIST_MEMBERS)]

    def test_a_program_names_the_post_in_a_header(self, neighbour: Caller, backends: FakeBackends) -> None:
        assert self.paths(neighbour, backends) == ["/HO/A01/B001/"]
        assert self.paths(neighbour, backends, **{"Acting-Post": AN_ID}) == ["/HO/A01/B002/"]
        assert self.paths(neighbour, backends, **{"Acting-Post": "own"}) == ["/HO/A01/B001/"]

    def test_nobody_names_a_post_that_he_does_not_hold(self, caller, backends: FakeBackends) -> None:
        manager = caller(Role.BRANCH_MANAGER)
        headers = {"Authorization": f"Bearer {manager.token}", "Acting-Post": AN_ID}
        answer = manager.client.get("/api/v1/members", headers=headers)
        assert (answer.status_code, answer.json["code"]) == (403, "FORBIDDEN")
        assert backends.of(LIST_MEMBERS) == []

    def test_a_post_alone_has_its_own_verbs_only(self, app: Flask, backends: FakeBackends) -> None:
        token = backends.sign_in(Role.FIELD_OFFICER, acting=[post(Role.ACCOUNTANT, "/HO/A01/B001/")])
        headers = {"Authorization": f"Bearer {token}"}
        client = app.test_client()
        assert client.get("/api/v1/messages", headers=headers).status_code == 200
        alone = client.get("/api/v1/messages", headers=headers | {"Acting-Post": "own"})
        assert alone.status_code == 403


class TestPortal:
    def at_the_desk(self, app: Flask, backends: FakeBackends) -> Visitor:
        visitor = Visitor(app, backends, Role.BRANCH_MANAGER)
        for session in backends.sessions.values():
            session["acting"] = [post(Role.BRANCH_MANAGER, "/HO/A01/B002/")]
        return visitor

    def scopes(self, backends: FakeBackends, visitor: Visitor) -> list[str | None]:
        backends.asked.clear()
        visitor.look("/members")
        return [one.asked.actor.office_path for one in backends.of(LIST_MEMBERS)]

    def test_every_page_says_for_whom_one_acts_and_one_chooses_a_post(
        self, app: Flask, backends: FakeBackends
    ) -> None:
        backends.script(LIST_MEMBERS, {"items": [], "next": None})
        visitor = self.at_the_desk(app, backends)
        page = visitor.look("/members")
        assert "Acting Branch manager, Area" in page.text
        assert "Work in this post" in page.text
        assert self.scopes(backends, visitor) == ["/HO/A01/B001/"]

        token = {"csrf_token": page.fields["csrf_token"]}
        assert visitor.client.post(f"/post/{AN_ID}", data=token).status_code == 303
        assert self.scopes(backends, visitor) == ["/HO/A01/B002/"]
        assert "Work in all my posts" in visitor.look("/members").text

        visitor.client.post("/post/all", data=token)
        assert self.scopes(backends, visitor) == ["/HO/A01/B001/"]

    def test_a_post_that_has_ended_is_chosen_no_more(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(LIST_MEMBERS, {"items": [], "next": None})
        visitor = self.at_the_desk(app, backends)
        token = {"csrf_token": visitor.look("/members").fields["csrf_token"]}
        visitor.client.post(f"/post/{AN_ID}", data=token)
        for session in backends.sessions.values():
            session["acting"] = []
        app.extensions["mikrof"].sessions.lose()
        assert self.scopes(backends, visitor) == ["/HO/A01/B001/"]
