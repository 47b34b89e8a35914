"""Forms of the portal keep what was typed and their id, read Bangla digits, and say refusals in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contracts.accounts import GET_MEMBER, LIST_MEMBERS, OPEN_SAMITY
from contracts.errors import InvalidPayload, ServiceAway
from contracts.identity import LIST_OFFICES, LIST_STAFF, OPEN_OFFICE, PROPOSE_STAFF, SIGN_IN_STAFF
from contracts.identity.sessions import PasswordChangeRequired, SignInRefused
from contracts.permissions import Role
from contracts.transactions.collection import COUNT_HANDOVER, GET_HANDOVER
from contracts.transactions.ledger import POST_DEPOSIT, PROPOSE_REVERSAL, READ_PASSBOOK
from tests.support.gateway import OFFICE, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

HEAD_OFFICE = "01a20857-0000-7000-8000-00000000b000"
ANOTHER = "01a20857-0000-7000-8000-0000000000ff"
OFFICES = {
    "items": [
        {"id": HEAD_OFFICE, "code": "HO", "level": "head_office", "name_bn": "প্রধান", "name_en": "Head"},
        {"id": OFFICE, "code": "101", "level": "branch", "name_bn": "মিরপুর শাখা", "name_en": "Mirpur"},
    ],
    "next": None,
}
A_BRANCH = {"code": "১০৩", "name_bn": "শেরপুর", "name_en": "Sherpur", "level": "branch"}
A_PERSON = {"name_bn": "করিম", "name_en": "Karim", "username": "karim.১", "mobile": "০১৭১২-৩৪৫৬৭৮"}


@pytest.fixture
def administrator(app: Flask, backends: FakeBackends) -> Visitor:
    backends.script(LIST_OFFICES, OFFICES)
    return Visitor(app, backends, Role.ADMINISTRATOR)


@pytest.fixture
def accountant(app: Flask, backends: FakeBackends) -> Visitor:
    return Visitor(app, backends, Role.ACCOUNTANT)


class TestAForm:
    def test_sends_the_id_that_it_was_drawn_with(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        drawn = administrator.look("/offices/new").fields
        for _ in range(2):
            answer = administrator.client.post("/offices/new", data=drawn | A_BRANCH)
            assert answer.status_code == 303

        assert [one.payload["id"] for one in backends.of(OPEN_OFFICE)] == [drawn["id"]] * 2

    def test_reads_bangla_digits(self, administrator: Visitor, backends: FakeBackends) -> None:
        administrator.send("/offices/new", **A_BRANCH, opened_on="১-৯-২০২৬")

        (question,) = backends.of(OPEN_OFFICE)
        assert (question.payload["code"], question.payload["opened_on"]) == ("103", "2026-09-01")

    def test_says_a_refusal_beside_its_field_and_keeps_everything(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        backends.script(OPEN_OFFICE, InvalidPayload.of(code="NOT_AN_OFFICE_CODE"))
        before = administrator.look("/offices/new").fields

        answer = administrator.client.post("/offices/new", data=before | A_BRANCH | {"code": "a?"})

        after = Page(answer.text)
        assert answer.status_code == 400
        assert after.fields["id"] == before["id"]
        assert (after.fields["name_bn"], after.fields["name_en"]) == ("শেরপুর", "Sherpur")
        assert 'class="field-error" role="alert">' in answer.text
        assert "capital letters" in after.text

    def test_says_in_the_readers_language_what_is_needed(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(LIST_OFFICES, OFFICES)
        visitor = Visitor(app, backends, Role.ADMINISTRATOR, "bn")

        answer = visitor.send("/offices/new", name_bn="")

        assert answer.status_code == 422
        assert "এটি দিতে হবে" in Page(answer.text).text
        assert backends.of(OPEN_OFFICE) == []

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"opened_on": "31-02-2026"}, "Write the date as day-month-year"),
            ({"level": "continent"}, "Choose one of the list"),
        ],
    )
    def test_says_in_its_own_words_what_cannot_be_read(
        self, administrator: Visitor, backends: FakeBackends, typed: dict[str, str], sentence: str
    ) -> None:
        answer = administrator.send("/offices/new", **A_BRANCH | typed)

        assert sentence in Page(answer.text).text
        assert backends.of(OPEN_OFFICE) == []

    def test_shows_a_day_again_as_it_was_typed(self, administrator: Visitor) -> None:
        answer = administrator.send("/offices/new", **A_BRANCH, opened_on="31-02-2026")

        assert Page(answer.text).fields["opened_on"] == "31-02-2026"

    def test_survives_a_service_that_is_away(self, administrator: Visitor, backends: FakeBackends) -> None:
        backends.script(PROPOSE_STAFF, ServiceAway(retry_after=5))
        choices = {"role": "accountant", "office_id": OFFICE}

        answer = administrator.send("/staff/new", **A_PERSON, **choices)

        kept = Page(answer.text).fields
        assert answer.status_code == 503
        assert {name: kept[name] for name in choices} == choices
        assert kept["mobile"] == A_PERSON["mobile"]

    def test_without_its_token_is_refused(self, administrator: Visitor, backends: FakeBackends) -> None:
        answer = administrator.client.post("/offices/new", data=A_BRANCH)

        assert answer.status_code == 400
        assert "The form was open for too long" in answer.text
        assert backends.of(OPEN_OFFICE) == []


class TestAStaffPerson:
    @pytest.fixture(autouse=True)
    def kin(self, backends: FakeBackends) -> None:
        member = sample_answer(LIST_MEMBERS)["items"][0] | {"code": "101.0001.00001", "id": ANOTHER}
        backends.script(LIST_MEMBERS, {"items": [member], "next": None})

    @pytest.mark.rule("M8")
    def test_declares_kin_by_their_codes(self, administrator: Visitor, backends: FakeBackends) -> None:
        chosen = {"role": "accountant", "office_id": OFFICE, "kin": "১০১.০০০১.০০০০১"}

        assert administrator.send("/staff/new", **A_PERSON | chosen).status_code == 303

        (question,) = backends.of(PROPOSE_STAFF)
        assert question.payload["declared_members"] == [ANOTHER]
        assert (question.payload["username"], question.payload["mobile"]) == ("karim.1", "01712-345678")

    def test_is_not_proposed_with_kin_whom_nobody_knows(
        self, administrator: Visitor, backends: FakeBackends
    ) -> None:
        chosen = {"role": "accountant", "office_id": OFFICE, "kin": "101.0001.00001, 999"}

        answer = administrator.send("/staff/new", **A_PERSON | chosen)

        assert "There is no member with the code 999" in Page(answer.text).text
        assert backends.of(PROPOSE_STAFF) == []

    def test_has_no_role_until_one_is_chosen(self, administrator: Visitor, backends: FakeBackends) -> None:
        assert administrator.send("/staff/new", **A_PERSON).status_code == 422
        assert backends.of(PROPOSE_STAFF) == []


class TestAPageThatCouldNotBeDrawn:
    def test_sends_again_what_was_typed(self, administrator: Visitor, backends: FakeBackends) -> None:
        drawn = administrator.look("/offices/new").fields
        backends.script(LIST_OFFICES, ServiceAway(retry_after=5))

        answer = administrator.client.post("/offices/new", data=drawn | A_BRANCH)

        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert Page(answer.text).fields == drawn | A_BRANCH
        assert 'action="/offices/new' in answer.text

    def test_never_writes_a_password_into_a_page(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(SIGN_IN_STAFF, ServiceAway(retry_after=5))

        answer = Visitor(app, backends).send("/sign-in", username="rahima", password="a long sentence")

        assert answer.status_code == 503
        assert "a long sentence" not in answer.text
        assert 'value="rahima"' in answer.text

    def test_asks_for_itself_again(self, administrator: Visitor, backends: FakeBackends) -> None:
        backends.script(LIST_OFFICES, ServiceAway(retry_after=7))

        answer = administrator.client.get("/offices?x=1")

        assert answer.status_code == 503
        assert 'data-again="7" href="/offices?x=1"' in answer.text


class TestTheDoor:
    def test_says_nothing_but_that_it_was_wrong(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(SIGN_IN_STAFF, SignInRefused())

        answer = Visitor(app, backends).send("/sign-in", username="rahima", password="wrong")

        assert answer.status_code == 401
        assert "wrong" not in Page(answer.text).fields.values()

    def test_leads_to_a_password_of_ones_own(self, app: Flask, backends: FakeBackends) -> None:
        backends.script(SIGN_IN_STAFF, PasswordChangeRequired())
        visitor = Visitor(app, backends)

        answer = visitor.send("/sign-in", username="rahima", password="from the slip")

        assert answer.headers["Location"] == "/first-password"
        assert visitor.look("/first-password").fields["username"] == "rahima"

    def test_takes_a_new_password_only_when_it_was_typed_twice(
        self, app: Flask, backends: FakeBackends
    ) -> None:
        visitor = Visitor(app, backends)
        typed = {"username": "rahima", "password": "x", "new_password": "one sentence", "again": "another"}

        answer = visitor.send("/first-password", **typed)

        assert "not the same" in Page(answer.text).text
        assert backends.asked == []

    @pytest.mark.parametrize("address", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere"])
    def test_leads_nowhere_else(self, app: Flask, backends: FakeBackends, address: str) -> None:
        visitor = Visitor(app, backends)
        visitor.sign_in()

        answer = visitor.send(f"/sign-in?next={address}", username="rahima", password="x")

        assert answer.headers["Location"] == "/"


class TestMoney:
    @pytest.mark.parametrize("typed", ["১,২০০", "1200", "৳ ১২০০.০০"])
    def test_is_read_as_it_is_typed_at_the_counter(
        self, accountant: Visitor, backends: FakeBackends, typed: str
    ) -> None:
        backends.script(READ_PASSBOOK, sample_answer(READ_PASSBOOK))

        accountant.send(f"/deposits?account={AN_ID}&member={AN_ID}", amount=typed)

        (question,) = backends.of(POST_DEPOSIT)
        assert (question.payload["amount"], question.payload["account_id"]) == ("1200.00", AN_ID)

    def test_for_somebody_elses_account_is_not_taken(self, accountant: Visitor) -> None:
        assert accountant.client.get(f"/deposits?account={ANOTHER}&member={AN_ID}").status_code == 404

    def test_is_counted_by_notes_and_never_guessed(self, accountant: Visitor, backends: FakeBackends) -> None:
        backends.script(GET_HANDOVER, sample_answer(GET_HANDOVER) | {"status": "declared", "counts": []})
        page, path = f"/hand-overs/{AN_ID}", f"/hand-overs/{AN_ID}/counts"

        refused = accountant.send(path, form=page, notes_of_100="2", notes_of_20="two")
        assert Page(refused.text).fields["notes-20"] == "two"
        assert backends.of(COUNT_HANDOVER) == []

        accountant.send(path, form=page, notes_of_100="২", notes_of_20="")
        assert backends.of(COUNT_HANDOVER)[0].payload["denominations"] == {"100": 2}


REVERSALS = f"/reversals?entry={AN_ID}&row={AN_ID}&member={AN_ID}"
A_REVERSAL = {"kind": "wrong_account", "reason": "wrong sister", "evidence": "letter 7"}


class TestAReversal:
    @pytest.fixture(autouse=True)
    def samity(self, backends: FakeBackends) -> None:
        def found(account: str) -> list[dict[str, object]]:
            return [{"account_id": account, "code": "GS.1", "status": "open"}]

        def members(payload: object, _asked: object) -> dict[str, object]:
            other = isinstance(payload, dict) and payload.get("query") == "101.0002.00014"
            code, account = ("101.0002.00014", ANOTHER) if other else ("101.0001.00001", AN_ID)
            names = {"name_bn": "সালমা", "name_en": "Salma"}
            return {"items": [{"code": code, "savings": found(account), **names}], "next": None}

        backends.script(GET_MEMBER, sample_answer(GET_MEMBER))
        backends.script(LIST_MEMBERS, members)

    def test_names_the_right_account_from_the_list(self, accountant: Visitor, backends: FakeBackends) -> None:
        accountant.send(REVERSALS, **A_REVERSAL, to_account_id=AN_ID)

        assert backends.of(PROPOSE_REVERSAL)[0].payload["to_account_id"] == AN_ID

    def test_finds_a_member_of_another_samity_by_her_code(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        accountant.send(REVERSALS, **A_REVERSAL, to_code="১০১.০০০২.০০০১৪")

        assert backends.of(PROPOSE_REVERSAL)[0].payload["to_account_id"] == ANOTHER

    def test_says_beside_the_field_that_there_is_no_such_member(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        answer = accountant.send(REVERSALS, **A_REVERSAL, to_code="999")

        assert "no member with an open account" in Page(answer.text).text
        assert backends.of(PROPOSE_REVERSAL) == []

    def test_names_no_account_where_the_money_went_back(
        self, accountant: Visitor, backends: FakeBackends
    ) -> None:
        accountant.send(REVERSALS, **A_REVERSAL | {"kind": "money_returned"}, to_account_id=AN_ID)

        assert backends.of(PROPOSE_REVERSAL)[0].payload["to_account_id"] is None


def test_a_samity_meets_at_the_time_that_was_typed(administrator: Visitor, backends: FakeBackends) -> None:
    officer = {"id": AN_ID, "role": "field_officer", "status": "active", "name_bn": "ন", "name_en": "N"}
    office = {"office_name_bn": "ম", "office_name_en": "M"}
    backends.script(LIST_STAFF, {"items": [officer | office], "next": None})
    names = {"name_bn": "শাপলা", "name_en": "Shapla", "village": "গোকুল"}

    administrator.send("/samities/new", **names, meeting_time="৯:৩০", max_members="৩০", meeting_weekday="3")

    (question,) = backends.of(OPEN_SAMITY)
    facts = ("meeting_time", "max_members", "meeting_weekday", "officer_id")
    assert [question.payload[fact] for fact in facts] == ["09:30", 30, 3, AN_ID]
