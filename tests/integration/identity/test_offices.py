"""The tree of offices, on a real database."""

from uuid import uuid4

import pytest

from contracts.errors import Forbidden, IdConflict, InvalidPayload, NotFound
from contracts.identity import EXPORT_OFFICES, LIST_OFFICES, OFFICE_CHANGED, OPEN_OFFICE
from contracts.identity.offices import LevelNotBelow, OfficeCodeTaken


def form(town, **given):
    return {
        "id": str(uuid4()),
        "code": "003",
        "level": "branch",
        "parent_id": town.ids["A01"],
        "name_bn": "শেরপুর শাখা",
        "name_en": "Sherpur branch",
        "opened_on": "2021-07-01",
    } | given


class TestOpenOffice:
    def test_hangs_it_below_its_parent_and_tells_everybody(self, town):
        office = town.ask(OPEN_OFFICE, form(town), town.founders[0])

        assert office["path"] == "/HO/A01/003/"
        told = town.harness.told(OFFICE_CHANGED)[-1]
        assert (told["id"], told["path"], told["version"]) == (office["id"], "/HO/A01/003/", 1)
        assert town.harness.audited("open_office")[-1]["actor_id"] == town.founders[0].person_id

    def test_answers_the_same_again_and_tells_it_once(self, town):
        body = form(town)
        first = town.ask(OPEN_OFFICE, body, town.founders[0])
        told = len(town.harness.told(OFFICE_CHANGED))

        assert town.ask(OPEN_OFFICE, body, town.founders[1]) == first
        assert len(town.harness.told(OFFICE_CHANGED)) == told

    def test_refuses_another_body_under_the_same_id(self, town):
        body = form(town)
        town.ask(OPEN_OFFICE, body, town.founders[0])

        with pytest.raises(IdConflict):
            town.ask(OPEN_OFFICE, body | {"name_en": "Another"}, town.founders[0])

    def test_refuses_a_code_that_is_taken(self, town):
        with pytest.raises(OfficeCodeTaken) as refusal:
            town.ask(OPEN_OFFICE, form(town, code="001"), town.founders[0])

        assert refusal.value.facts == {"code": "001"}

    def test_refuses_an_area_below_a_branch(self, town):
        body = form(town, level="area", parent_id=town.ids["001"])

        with pytest.raises(LevelNotBelow):
            town.ask(OPEN_OFFICE, body, town.founders[0])

    @pytest.mark.parametrize("code", ["", "a01", "A%", "A_1", "A/B", "A" * 13])
    def test_refuses_a_code_that_would_break_paths(self, town, code):
        with pytest.raises(InvalidPayload):
            town.ask(OPEN_OFFICE, form(town, code=code), town.founders[0])

    def test_is_the_administrators_alone(self, town, manager):
        with pytest.raises(Forbidden):
            town.ask(OPEN_OFFICE, form(town), manager)


class TestListOffices:
    def test_shows_everything_to_the_head_office(self, town):
        page = town.ask(LIST_OFFICES, {}, town.founders[0])

        assert [office["code"] for office in page["items"]] == ["HO", "A01", "001", "002"]
        assert page["next"] is None

    def test_shows_a_branch_itself_only(self, town, manager):
        page = town.ask(LIST_OFFICES, {}, manager)

        assert [office["code"] for office in page["items"]] == ["001"]


class TestExportOffices:
    def test_walks_through_all_of_them(self, town):
        seen, after = [], None
        while True:
            page = town.harness.ask(EXPORT_OFFICES, {"after": after, "limit": 3}, issuer="accounts")
            seen += [office["code"] for office in page["items"]]
            after = page["next"]
            if after is None:
                break

        assert sorted(seen) == ["001", "002", "A01", "HO"]

    def test_is_not_for_the_gateway(self, town):
        with pytest.raises(Exception, match="ACTOR_REFUSED"):
            town.harness.ask(EXPORT_OFFICES, {}, issuer="gateway")


def test_an_office_out_of_scope_is_not_found(town):
    area_manager = town.hire("area_manager", "A01")
    body = form(town, parent_id=town.ids["HO"])
    administrator_of_area = town.founders[0].__class__(
        **{**town.founders[0].to_plain(), "office_path": area_manager.office_path, "excluded_members": ()}
    )

    with pytest.raises(NotFound):
        town.ask(OPEN_OFFICE, body, administrator_of_area)
