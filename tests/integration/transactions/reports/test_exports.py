"""What leaves the system as a file says for what and to whom, and stands in a register (rules P10, P12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import InvalidPayload
from contracts.transactions.reports_errors import ReportNotFound
from tests.support.branch import id_of
from tests.support.lived_in import LivedIn
from tests.support.purse import area_manager
from tests.support.recomputed_reports import read, table

if TYPE_CHECKING:
    from tests.support.branch import Branch

TODAY = "2026-11-23"
DAY = {"from_on": TODAY, "to_on": TODAY}
INSIDE = {"purpose": "own_work", "recipient": "own_office"}


@pytest.fixture
def home(branches: tuple[Branch, Branch], branch: Branch) -> LivedIn:
    for each in branches:
        each.post_staff(each.manager, "Manager")
    branch.post_staff(area_manager(branch), "Area manager")
    return LivedIn(branch)


def recorded(home: LivedIn) -> list[dict[str, Any]]:
    return home.branch.harness.audited("export_report")


@pytest.mark.counts("exports")
@pytest.mark.rule("P12")
def test_the_register_says_who_took_what_along_for_what_and_to_whom(
    home: LivedIn, branches: tuple[Branch, Branch]
) -> None:
    whom = {"recipient": "regulator", "recipient_words": "এমআরএ, উপপরিচালক"}
    taken = [
        read(home, "overdue", export="csv", **INSIDE),
        read(home, "disbursements", **DAY, export="xlsx", purpose="regulation", **whom),
    ]
    foreign = read(LivedIn(branches[1]), "overdue", export="pdf", **INSIDE)
    read(home, "overdue")

    numbers = [page["leaving"]["number"] for page in taken]
    same = {
        "exported_by": "Manager",
        "asked_office": "Office B001",
        "asked_from": TODAY,
        "asked_to": TODAY,
        "purpose_words": None,
        "left_out": 0,
    }
    expected = [
        {"report": "overdue", "as_what": "csv", **INSIDE, "recipient_words": None},
        {"report": "disbursements", "as_what": "xlsx", "purpose": "regulation", **whom},
    ]
    assert table(read(home, "exports", **DAY)) == [
        {"export_number": str(number), "exported_at": page["made_at"], **same, **said}
        for number, page, said in zip(numbers, taken, expected, strict=True)
    ]
    whole = table(read(home, "exports", area_manager(home.branch), office_id=id_of("A01"), **DAY))
    assert [int(row["export_number"]) for row in whole] == [*numbers, foreign["leaving"]["number"]]
    assert read(home, "exports", from_on="2026-11-24", to_on="2026-11-24")["rows"] == []
    with pytest.raises(ReportNotFound):
        read(home, "exports", home.branch.officer, **DAY)


@pytest.mark.rule("P12")
def test_the_audit_has_it_with_its_number_and_without_what_people_wrote(home: LivedIn) -> None:
    before = len(recorded(home))
    words = {"purpose_words": "মামলা ১২/২০২৬", "recipient_words": "অ্যাডভোকেট করিম"}
    said = {"purpose": "other", "recipient": "other", **words}
    page = read(home, "overdue", export="pdf", **said)

    (record,) = recorded(home)[before:]
    told = {"number": page["leaving"]["number"], "purpose": "other", "recipient": "other"}
    assert {name: record["facts"][name] for name in told} == told
    assert "করিম" not in str(record)
    assert {name: page["leaving"][name] for name in said} == said
    assert (page["leaving"]["exported_by_en"], page["leaving"]["as_what"]) == ("Manager", "pdf")


@pytest.mark.rule("P10")
@pytest.mark.rule("P12")
@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, {"purpose", "recipient"}),
        ({"purpose": "audit"}, {"recipient"}),
        ({"purpose": "audit", "recipient": "auditor"}, {"recipient_words"}),
        ({"purpose": "other", "recipient": "own_office"}, {"purpose_words"}),
        ({"purpose": "other", "recipient": "member"}, {"purpose_words", "recipient_words"}),
        ({"purpose": "curiosity", "recipient": "own_office"}, {"purpose"}),
    ],
)
def test_no_file_without_what_for_and_to_whom(home: LivedIn, said: dict[str, str], missing: set[str]) -> None:
    before = len(recorded(home))
    with pytest.raises(InvalidPayload) as refused:
        read(home, "overdue", export="csv", **said)

    assert set(refused.value.facts["fields"]) == missing
    assert len(recorded(home)) == before
