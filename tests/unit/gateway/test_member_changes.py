"""Acts on a member: a move, a death, her leaving, her number and her paper book."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import GET_MEMBER, LIST_SAMITIES
from contracts.accounts.deaths import REPORT_DEATH
from contracts.accounts.exits import PROPOSE_EXIT, READ_EXIT_CHECKLIST, UNDO_EXIT
from contracts.accounts.number_changes import (
    CONFIRM_NUMBER_CHANGE,
    LIST_NUMBER_CHANGES,
    PROPOSE_NUMBER_CHANGE,
    RECORD_NUMBER_CALL_BACK,
    SEND_NUMBER_CODE,
    NumberCodeWrong,
)
from contracts.accounts.passbooks import (
    ISSUE_PASSBOOK,
    LIST_PASSBOOKS,
    REPORT_PASSBOOK_LOST,
    SURRENDER_PASSBOOK,
)
from contracts.accounts.samities import LIST_OTHER_SAMITIES
from contracts.accounts.transfers import PROPOSE_TRANSFER, TransferRuns
from contracts.permissions import Role
from tests.support.gateway import sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from contracts.calls import Method
    from tests.support.gateway import FakeBackends

HER = f"/members/{AN_ID}"
FAR_AWAY = "01a20857-0000-7000-8000-00000000d010"
ELSEWHERE = "01a20857-0000-7000-8000-00000000d009"
UNFILLED = re.compile(r"[{}]|\b[a-z_]+\.[a-z_]+_[a-z_]+\b")


@pytest.fixture
def accountant(app: Flask, backends: FakeBackends) -> Visitor:
    told = {"status": "active", "sex": "female", "login_status": "none", "samity_id": AN_ID}
    seen = {"admission": {"warnings": []}, "consents": [], "savings": []}
    backends.script(GET_MEMBER, sample_answer(GET_MEMBER) | told | seen)
    samity = sample_answer(LIST_SAMITIES)["items"][0]
    samities = [samity | {"id": one} for one in (AN_ID, ELSEWHERE)]
    backends.script(LIST_SAMITIES, {"items": samities, "next": None})
    checklist(backends)
    number_change(backends)
    book = sample_answer(LIST_PASSBOOKS)["items"][0]
    backends.script(LIST_PASSBOOKS, {"items": [book | {"id": ELSEWHERE, "status": "open"}]})
    return Visitor(app, backends, Role.ACCOUNTANT)


def checklist(backends: FakeBackends, *, latest: str | None = None, **item: Any) -> None:
    """Her checklist with one line, all settled unless said otherwise, and the latest request."""
    whole = sample_answer(READ_EXIT_CHECKLIST)
    line = {"code": "no_running_loan", "clear": True, "facts": {"loans": [], "owed": "0.00"}} | item
    request = None if latest is None else whole["latest"] | {"state": latest}
    backends.script(
        READ_EXIT_CHECKLIST, whole | {"may_leave": line["clear"], "items": [line], "latest": request}
    )


def number_change(backends: FakeBackends, **facts: Any) -> None:
    """The changes of her number: one, or none where nothing is said of it."""
    one = sample_answer(LIST_NUMBER_CHANGES)["items"][0] | {"warnings": []} | facts
    backends.script(LIST_NUMBER_CHANGES, {"items": [one] if facts else []})


def said(visitor: Visitor, method: Method) -> dict[str, Any]:
    return dict(visitor.backends.of(method)[-1].payload)


class TestEveryPage:
    @pytest.mark.parametrize("language", ["bn", "en"])
    @pytest.mark.parametrize(
        "path", ["transfer", "death", "exit", "stay", "number", "books/new", "books/lost", "books/returned"]
    )
    def test_can_be_drawn_and_is_reached_from_her_page(
        self, app: Flask, backends: FakeBackends, accountant: Visitor, path: str, language: str
    ) -> None:
        page = Visitor(app, backends, Role.ACCOUNTANT, language).look(f"{HER}/{path}")

        assert UNFILLED.findall(page.text) == []
        checklist(backends, latest="closed")
        reached = {*accountant.look(HER).links, *accountant.look(f"{HER}/exit").links}
        assert f"{HER}/{path}" in reached

    @pytest.mark.parametrize("path", ["transfer", "death", "exit", "stay", "number", "books/new"])
    def test_is_kept_from_whom_it_is_not_for(
        self, app: Flask, backends: FakeBackends, accountant: Visitor, path: str
    ) -> None:
        auditor = Visitor(app, backends, Role.AUDITOR)

        assert auditor.client.get(f"{HER}/{path}").status_code == 403
        assert f"{HER}/{path}" not in auditor.look(HER).links


class TestMoving:
    @pytest.mark.rule("L6")
    def test_is_asked_for_to_any_samity_but_hers(self, accountant: Visitor) -> None:
        page = accountant.look(f"{HER}/transfer").html
        answer = accountant.send(f"{HER}/transfer", to_samity_id=ELSEWHERE, reason="she married")

        assert f'value="{AN_ID}"' not in page.split("to_samity_id", 1)[1]
        assert (answer.status_code, answer.headers["Location"]) == (303, HER)
        assert said(accountant, PROPOSE_TRANSFER)["to_samity_id"] == ELSEWHERE
        assert said(accountant, PROPOSE_TRANSFER)["member_id"] == AN_ID

    @pytest.mark.rule("L6")
    def test_is_asked_for_to_a_samity_of_another_branch_by_its_name(self, accountant: Visitor) -> None:
        found = sample_answer(LIST_OTHER_SAMITIES)["items"][0]
        one = found | {"id": FAR_AWAY, "name_en": "Golap", "code": "B002-0007", "branch_name_en": "Mirpur"}
        accountant.backends.script(LIST_OTHER_SAMITIES, {"items": [one], "more": True})
        path = f"{HER}/transfer?query=golap"

        page = accountant.look(path)
        answer = accountant.send(path, to_samity_id=FAR_AWAY, reason="she married")

        assert "Golap (B002-0007) · Mirpur" in page.text
        assert "There are more" in page.text
        assert answer.status_code == 303
        assert said(accountant, PROPOSE_TRANSFER)["to_samity_id"] == FAR_AWAY
        asked = accountant.backends.of(LIST_OTHER_SAMITIES)[-1].payload
        assert asked == {"member_id": AN_ID, "query": "golap"}

    def test_stays_on_the_form_where_it_is_refused(self, accountant: Visitor) -> None:
        accountant.backends.script(PROPOSE_TRANSFER, TransferRuns())

        answer = accountant.send(f"{HER}/transfer", to_samity_id=ELSEWHERE, reason="she married")

        assert answer.status_code == 409
        assert Page(answer.text).fields["reason"] == "she married"


class TestADeath:
    @pytest.mark.rule("L5")
    def test_is_reported_with_its_paper(self, accountant: Visitor) -> None:
        typed = {"reported_by": "Karim", "certificate": "UP 77"}
        answer = accountant.send(f"{HER}/death", whose="spouse", died_on="২০-১১-২০২৬", **typed)

        assert answer.status_code == 303
        told = said(accountant, REPORT_DEATH)
        assert (told["whose"], told["died_on"], told["certificate"]) == ("spouse", "2026-11-20", "UP 77")

    def test_names_nobody_by_itself(self, accountant: Visitor) -> None:
        answer = accountant.send(f"{HER}/death", reported_by="Karim", certificate="UP 77")

        assert answer.status_code == 422
        assert accountant.backends.of(REPORT_DEATH) == []


class TestLeaving:
    @pytest.mark.rule("L7")
    def test_cannot_be_asked_for_while_something_stands_in_the_way(self, accountant: Visitor) -> None:
        checklist(accountant.backends, clear=False, facts={"loans": ["JAG.7"], "owed": "900.00"})

        page = accountant.look(f"{HER}/exit")

        assert "She has no running loan" in page.text
        assert "JAG.7, ৳900" in page.text
        assert "Settle what is marked red above" in page.text
        assert "witness" not in page.fields

    @pytest.mark.rule("L7")
    def test_is_asked_for_against_her_mark(self, accountant: Visitor) -> None:
        held = accountant.look(f"{HER}/exit").fields
        assert held.pop("blacklist")
        typed = {"reason": "moves away", "mark": "thumb", "witness": "Karim"}
        answer = accountant.client.post(f"{HER}/exit", data=held | typed)

        assert answer.status_code == 303
        told = said(accountant, PROPOSE_EXIT)
        assert (told["mark"], told["witness"], told["blacklist"]) == ("thumb", "Karim", False)

    def test_is_undone_by_a_request_of_its_own(self, accountant: Visitor) -> None:
        answer = accountant.send(f"{HER}/stay", reason="she changed her mind")

        assert answer.status_code == 303
        assert said(accountant, UNDO_EXIT)["reason"] == "she changed her mind"


@pytest.mark.rule("P1")
class TestHerNumber:
    def test_begins_with_a_code_to_the_new_one(self, accountant: Visitor) -> None:
        accountant.send(f"{HER}/number", mobile="০১৯১২-৩৪৫৬৭৮", reason="lost")

        assert said(accountant, PROPOSE_NUMBER_CHANGE)["mobile"] == "01912345678"

    def test_goes_on_with_the_code_that_she_says(self, accountant: Visitor) -> None:
        number_change(accountant.backends, id=ELSEWHERE, state="asked", called_at=None)
        step = f"{HER}/number/{ELSEWHERE}"

        accountant.send(f"{step}/code", form=f"{HER}/number", code="১২৩৪৫৬")
        assert said(accountant, CONFIRM_NUMBER_CHANGE) == {"id": ELSEWHERE, "code": "123456"}
        accountant.send(f"{step}/again", form=f"{HER}/number")
        assert said(accountant, SEND_NUMBER_CODE) == {"id": ELSEWHERE}

    def test_says_a_wrong_code_beside_its_form(self, accountant: Visitor) -> None:
        number_change(accountant.backends, id=ELSEWHERE, state="asked", called_at=None)
        accountant.backends.script(CONFIRM_NUMBER_CHANGE, NumberCodeWrong(tries_left=4))

        answer = accountant.send(f"{HER}/number/{ELSEWHERE}/code", form=f"{HER}/number", code="1")

        assert answer.status_code == 422
        assert 'class="alert alert-danger"' in answer.text
        assert "code" in Page(answer.text).fields

    def test_then_somebody_calls_her_back(self, accountant: Visitor) -> None:
        number_change(accountant.backends, id=ELSEWHERE, state="confirmed", called_at=None)

        accountant.send(
            f"{HER}/number/{ELSEWHERE}/call", form=f"{HER}/number", called="old", note="it is her"
        )

        told = said(accountant, RECORD_NUMBER_CALL_BACK)
        assert told == {"id": ELSEWHERE, "called": "old", "note": "it is her"}

    def test_waits_for_the_manager_when_all_steps_are_done(self, accountant: Visitor) -> None:
        number_change(accountant.backends, state="confirmed", called_at="2026-11-28T08:00:00.000000Z")

        page = accountant.look(f"{HER}/number")

        assert "it waits for the manager" in page.text
        assert not {"mobile", "code", "called"} & page.fields.keys()


class TestHerPaperBook:
    def test_is_replaced_with_a_word_on_the_one_before(self, accountant: Visitor) -> None:
        typed = {"number": "PB-৭৭০০২", "before": "full", "reason": "last page"}
        answer = accountant.send(f"{HER}/books/new", **typed)

        assert answer.status_code == 303
        told = said(accountant, ISSUE_PASSBOOK)
        assert (told["number"], told["before"], told["lot"]) == ("PB-77002", "full", None)

    @pytest.mark.parametrize(
        ("how", "method"), [("lost", REPORT_PASSBOOK_LOST), ("returned", SURRENDER_PASSBOOK)]
    )
    def test_ends_as_the_one_that_she_holds(self, accountant: Visitor, how: str, method: Method) -> None:
        accountant.send(f"{HER}/books/{how}", reason="the river took it")

        assert said(accountant, method) == {"id": ELSEWHERE, "reason": "the river took it"}

    def test_cannot_end_where_she_holds_none(self, accountant: Visitor) -> None:
        accountant.backends.script(LIST_PASSBOOKS, {"items": []})

        assert accountant.client.get(f"{HER}/books/lost").status_code == 404
        assert f"{HER}/books/lost" not in accountant.look(HER).links
