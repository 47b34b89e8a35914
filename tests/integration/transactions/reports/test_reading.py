"""Whoever reads a report sees his own offices and samities, whole, page after page, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import InvalidPayload, NotFound
from contracts.permissions import Role, permits
from contracts.transactions.reports import LIST_REPORTS
from contracts.transactions.reports_errors import ReportNotFound
from tests.support.branch import id_of
from tests.support.lived_in import FIRST, FOURTH, SECOND, THIRD
from tests.support.purse import area_manager
from tests.support.recomputed_reports import read, table
from transactions.domain.reports.registry import ALL

if TYPE_CHECKING:
    from contracts.actor import Actor
    from contracts.transactions.reports_words import ReportParameter
    from tests.support.lived_in import LivedIn
    from transactions.domain.reports.definitions import Definition

FOREIGN = ("Khadija", "Kadam")
SECOND_OFFICERS = ("Amina", "Bilkis", "Shapla")


def reader(home: LivedIn, definition: Definition) -> Actor:
    """The manager; of what is kept from him, the area."""
    may = permits(Role.BRANCH_MANAGER, definition.permission)
    return home.branch.manager if may else area_manager(home.branch)


def asked(required: tuple[ReportParameter, ...]) -> dict[str, Any]:
    known = {"member": {"member_id": id_of("Rahima")}, "samity": {"samity_id": id_of("Jhumka")}}
    return {name: value for one in required for name, value in known[one].items()}


@pytest.mark.parametrize("report", [one.code for one in ALL])
def test_every_report_is_read_whole_by_single_rows_as_in_one_page(home: LivedIn, report: str) -> None:
    definition = next(one for one in ALL if one.code == report)
    more, by = asked(definition.required), reader(home, definition)
    whole = read(home, report, by, limit=500, **more)

    lines, after = [], None
    while True:
        page = read(home, report, by, limit=1, after=after, **more)
        lines += page["rows"]
        after = page["next"]
        if after is None:
            break
    assert lines == whole["rows"]
    assert whole["rows_in_all"] == len(table(whole))


@pytest.mark.parametrize("report", [one.code for one in ALL])
def test_no_report_tells_a_branch_of_another(home: LivedIn, report: str) -> None:
    definition = next(one for one in ALL if one.code == report)
    page = read(home, report, reader(home, definition), **asked(definition.required))

    assert [name for name in FOREIGN if name in str(page["rows"])] == []


@pytest.mark.parametrize("report", [one.code for one in ALL])
def test_an_officer_reads_of_his_own_samities_only(home: LivedIn, report: str) -> None:
    definition = next(one for one in ALL if one.code == report)
    try:
        page = read(home, report, home.branch.officer, **asked(definition.required))
    except ReportNotFound:
        return  # his role does not read it at all

    assert [name for name in (*FOREIGN, *SECOND_OFFICERS) if name in str(page["rows"])] == []


def test_the_area_reads_both_branches_with_their_names(home: LivedIn) -> None:
    page = read(
        home, "disbursements", area_manager(home.branch), office_id=id_of("A01"), from_on=FIRST.isoformat()
    )

    assert {(row["branch"], row["member"]) for row in table(page)} == {
        ("Office B001", "Rahima"),
        ("Office B001", "Salma"),
        ("Office B001", "Fatema"),
        ("Office B001", "Amina"),
        ("Office B001", "Bilkis"),
        ("Office B002", "Khadija"),
    }


def test_a_report_of_somebody_elses_office_samity_or_officer_is_not_found(
    home: LivedIn, away: LivedIn
) -> None:
    for more in (
        {"office_id": away.branch.id},
        {"samity_id": id_of("Kadam")},
        {"officer_id": away.branch.officer.person_id},
    ):
        with pytest.raises(NotFound):
            read(home, "daily_collection", **more)


def test_a_role_that_lacks_the_subjects_verb_does_not_find_the_report(home: LivedIn) -> None:
    administrator = home.branch.person("administrator")

    listed = {one["report"] for one in home.branch.ask(LIST_REPORTS, administrator)["items"]}
    assert "daily_collection" not in listed
    with pytest.raises(ReportNotFound):
        read(home, "daily_collection", administrator)
    with pytest.raises(ReportNotFound):
        read(home, "no_such_report")


@pytest.mark.parametrize(
    ("report", "more", "field"),
    [
        ("disbursements", {"on": "2026-12-01"}, "on"),
        ("daily_collection", {"product_code": "JAG"}, "product_code"),
        ("disbursements", {"from_on": "2026-12-02", "to_on": "2026-12-01"}, "to_on"),
        ("disbursements", {"from_on": "2020-01-01", "to_on": "2026-12-01"}, "to_on"),
        ("disbursements", {"after": "bm9uc2Vuc2U="}, "after"),
        ("disbursements", {"after": "WyIxIiwiMiJd"}, "after"),
        ("disbursements", {"after": "WyJCMDAxIiwibm8gZGF5IiwiTCJd"}, "after"),
    ],
)
def test_what_a_report_does_not_know_is_refused_by_its_field(
    home: LivedIn, report: str, more: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidPayload) as refused:
        read(home, report, **more)

    assert set(refused.value.facts["fields"]) == {field}


def test_text_that_looks_like_a_question_to_the_database_is_only_text(home: LivedIn) -> None:
    page = read(home, "disbursements", product_code="' OR 1=1 --", from_on=FIRST.isoformat())

    assert page["rows"] == []


@pytest.mark.rule("P12")
def test_a_file_that_leaves_the_system_is_recorded_once(home: LivedIn) -> None:
    harness = home.branch.harness
    before = len(harness.audited("export_report"))
    said = {"export": "xlsx", "purpose": "own_work", "recipient": "own_office", "limit": 1}
    page = read(home, "disbursements", **said, from_on=FIRST.isoformat())
    read(home, "disbursements", **said, from_on=FIRST.isoformat(), after=page["next"])
    read(home, "disbursements", from_on=FIRST.isoformat())

    records = harness.audited("export_report")[before:]
    assert [(row["actor_id"], row["facts"]["format"]) for row in records] == [
        (home.branch.manager.person_id, "xlsx")
    ]
    assert records[0]["facts"]["question"]["to_on"] == FOURTH.isoformat()


def test_the_head_says_who_and_what_for(home: LivedIn) -> None:
    page = read(home, "daily_collection", on=SECOND.isoformat(), samity_id=id_of("Jhumka"))

    assert page["made_by_en"] == "Manager"
    assert page["asked"]["office_en"] == "Office B001"
    assert (page["asked"]["on"], page["asked"]["samity_en"]) == (SECOND.isoformat(), "Jhumka")
    assert THIRD.isoformat() not in str(page["asked"])
