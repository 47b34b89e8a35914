"""A lost password: two administrators, a slip, and every session ended (P7)."""

from typing import Any
from uuid import uuid4

import pytest

from contracts.errors import (
    AlreadyDecided,
    ApproverTooNew,
    Forbidden,
    IdConflict,
    MakerIsChecker,
    NotFound,
)
from contracts.identity import CHANGE_PASSWORD, PROPOSE_CREDENTIAL_RESET, SESSION_REVOKED, SWITCH_ACCESS
from contracts.identity.sessions import PasswordChangeRequired, SessionEnded, SignInRefused
from contracts.identity.staff import OwnAccess, StaffNotSwitchable

ANOTHER = "a longer walk by the Karatoa"


def wish(person: Any, **changes: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "staff_id": person.person_id, "reason": "পাসওয়ার্ড ভুলে গেছেন"} | changes


@pytest.mark.rule("P7")
def test_the_old_password_works_until_a_second_administrator_approves(town, accountant):
    open_session = town.sign_in("accountant")
    body = wish(accountant)
    waiting = town.ask(PROPOSE_CREDENTIAL_RESET, body, town.founders[0])
    assert (waiting["kind"], waiting["facts"]["username"]) == ("credential_reset", "accountant")
    assert town.sign_in("accountant")

    slip = town.decide(body["id"], town.founders[1])

    told = town.harness.told(SESSION_REVOKED)[-1]
    assert told["person_id"] == accountant.person_id
    with pytest.raises(SessionEnded):
        town.session(open_session)
    with pytest.raises(SignInRefused):
        town.sign_in("accountant")
    with pytest.raises(PasswordChangeRequired):
        town.sign_in("accountant", password=slip)
    town.knock(CHANGE_PASSWORD, username="accountant", password=slip, new_password=ANOTHER)
    assert town.session(town.sign_in("accountant", password=ANOTHER))["role"] == "accountant"


@pytest.mark.rule("P7")
def test_neither_the_maker_nor_a_new_administrator_approves(town, accountant):
    body = wish(accountant)
    town.ask(PROPOSE_CREDENTIAL_RESET, body, town.founders[0])
    with pytest.raises(MakerIsChecker):
        town.decide(body["id"], town.founders[0])
    with pytest.raises(ApproverTooNew):
        town.decide(body["id"], town.hire("administrator", "HO"))
    assert town.sign_in("accountant")


@pytest.mark.rule("P7")
def test_nobody_resets_himself(town):
    first, second = town.founders
    with pytest.raises(OwnAccess):
        town.ask(PROPOSE_CREDENTIAL_RESET, wish(first), first)
    body = wish(second)
    town.ask(PROPOSE_CREDENTIAL_RESET, body, first)
    with pytest.raises(OwnAccess):
        town.decide(body["id"], second)


def test_a_lost_answer_is_drawn_anew_and_the_first_slip_is_worth_nothing(town, accountant):
    body = wish(accountant)
    town.ask(PROPOSE_CREDENTIAL_RESET, body, town.founders[0])
    lost = town.decide(body["id"], town.founders[1])
    slip = town.decide(body["id"], town.founders[1])
    assert lost != slip
    with pytest.raises(SignInRefused):
        town.knock(CHANGE_PASSWORD, username="accountant", password=lost, new_password=ANOTHER)
    town.knock(CHANGE_PASSWORD, username="accountant", password=slip, new_password=ANOTHER)
    assert town.decide(body["id"], town.founders[1]) == ""


def test_one_waits_at_a_time_and_the_same_again_answers_the_same(town, accountant):
    body = wish(accountant)
    first = town.ask(PROPOSE_CREDENTIAL_RESET, body, town.founders[0])
    assert town.ask(PROPOSE_CREDENTIAL_RESET, body, town.founders[0]) == first
    with pytest.raises(IdConflict):
        town.ask(PROPOSE_CREDENTIAL_RESET, body | {"reason": "another"}, town.founders[0])
    with pytest.raises(AlreadyDecided):
        town.ask(PROPOSE_CREDENTIAL_RESET, wish(accountant), town.founders[0])
    town.decide(body["id"], town.founders[1], approve=False, reason="তিনি মনে করতে পেরেছেন")
    assert town.sign_in("accountant")
    assert town.ask(PROPOSE_CREDENTIAL_RESET, wish(accountant), town.founders[0])


def test_refuses_what_cannot_be(town, accountant, manager):
    with pytest.raises(Forbidden):
        town.ask(PROPOSE_CREDENTIAL_RESET, wish(accountant), manager)
    with pytest.raises(NotFound):
        town.ask(PROPOSE_CREDENTIAL_RESET, wish(accountant, staff_id=str(uuid4())), town.founders[0])
    switch = {"staff_id": accountant.person_id, "on": False, "reason": "left the branch"}
    town.ask(SWITCH_ACCESS, switch, town.founders[0])
    with pytest.raises(StaffNotSwitchable):
        town.ask(PROPOSE_CREDENTIAL_RESET, wish(accountant), town.founders[0])
