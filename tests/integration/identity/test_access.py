"""Holds that an administrator confirms, apps closed at the branch, devices switched off (P6, P9)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from contracts.errors import Forbidden, MakerIsChecker, NotFound
from contracts.identity import (
    DECIDE_APPROVAL,
    GET_MEMBER_LOGIN,
    HOLD_ACCESS,
    LIST_APPROVALS,
    LIST_STAFF,
    MEMBER_LOGIN_CHANGED,
    REACTIVATE_MEMBER_LOGIN,
    SIGN_IN_STAFF,
    SUSPEND_MEMBER_LOGIN,
    SWITCH_ACCESS,
)
from contracts.identity.devices import LIST_DEVICES, SWITCH_DEVICE, DeviceOff
from contracts.identity.logins import (
    CLOSE_MEMBER_LOGIN,
    LIST_LOGIN_SWITCHES,
    LoginNotActive,
    LoginNotSuspended,
    OwnOfficer,
)
from contracts.identity.sessions import SessionEnded
from contracts.identity.staff import OwnAccess
from identity.batch.duties import IdentityBatch
from tests.integration.identity.conftest import PASSWORD

pytestmark = pytest.mark.rule("P6")
DEVICE = "5f0f4d70-0000-7000-8000-00000000de01"


def hold(town, person, by):
    return town.ask(HOLD_ACCESS, {"staff_id": person.person_id, "reason": "money missing"}, by)


def status(town, person):
    found = town.ask(LIST_STAFF, {}, town.founders[0])["items"]
    return next(one["status"] for one in found if one["id"] == person.person_id)


def waiting(town):
    found = town.ask(LIST_APPROVALS, {}, town.founders[0])["items"]
    return [one for one in found if one["kind"] == "access_hold"]


def decide(town, approval, by, *, approve):
    body = {"id": approval["id"], "approve": approve, "reason": None if approve else "he was right"}
    return town.ask(DECIDE_APPROVAL, body, by)


def test_a_hold_waits_for_an_administrator_who_confirms_it(town, manager, officer):
    hold(town, officer, manager)
    [one] = waiting(town)
    assert (one["maker_id"], one["subject_id"], one["facts"]["reason"]) == (
        manager.person_id,
        officer.person_id,
        "money missing",
    )

    decide(town, one, town.founders[0], approve=True)

    assert (status(town, officer), waiting(town)) == ("off", [])
    town.harness.watch.advance(timedelta(days=2))
    assert status(town, officer) == "off"


def test_an_administrator_lifts_a_hold_at_once(town, manager, officer):
    hold(town, officer, manager)

    decide(town, waiting(town)[0], town.founders[0], approve=False)

    assert (status(town, officer), waiting(town)) == ("active", [])


def test_who_holds_confirms_not(town, manager, officer):
    hold(town, officer, manager)
    [one] = waiting(town)

    with pytest.raises((Forbidden, MakerIsChecker)):
        decide(town, one, manager, approve=True)
    assert status(town, officer) == "held"


def test_what_nobody_confirms_within_a_day_lapses(town, manager, officer):
    hold(town, officer, manager)
    town.harness.watch.advance(timedelta(hours=23, minutes=59))
    town.harness.tick("lapse_holds", by=IdentityBatch)
    assert (status(town, officer), len(waiting(town))) == ("held", 1)

    town.harness.watch.advance(timedelta(minutes=1))
    town.harness.tick("lapse_holds", by=IdentityBatch)

    assert (status(town, officer), waiting(town)) == ("active", [])
    assert len(town.harness.audited("lapse_hold")) == 1


def test_a_manager_does_not_make_his_hold_longer(town, manager, officer):
    hold(town, officer, manager)
    town.harness.watch.advance(timedelta(hours=20))
    hold(town, officer, manager)
    town.harness.watch.advance(timedelta(hours=5))

    assert status(town, officer) == "active"


def test_who_switches_the_access_has_decided_the_hold(town, manager, officer):
    hold(town, officer, manager)
    body = {"staff_id": officer.person_id, "on": False, "reason": "confirmed by telephone"}

    town.ask(SWITCH_ACCESS, body, town.founders[0])

    assert (status(town, officer), waiting(town)) == ("off", [])


def sign_in(town, officer):
    found = town.ask(LIST_STAFF, {}, town.founders[0])["items"]
    username = next(one["username"] for one in found if one["id"] == officer.person_id)
    return town.knock(
        SIGN_IN_STAFF, username=username, password=PASSWORD, device_id=DEVICE, device_name="Walton"
    )


def devices(town, officer, by=None):
    body = {"staff_id": officer.person_id}
    return town.ask(LIST_DEVICES, body, by or town.founders[0])["items"]


def switch(town, officer, by=None, *, on=False, device=DEVICE):
    body = {"staff_id": officer.person_id, "device_id": device, "on": on, "reason": "phone lost"}
    return town.ask(SWITCH_DEVICE, body, by or town.founders[0])["items"]


@pytest.mark.rule("P9")
def test_a_device_that_is_off_lets_him_in_no_more_until_it_is_on_again(town, manager, officer):
    opened = sign_in(town, officer)
    [one] = [one for one in devices(town, officer) if one["device_id"] == DEVICE]
    assert (one["name"], one["is_open"], one["off_at"]) == ("Walton", True, None)

    [off] = [one for one in switch(town, officer) if one["device_id"] == DEVICE]

    assert (off["is_open"], off["off_reason"], bool(off["off_at"])) == (False, "phone lost", True)
    with pytest.raises(SessionEnded):
        town.session(opened)
    with pytest.raises(DeviceOff):
        sign_in(town, officer)
    switch(town, officer, on=True)
    assert sign_in(town, officer)["session_id"]
    assert len(town.harness.audited("switch_device")) == 2


@pytest.mark.rule("P9")
def test_a_manager_reads_the_devices_of_his_branch_and_switches_none(town, manager, officer):
    sign_in(town, officer)
    assert DEVICE in {one["device_id"] for one in devices(town, officer, manager)}
    with pytest.raises(Forbidden):
        switch(town, officer, manager)
    with pytest.raises(NotFound):
        switch(town, officer, device=str(uuid4()))
    with pytest.raises(OwnAccess):
        switch(town, town.founders[0])


def close(town, member, by):
    body = {"member_id": member["id"], "seen": "photo", "reason": "she gave her phone away"}
    return town.ask(CLOSE_MEMBER_LOGIN, body, by)


def suspend(town, member, by):
    call = {"caller": "her daughter", "number": "01712345678", "called_back": "known_number"}
    return town.ask(SUSPEND_MEMBER_LOGIN, {"member_id": member["id"], "reason": "phone lost", **call}, by)


def switches(town, member, by):
    return town.ask(LIST_LOGIN_SWITCHES, {"member_id": member["id"]}, by)["items"]


def test_an_app_is_closed_at_the_branch_and_she_may_have_another(town, member, accountant, manager):
    assert close(town, member, accountant)["status"] == "none"

    with pytest.raises(SessionEnded):
        town.session(member["answer"])
    told = [one for one in town.harness.told(MEMBER_LOGIN_CHANGED) if one["member_id"] == member["id"]]
    assert (told[-1]["deed"], told[-1]["status"]) == ("revoked", "none")
    assert close(town, member, accountant)["status"] == "none"
    assert len(switches(town, member, manager)) == 1
    code = town.decide(town.issue(member, accountant), manager)
    assert town.activate(member, code)


def test_a_suspended_app_is_closed_too_and_not_reactivated_after(town, member, accountant, manager):
    suspend(town, member, accountant)

    assert close(town, member, manager)["status"] == "none"

    with pytest.raises(LoginNotSuspended):
        town.ask(REACTIVATE_MEMBER_LOGIN, {"member_id": member["id"], "reason": "after all"}, manager)


def test_an_app_that_never_was_is_not_closed(town, accountant, manager):
    member = town.admit_member()

    with pytest.raises(LoginNotActive):
        close(town, member, accountant)
    assert switches(town, member, manager) == []


def test_her_officer_closes_nothing(town, member, officer, accountant, manager):
    with pytest.raises(Forbidden):
        close(town, member, officer)
    hers = town.admit_member(officer_id=accountant.person_id)
    with pytest.raises(OwnOfficer):
        close(town, hers, accountant)
    body = {"member_id": member["id"]}
    assert town.ask(GET_MEMBER_LOGIN, body, manager)["status"] == "active"


def test_the_register_says_who_called_from_where_and_who_was_called_back(town, member, accountant, manager):
    suspend(town, member, accountant)
    town.harness.watch.advance(timedelta(minutes=1))
    close(town, member, manager)

    closed, suspended = switches(town, member, manager)

    assert (closed["deed"], closed["seen"], closed["by_id"]) == ("closed", "photo", manager.person_id)
    assert (closed["caller"], closed["number_masked"], closed["called_back"]) == (None, None, None)
    said = (suspended["deed"], suspended["caller"], suspended["called_back"], suspended["by_id"])
    assert said == ("suspended", "her daughter", "known_number", accountant.person_id)
    assert suspended["number_masked"].endswith("5678")
    assert "171234" not in suspended["number_masked"]


def test_the_register_is_read_in_her_own_branch(town, member, officer, accountant):
    with pytest.raises(Forbidden):
        switches(town, member, officer)
    with pytest.raises(NotFound):
        switches(town, member, town.hire("branch_manager", "002"))
