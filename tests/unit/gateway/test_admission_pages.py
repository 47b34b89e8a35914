"""Admitting a member at the desk: what is typed is what is sent, what is missing is said, nothing is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import ADMIT_MEMBER, LIST_MEMBERS, LIST_SAMITIES, PURPOSES
from contracts.accounts.errors import ConsentMissing, DuplicateNid, GuardianMissing
from contracts.accounts.members import COUNT_ALIKE, AdmitMember
from contracts.errors import ServiceAway
from contracts.permissions import Role
from gateway.portal.nominee_lines import typed_nominees
from gateway.portal.places import divisions, kept_name, unions_of, upazilas_of
from tests.support.gateway import PERSON, sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Page, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

FORM = "/admissions"
UNFILLED = re.compile(r"[{}]|\b[a-z_]+\.[a-z_]+_[a-z_]+\b")
TYPED = {
    "samity_id": AN_ID,
    "name_bn": "আয়েশা খাতুন",
    "name_en": "Ayesha Khatun",
    "sex": "female",
    "birth_on": "০৩-০২-১৯৯০",
    "nid": "১৯৯০ 1234567890123",
    "mobile": "০১৭১২-৩৪৫৬৭৮",
    "district": "বগুড়া",
    "upazila": "Bogra Sadar",
    "union": "Fapore",
    "post": "গোকুল",
    "village": "গোকুল",
    "passbook_number": "PB-০০৪৫১",
    "language": "bn",
    "read_aloud_by": "নাদিরা",
    "mark": "thumb",
    "witness": "করিম শেখ",
    **{f"consent_{purpose}": "yes" for purpose in PURPOSES},
    "consent_credit_bureau": "no",
    "nominee-name-0": "করিম শেখ",
    "nominee-relation-0": "স্বামী",
    "nominee-birth_on-0": "1-5-1988",
    "nominee-share-0": "৬০",
    "nominee-name-1": "মিনা",
    "nominee-relation-1": "মেয়ে",
    "nominee-birth_on-1": "01/09/2015",
    "nominee-share-1": "40%",
    "nominee-guardian-1": "করিম শেখ",
    "nominee-guardian_relation-1": "বাবা",
}


@pytest.fixture
def officer(app: Flask, backends: FakeBackends) -> Visitor:
    samity = sample_answer(LIST_SAMITIES)
    backends.script(LIST_SAMITIES, samity | {"items": [samity["items"][0] | {"id": AN_ID}], "next": None})
    backends.script(COUNT_ALIKE, {"with_nid": 0, "with_mobile": 0})
    admitted = {"member_id": AN_ID, "approval_id": AN_ID, "status": "applicant"}
    backends.script(ADMIT_MEMBER, admitted | {"warnings": ["household_has_members"]})
    return Visitor(app, backends, Role.FIELD_OFFICER)


def send(officer: Visitor, **changes: str | None) -> Any:
    """Fill in the form as a browser does, and send it; None leaves a field out."""
    held = officer.look(FORM).fields
    whole = held | {name: value for name, value in (TYPED | changes).items() if value is not None}
    for name, value in changes.items():
        if value is None:
            whole.pop(name, None)
    return officer.client.post(FORM, data=whole)


def sent(officer: Visitor) -> dict[str, Any]:
    return dict(officer.backends.of(ADMIT_MEMBER)[-1].payload)


class TestTheForm:
    @pytest.mark.parametrize("language", ["bn", "en"])
    def test_can_be_drawn_in_both_languages(
        self, app: Flask, backends: FakeBackends, officer: Visitor, language: str
    ) -> None:
        page = Visitor(app, backends, Role.FIELD_OFFICER, language).look(FORM)

        assert UNFILLED.findall(page.text) == []
        assert f'data-draft="admission-{PERSON}"' in page.html

    def test_is_only_for_whoever_may_admit(self, app: Flask, backends: FakeBackends) -> None:
        visitor = Visitor(app, backends, Role.ACCOUNTANT)

        for path in (FORM, f"{FORM}/places"):
            assert visitor.client.get(path).status_code == 403

    @pytest.mark.rule("L8")
    def test_sends_what_was_typed_in_the_wires_own_form(self, officer: Visitor) -> None:
        answer = send(officer)

        assert (answer.status_code, answer.headers["Location"]) == (303, f"/members/{AN_ID}?admitted=yes")
        said = sent(officer)
        assert (said["nid"], said["mobile"]) == ("19901234567890123", "01712345678")
        assert (said["birth_on"], said["passbook_number"]) == ("1990-02-03", "PB-00451")
        assert said["address"] == {
            "district": "বগুড়া", "upazila": "বগুড়া সদর", "union": "ফাঁপোর", "post": "গোকুল",
            "village": "গোকুল", "line": None,
        }  # fmt: skip
        assert set(said) <= set(AdmitMember().fields)

    @pytest.mark.rule("P10")
    def test_sends_her_answer_to_every_purpose_with_how_it_was_obtained(self, officer: Visitor) -> None:
        send(officer)

        given = {one["purpose"]: one["given"] for one in sent(officer)["consents"]}
        assert given == {"membership": True, "messages": True, "credit_bureau": False, "photo": True}
        for one in sent(officer)["consents"]:
            assert (one["mark"], one["witness"], one["read_aloud_by"]) == ("thumb", "করিম শেখ", "নাদিরা")
            assert (one["text_version"], one["language"]) == ("2026-11", "en")

    @pytest.mark.rule("P10")
    def test_chooses_no_answer_for_her(self, officer: Visitor) -> None:
        page = officer.look(FORM).html

        assert not re.search(r'name="consent_\w+"[^>]*checked|checked[^>]*name="consent_', page)
        answer = send(officer, consent_messages=None)
        assert answer.status_code == 422
        assert "Yes or no: choose one." in answer.text
        assert officer.backends.of(ADMIT_MEMBER) == []

    def test_sends_nominees_with_their_shares_and_a_childs_guardian(self, officer: Visitor) -> None:
        send(officer)

        husband, child = sent(officer)["nominees"]
        assert (husband["share_percent"], husband["birth_on"], husband["guardian"]) == (
            60,
            "1988-05-01",
            None,
        )
        assert (child["share_percent"], child["birth_on"]) == (40, "2015-09-01")
        assert child["guardian"] == {"name": "করিম শেখ", "relation": "বাবা"}

    def test_shows_what_others_are_warned_of(self, officer: Visitor) -> None:
        send(officer)

        assert "The household has other members" in officer.look(FORM).text

    def test_keeps_one_id_so_that_a_second_click_changes_nothing(self, officer: Visitor) -> None:
        held = officer.look(FORM).fields | TYPED

        officer.client.post(FORM, data=held)
        officer.client.post(FORM, data=held)

        first, second = officer.backends.of(ADMIT_MEMBER)
        assert first.payload["id"] == second.payload["id"] == held["id"]


class TestWhatDoesNotFit:
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"nid": "123"}, "Write 10, 13 or 17 digits."),
            ({"mobile": "0271234567"}, "Eleven digits that begin with 01"),
            ({"birth_on": "31-02-1990"}, "Write the date as day-month-year"),
            ({"nominee-share-1": "30"}, "The shares must make exactly 100."),
            ({"nominee-relation-1": ""}, "Some fields need another look"),
            ({"nominee-birth_on-0": "soon"}, "Some fields need another look"),
            ({"samity_id": "01a20857-0000-7000-8000-00000000dddd"}, "Choose one of the list."),
        ],
    )
    def test_is_said_and_nothing_is_sent(
        self, officer: Visitor, changes: dict[str, str], sentence: str
    ) -> None:
        answer = send(officer, **changes)

        assert answer.status_code in {200, 422}
        assert sentence in answer.text
        assert officer.backends.of(ADMIT_MEMBER) == []

    def test_leaves_all_that_was_typed_in_the_page(self, officer: Visitor) -> None:
        kept = Page(send(officer, **{"nominee-share-1": "30"}).text).fields

        for name in ("name_bn", "nid", "upazila", "nominee-name-1", "nominee-guardian-1", "witness"):
            assert kept[name] == TYPED[name]
        assert kept["district"] == "বগুড়া"

    @pytest.mark.parametrize(
        ("refusal", "sentence"),
        [
            (DuplicateNid(field="nid"), "identity"),
            (GuardianMissing(field="nominees.1.guardian", nominee="মিনা"), "মিনা"),
            (ConsentMissing(field="consents", purpose="membership"), "consent"),
        ],
    )
    def test_by_the_services_word_is_said_too(self, officer: Visitor, refusal: Any, sentence: str) -> None:
        officer.backends.script(ADMIT_MEMBER, refusal)

        answer = send(officer)

        assert answer.status_code >= 400
        assert sentence in answer.text
        assert Page(answer.text).fields["name_en"] == "Ayesha Khatun"

    def test_another_nominee_gets_room_without_anything_being_sent(self, officer: Visitor) -> None:
        answer = send(officer, more="yes")

        fields = Page(answer.text).fields
        assert fields["nominee-name-1"] == "মিনা"
        assert fields["nominee-name-2"] == ""
        assert "field-error" not in answer.text
        assert officer.backends.of(ADMIT_MEMBER) == []


class TestTheIdentityNumber:
    def look_up(self, officer: Visitor, typed: str) -> str:
        return str(officer.send(f"{FORM}/nid", form=FORM, nid=typed).text)

    def test_is_counted_while_it_is_typed(self, officer: Visitor) -> None:
        assert "4 digits so far" in self.look_up(officer, "১২৩৪")
        assert officer.backends.of(LIST_MEMBERS) == []

    def test_is_looked_up_without_sending_the_photo_along(self, officer: Visitor) -> None:
        asking = re.findall(r"<div[^>]*hx-post[^>]*>", officer.look(FORM).html)

        assert len(asking) == 2
        assert all('hx-encoding="application/x-www-form-urlencoded"' in one for one in asking)

    def test_is_looked_up_once_it_is_whole(self, officer: Visitor) -> None:
        hers = sample_answer(LIST_MEMBERS)["items"][0] | {"status": "active", "name_en": "Rahima Begum"}
        officer.backends.script(LIST_MEMBERS, {"items": [hers], "next": None})

        said = self.look_up(officer, "1234567890")

        assert "Rahima Begum" in said
        assert "1234567890" not in said
        assert officer.backends.of(LIST_MEMBERS)[-1].payload == {"number": "1234567890"}

    def test_of_a_closed_membership_is_free(self, officer: Visitor) -> None:
        hers = sample_answer(LIST_MEMBERS)["items"][0] | {"status": "closed"}
        officer.backends.script(LIST_MEMBERS, {"items": [hers], "next": None})

        assert "Good" in self.look_up(officer, "1234567890")

    @pytest.mark.rule("P1")
    def test_of_somebody_elsewhere_is_said_without_a_name(self, officer: Visitor) -> None:
        officer.backends.script(LIST_MEMBERS, {"items": [], "next": None})
        officer.backends.script(COUNT_ALIKE, {"with_nid": 1, "with_mobile": 0})

        said = self.look_up(officer, "1234567890")

        assert "Another branch has a member or applicant" in said
        assert "Good" not in said
        assert officer.backends.of(COUNT_ALIKE)[-1].payload == {"nid": "1234567890"}

    @pytest.mark.rule("P1")
    def test_so_is_a_telephone_number_that_others_have(self, officer: Visitor) -> None:
        officer.backends.script(COUNT_ALIKE, {"with_nid": 0, "with_mobile": 3})

        said = officer.send(f"{FORM}/mobile", form=FORM, mobile="০১৭১২-৩৪৫৬৭৮").text

        assert "3 others have this mobile number" in said
        assert officer.backends.of(COUNT_ALIKE)[-1].payload == {"mobile": "01712345678"}
        assert officer.send(f"{FORM}/mobile", form=FORM, mobile="0171").text.strip() == ""

    def test_is_not_called_free_while_nobody_answers(self, officer: Visitor) -> None:
        officer.backends.script(LIST_MEMBERS, ServiceAway(retry_after=5))

        said = self.look_up(officer, "1234567890")

        assert "Good" not in said
        assert "could not be looked up" in said


class TestPlaces:
    def test_are_all_of_the_country(self) -> None:
        districts = [one for division in divisions() for one in division.districts]

        assert (len(divisions()), len(districts)) == (8, 64)
        assert len({one.bn for one in districts}) == 64
        assert sum(len(one.upazilas) for one in districts) == 494

    def test_follow_the_district_and_the_upazila(self, officer: Visitor) -> None:
        page = officer.look(f"{FORM}/places?district=বগুড়া&upazila=বগুড়া সদর").html

        assert "Bogra Sadar" in page
        assert "Fapore" in page
        assert "Debidwar" not in page

    def test_are_kept_by_their_official_name_and_else_as_typed(self) -> None:
        assert kept_name(upazilas_of("বগুড়া"), " bogra sadar ") == "বগুড়া সদর"
        assert kept_name(upazilas_of("বগুড়া"), "৩ নং ওয়ার্ড") == "৩ নং ওয়ার্ড"
        assert kept_name((), None) is None
        assert unions_of("বগুড়া", "elsewhere") == ()


def test_a_line_without_anything_is_no_nominee() -> None:
    assert typed_nominees({"nominee-name-0": "  ", "nominee-share-3": "5"})[0].wrong == (
        "name",
        "relation",
        "birth_on",
    )
