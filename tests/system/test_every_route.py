"""Every route of the API × every role × own and foreign branch, on the running system (architecture §7).

The verb is checked at the gateway, the scope in the service beside the query. Nobody gets at anything of
another branch by any address, and nobody is refused where his role and his branch let him in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from demo.forms import receipt_number, submission_form
from demo.town import Town, eventually, row, savings_of
from tests.support.routes import Call, calls, may_call

if TYPE_CHECKING:
    import requests

    from demo.client import Person
    from demo.town import Branch

STAFF = ("branch_manager", "accountant", "field_officer", "auditor")
OWN_ONLY = (
    "doors.",
    "me.",
    "messages.set_preferences",
    "overrides.propose_override",
    "complaints.make_own_complaint",
)
"""Addresses that only ever speak of the caller himself, or of what waits in his own office."""
LEFT_OUT = ("doors.sign_out", "days.close_day")
"""They would end the walk: the session, or the branch's day."""
NOT_YOURS = {403, 404}


@dataclass
class Place:
    """A branch in which there is one of everything."""

    branch: Branch
    her: Person
    ids: dict[str, str]

    def person(self, role: str) -> Person:
        return self.her if role == "member" else self.branch.people[role]

    def secrets(self) -> set[str]:
        """What nobody of another branch may see, not even its id."""
        return {value for name, value in self.ids.items() if name not in {"on", "service"}}


@pytest.fixture(scope="module")
def places(town: Town) -> tuple[Place, Place]:
    return furnished(town), furnished(town)


def furnished(town: Town) -> Place:
    """Open a branch and put one of everything into it."""
    branch = town.open_branch()
    town.hire(branch, "auditor")
    samity = branch.open_samity()
    member = branch.admit(samity)
    account = savings_of(branch.manager, member)["account_id"]
    branch.count_vault("opening")
    sheet = eventually(lambda: complete(branch, samity))
    holding = branch.officer.post(f"/sheets/{sheet['id']}/holding", {"take_over": False})
    line = row(sheet["rows"][0], receipt_number(holding, 0), "50.00")
    body = submission_form(holding, [line])
    branch.officer.put(f"/sheets/{sheet['id']}/submissions/{uuid4()}", body)
    handover = branch.hand_over([sheet["id"]], "50.00")
    entry = str(uuid4())
    branch.accountant.put(f"/deposits/{entry}", {"account_id": account, "amount": "20.00", "paid_by": "self"})
    count = str(uuid4())
    branch.accountant.put(
        f"/offices/{branch.id}/days/{branch.on}/vault-counts/{count}",
        {"moment": "closing", "denominations": {"10": 2}},
    )
    her = branch.issue_login(member)
    return Place(
        branch,
        her,
        {
            "office_id": branch.id,
            "branch_id": branch.id,
            "parent_id": branch.id,
            "samity_id": samity,
            "member_id": member,
            "members.get_member:id": member,
            "members.unmask_member:id": member,
            "account_id": account,
            "officer_id": branch.ids["field_officer"],
            "staff_id": branch.ids["field_officer"],
            "sheet_id": sheet["id"],
            "sheets.get_sheet:id": sheet["id"],
            "sheets.hold_sheet:id": sheet["id"],
            "handover_id": handover,
            "handovers.get_handover:id": handover,
            "counter.get_receipt:entry_id": entry,
            "counter.propose_reversal:entry_id": entry,
            "days.confirm_vault_count:id": count,
            "on": branch.on.isoformat(),
        },
    )


def complete(branch: Branch, samity: str) -> dict[str, Any] | None:
    sheet = branch.todays_sheet(samity)
    return sheet if sheet["rows"] else None


def walk(place: Place) -> list[Call]:
    """Every call, with what is in a place; what a PUT makes gets an id that nobody has."""
    fresh = {name: str(uuid4()) for name in MAKES}
    return [call for call in calls({**place.ids, **fresh}) if call.name not in LEFT_OUT]


MAKES = (
    "offices.open_office:id",
    "staff.propose_staff:id",
    "staff.propose_credential_reset:id",
    "limits.propose_limit:id",
    "acting.propose_acting:id",
    "samities.open_samity:id",
    "samities.assign_samity_officer:id",
    "samities.move_samity_meeting:id",
    "members.admit_member:id",
    "number_changes.propose_number_change:id",
    "logins.issue_member_login:id",
    "sheets.submit_sheet:submission_id",
    "sheets.issue_special_sheet:id",
    "handovers.declare_handover:id",
    "handovers.count_handover:count_id",
    "counter.post_deposit:entry_id",
    "counter.propose_reversal:id",
    "days.record_vault_count:id",
)


def made(person: Person, call: Call) -> requests.Response:
    return person.web.request(call.verb, f"{person.base_url}{call.path}", json=call.body, timeout=30)


@pytest.mark.parametrize("role", [*STAFF, "member"])
def test_nothing_of_a_foreign_branch_can_be_reached(places: tuple[Place, Place], role: str) -> None:
    own, foreign = places
    leaks = []
    for call in walk(foreign):
        if call.name.startswith(OWN_ONLY):
            continue
        response = made(own.person(role), call)
        seen = [secret for secret in foreign.secrets() if secret in response.text and secret not in call.path]
        if response.status_code >= 500 or seen or (call.changes and response.status_code not in NOT_YOURS):
            leaks.append((call.name, response.status_code, response.text[:160], seen))

    assert leaks == []


@pytest.mark.parametrize("role", [*STAFF, "member"])
def test_one_gets_exactly_where_the_role_leads_in_the_own_branch(
    places: tuple[Place, Place], role: str
) -> None:
    own = places[0]
    wrong = []
    for call in walk(own):
        if call.changes and may_call(role, call):
            continue  # what the deeds do is proved deed by deed; here they would only spoil one another
        response = made(own.person(role), call)
        is_forbidden = response.status_code == 403 and response.json()["code"] == "FORBIDDEN"
        if response.status_code >= 500 or is_forbidden == may_call(role, call):
            wrong.append((call.name, response.status_code, response.text[:160]))

    assert wrong == []


@pytest.mark.rule("P7")
def test_the_administrator_has_no_verb_that_moves_money(places: tuple[Place, Place], town: Town) -> None:
    reached = []
    for call in walk(places[0]):
        if may_call("administrator", call) or call.permission is None:
            continue
        response = made(town.administrator, call)
        if response.status_code != 403:
            reached.append((call.name, response.status_code))

    assert reached == []
    money = {
        "sheet:submit",
        "handover:authorise",
        "handover:count",
        "deposit:post",
        "reversal:propose",
        "day:close",
    }
    assert money.isdisjoint(call.permission for call in calls() if may_call("administrator", call))
