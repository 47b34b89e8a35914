"""Staff at the portal: who acts for whom, a lost password, what each role may do. M8, P7, P12."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.identity import (
    END_ACTING,
    LIST_ACTING,
    LIST_STAFF,
    PROPOSE_ACTING,
    PROPOSE_CREDENTIAL_RESET,
)
from contracts.identity.acting import OwnActing
from contracts.identity.staff import OwnAccess
from contracts.permissions import Role
from gateway.keepers import KEEPERS
from tests.support.gateway import OFFICE, PERSON, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

MANAGER = "01a20857-0000-7000-8000-00000000e001"
OFFICER = "01a20857-0000-7000-8000-00000000e002"
AUDITOR = "01a20857-0000-7000-8000-00000000e003"
SWITCHED_OFF = "01a20857-0000-7000-8000-00000000e004"
WHY = {"from_on": "০১-১২-২০২৬", "to_on": "05-12-2026", "reason": "training"}


@pytest.fixture(autouse=True)
def services(backends: FakeBackends) -> None:
    one = sample_answer(LIST_STAFF)["items"][0] | {"office_id": OFFICE, "status": "active"}
    people = [
        one | {"id": MANAGER, "role": "branch_manager", "name_en": "Suraiya"},
        one | {"id": OFFICER, "role": "field_officer", "name_en": "Nadira"},
        one | {"id": AUDITOR, "role": "auditor", "name_en": "Aziz"},
        one | {"id": SWITCHED_OFF, "role": "accountant", "status": "off", "name_en": "Karim"},
    ]
    backends.script(LIST_STAFF, {"items": people, "next": None})


@pytest.fixture
def area(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.AREA_MANAGER)


@pytest.fixture
def administrator(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ADMINISTRATOR)


def acts(backends: FakeBackends, **facts: Any) -> None:
    """Let there be one acting post."""
    one = sample_answer(LIST_ACTING)["items"][0]
    known = {"id": AN_ID, "role": "branch_manager", "ended_at": None}
    backends.script(LIST_ACTING, {"items": [one | known | facts], "next": None})


class TestActing:
    @pytest.mark.rule("M8")
    def test_is_for_the_post_of_whoever_is_away(self, area: Visitor, backends: FakeBackends) -> None:
        assert area.send("/acting/new", **WHY, away_id=MANAGER, staff_id=OFFICER).status_code == 303

        (asked,) = backends.of(PROPOSE_ACTING)
        post = {"role": "branch_manager", "office_id": OFFICE, "away_id": MANAGER, "staff_id": OFFICER}
        days = {"from_on": "2026-12-01", "to_on": "2026-12-05", "reason": "training"}
        assert asked.payload == post | days | {"id": asked.payload["id"]}

    def test_offers_nobody_who_may_not_act_or_is_not_at_work(self, area: Visitor) -> None:
        html = area.client.get("/acting/new").text

        names = ("Suraiya", "Nadira", "Aziz", "Karim")
        away, who = html.split('id="staff_id"')
        assert [name in away for name in names] == [
            True,
            False,
            False,
            False,
        ]
        assert [name in who for name in names] == [True, True, False, False]

    def test_is_refused_with_what_was_chosen(self, area: Visitor, backends: FakeBackends) -> None:
        backends.script(PROPOSE_ACTING, OwnActing())

        answer = area.send("/acting/new", **WHY, away_id=MANAGER, staff_id=OFFICER)

        assert answer.status_code == 403
        assert Page(answer.text).fields["staff_id"] == OFFICER

    @pytest.mark.parametrize(
        ("facts", "may_end"),
        [
            ({"state": "agreed", "holds": True}, True),
            ({"state": "agreed", "holds": False}, True),
            ({"state": "proposed", "holds": False}, False),
            ({"state": "ended", "holds": False}, False),
        ],
    )
    def test_can_be_ended_once_it_was_agreed_to(
        self, area: Visitor, backends: FakeBackends, facts: dict[str, Any], *, may_end: bool
    ) -> None:
        acts(backends, **facts)
        address = f"/acting/{AN_ID}/end"

        assert (address in area.look("/acting").links) is may_end

    def test_ends_with_a_reason(self, area: Visitor, backends: FakeBackends) -> None:
        assert area.send(f"/acting/{AN_ID}/end", reason="he is back").status_code == 303

        assert backends.of(END_ACTING)[0].payload == {"id": AN_ID, "reason": "he is back"}

    def test_is_only_looked_at_by_a_manager(self, app: Flask, backends: FakeBackends) -> None:
        acts(backends, state="agreed", holds=True)
        manager = Visitor(app, backends, Role.BRANCH_MANAGER)

        assert not {"/acting/new", f"/acting/{AN_ID}/end"} & set(manager.look("/acting").links)
        assert manager.client.get("/acting/new").status_code == 403


class TestANewPassword:
    @pytest.mark.rule("P7")
    def test_is_asked_for_with_a_reason(self, administrator: Visitor, backends: FakeBackends) -> None:
        address = f"/staff/{OFFICER}/reset"
        links = administrator.look("/staff").links
        assert address in links
        assert f"/staff/{SWITCHED_OFF}/reset" not in links

        assert administrator.send(address, reason="forgotten; came himself").status_code == 303

        (asked,) = backends.of(PROPOSE_CREDENTIAL_RESET)
        said = {"staff_id": OFFICER, "reason": "forgotten; came himself"}
        assert asked.payload == said | {"id": asked.payload["id"]}

    def test_is_not_ones_own(self, administrator: Visitor, backends: FakeBackends) -> None:
        backends.script(PROPOSE_CREDENTIAL_RESET, OwnAccess())

        answer = administrator.send(f"/staff/{PERSON}/reset", reason="forgotten")

        assert answer.status_code == 403
        assert Page(answer.text).fields["reason"] == "forgotten"

    def test_is_not_for_a_manager_to_ask(self, app: Flask, backends: FakeBackends) -> None:
        manager = Visitor(app, backends, Role.BRANCH_MANAGER)

        assert f"/staff/{OFFICER}/reset" not in manager.look("/staff").links
        assert manager.client.get(f"/staff/{OFFICER}/reset").status_code == 403


@pytest.mark.rule("P7")
def test_a_new_approver_is_told_to_wait(app: Flask, backends: FakeBackends) -> None:
    for keeper in KEEPERS.values():
        backends.script(keeper.waiting, {"items": [], "next": None})
    visitor = Visitor(app, backends, Role.ADMINISTRATOR)
    assert "first 24 hours" not in visitor.look("/approvals").text

    for session in backends.sessions.values():
        session["is_new"] = True

    assert "first 24 hours" in visitor.look("/approvals").text


@pytest.mark.rule("P12")
def test_the_table_of_roles_says_who_asks_and_who_agrees(administrator: Visitor) -> None:
    html = administrator.client.get("/roles").text

    cells = html.split('<th scope="row">Approval limits</th>')[1].split("</tr>")[0]
    by_role = [Page(cell).text for cell in cells.split("<td>")[1:]]
    assert by_role == ["agree, propose, read", "read", "read", "", "", "read"]
    vault = html.split('<th scope="row">Withdrawals</th>')[1].split("</tr>")[0]
    assert Page(vault.split("<td>")[1]).text == "", "an administrator moves no money"
