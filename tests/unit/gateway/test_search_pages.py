"""Finding a member from anywhere: by name, by a code, by a whole number that stands in no address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import LIST_MEMBERS
from contracts.errors import InvalidPayload
from contracts.permissions import Role
from tests.support.gateway import sample_answer
from tests.support.samples import AN_ID
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.gateway import FakeBackends

NUMBER = "01712345678"


def listed(*names: str, after: str | None = None) -> dict[str, Any]:
    """A page with a member of each name."""
    member = sample_answer(LIST_MEMBERS)["items"][0] | {"status": "active"}
    return {"items": [member | {"name_en": name} for name in names], "next": after}


@pytest.fixture
def visitor(app: Flask, backends: FakeBackends) -> Visitor:
    backends.script(LIST_MEMBERS, listed("Rahima Begum", "Rahima Khatun"))
    return Visitor(app, backends, Role.BRANCH_MANAGER)


def asked(backends: FakeBackends) -> dict[str, Any]:
    return {name: value for name, value in backends.of(LIST_MEMBERS)[-1].payload.items() if value is not None}


class TestTheFieldOfEveryPage:
    def test_is_there_for_whoever_may_see_members(self, visitor: Visitor) -> None:
        assert 'action="/members/found"' in visitor.look("/members?status=active").html

    @pytest.mark.parametrize("typed", ["রহিমা", "Rohima"])
    def test_leads_a_name_to_a_list_with_an_address(self, visitor: Visitor, typed: str) -> None:
        answer = visitor.send("/members/found", form="/members", query=typed)

        assert answer.status_code == 303
        page = visitor.look(answer.headers["Location"])
        assert asked(visitor.backends) == {"query": typed}
        assert "Rahima Khatun" in page.text

    @pytest.mark.parametrize("typed", [NUMBER, "০১৭১২৩৪৫৬৭৮", "B001.0001.00002"])
    def test_leads_a_number_or_code_of_one_person_straight_to_her(self, visitor: Visitor, typed: str) -> None:
        visitor.backends.script(LIST_MEMBERS, listed("Rahima Begum"))

        answer = visitor.send("/members/found", form="/members", query=typed)

        assert (answer.status_code, answer.headers["Location"]) == (303, f"/members/{AN_ID}")

    @pytest.mark.rule("P10")
    def test_writes_no_number_into_a_page_or_an_address(self, visitor: Visitor) -> None:
        answer = visitor.send("/members/found", form="/members", query="০১৭১২৩৪৫৬৭৮")

        assert answer.status_code == 200
        assert asked(visitor.backends) == {"number": NUMBER}
        assert "Rahima Begum" in answer.text
        assert NUMBER not in answer.text

    def test_leads_the_beginning_of_a_code_to_the_list(self, visitor: Visitor) -> None:
        answer = visitor.send("/members/found", form="/members", query="B001.0001")

        assert answer.headers["Location"] == "/members?query=B001.0001"

    def test_says_when_a_number_is_nobodys_kind_of_number(self, visitor: Visitor) -> None:
        visitor.backends.script(LIST_MEMBERS, InvalidPayload.of(number="INVALID"))

        answer = visitor.send("/members/found", form="/members", query="12345678901234")

        assert answer.status_code == 200
        assert "Nobody was found." in answer.text
        assert "alert-warning" in answer.text


class TestTheList:
    def test_keeps_its_questions_in_the_address_of_the_next_page(self, visitor: Visitor) -> None:
        visitor.backends.script(LIST_MEMBERS, listed("Rahima Begum", after=AN_ID))

        page = visitor.look(f"/members?query=rahima&status=applicant&samity={AN_ID}")

        assert asked(visitor.backends) == {"query": "rahima", "status": "applicant", "samity_id": AN_ID}
        (further,) = [link for link in page.links if "after=" in link]
        visitor.look(further)
        assert asked(visitor.backends) == {
            "query": "rahima", "status": "applicant", "samity_id": AN_ID, "after": AN_ID
        }  # fmt: skip

    def test_passes_over_a_state_that_nobody_has(self, visitor: Visitor) -> None:
        visitor.look("/members?status=anything")

        assert asked(visitor.backends) == {}
