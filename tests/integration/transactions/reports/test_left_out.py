"""A file for outside has no rows about members who have not agreed to it, and says how many (rule P10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import InvalidPayload
from contracts.transactions.reports import ASK_REPORT_RUN, READ_REPORT_RUN, RECORD_LIST_EXPORT
from tests.support.branch import id_of, new_id
from tests.support.lived_in import FIRST
from tests.support.loans import taka
from tests.support.recomputed_reports import read, table
from transactions.batch.duties import TransactionsBatch

if TYPE_CHECKING:
    from tests.support.lived_in import LivedIn

SINCE = FIRST.isoformat()
FUNDER = {"purpose": "funding", "recipient": "funder", "recipient_words": "PKSF"}
FORBIDDEN = (
    FUNDER,
    {"purpose": "own_work", "recipient": "other", "recipient_words": "A newspaper"},
    {"purpose": "audit", "recipient": "funder", "recipient_words": "PKSF"},
    {"purpose": "her_request", "recipient": "member", "recipient_words": "Amina"},
    {
        "purpose": "other",
        "purpose_words": "A study",
        "recipient": "authority",
        "recipient_words": "A ministry",
    },
)
ALLOWED = (
    {"purpose": "funding", "recipient": "head_office"},
    {"purpose": "audit", "recipient": "auditor", "recipient_words": "Hoda Vasi"},
    {"purpose": "regulation", "recipient": "regulator", "recipient_words": "MRA"},
    {
        "purpose": "legal_duty",
        "purpose_words": "Order 12 of the court",
        "recipient": "authority",
        "recipient_words": "District court",
    },
)


def taken(home: LivedIn, report: str, said: dict[str, str], **asked: Any) -> dict[str, Any]:
    return read(home, report, export="csv", **asked, **said)


@pytest.mark.rule("P10")
@pytest.mark.parametrize("said", FORBIDDEN)
def test_rows_about_members_stay_back_where_nobody_agreed_and_no_duty_asks(
    home: LivedIn, said: dict[str, str]
) -> None:
    page = taken(home, "disbursements", said, from_on=SINCE)

    lent = home.diary.loans.values()
    assert table(page) == []
    assert table(page, "group") == []
    assert page["next"] is None
    assert page["leaving"]["left_out"] == len(lent) > 0
    (whole,) = table(page, "total")
    assert whole["principal"] == taka(sum(one.agreed.principal for one in lent))


@pytest.mark.rule("P10")
@pytest.mark.parametrize("said", ALLOWED)
def test_they_go_along_to_the_own_offices_and_where_a_duty_asks(home: LivedIn, said: dict[str, str]) -> None:
    page = taken(home, "disbursements", said, from_on=SINCE)

    assert page["leaving"]["left_out"] == 0
    assert len(table(page)) == len(home.diary.loans)


@pytest.mark.rule("P10")
def test_what_names_nobody_goes_whole_to_whoever_is_named(home: LivedIn) -> None:
    page = taken(home, "daily_collection", FUNDER)

    assert page["leaving"]["left_out"] == 0
    assert table(page) == table(read(home, "daily_collection"))


@pytest.mark.rule("P10")
def test_a_member_may_have_her_own_book_given_away(home: LivedIn) -> None:
    said = {"purpose": "her_request", "recipient": "other", "recipient_words": "Her bank"}
    hers = {"member_id": id_of("Rahima"), "from_on": SINCE}
    whole = table(read(home, "member_ledger", **hers))

    assert table(taken(home, "member_ledger", said, **hers)) == whole != []
    assert taken(home, "member_ledger", FUNDER, **hers)["leaving"]["left_out"] == len(whole)


@pytest.mark.rule("P10")
def test_they_stay_back_from_a_file_that_was_made_in_the_background(home: LivedIn) -> None:
    run_id = new_id()
    question = {"report": "disbursements", "office_id": home.branch.id, "from_on": SINCE}
    home.branch.ask(ASK_REPORT_RUN, home.branch.manager, id=run_id, **question)
    home.branch.harness.take_steps("run_report", by=TransactionsBatch)
    page = home.branch.ask(READ_REPORT_RUN, home.branch.manager, id=run_id, export="xlsx", **FUNDER)

    whole = read(home, "disbursements", from_on=SINCE)
    assert table(page) == []
    assert table(page, "total") == table(whole, "total")
    assert page["leaving"]["left_out"] == len(table(whole))
    assert page["next"] is None


@pytest.mark.rule("P10")
def test_the_register_counts_what_stayed_back(home: LivedIn) -> None:
    number = taken(home, "disbursements", FUNDER, from_on=SINCE)["leaving"]["number"]
    rows = table(read(home, "exports", from_on=SINCE))

    (row,) = (one for one in rows if one["export_number"] == str(number))
    assert row["left_out"] == len(home.diary.loans)


@pytest.mark.rule("P10")
def test_a_duty_by_law_is_told_in_words(home: LivedIn) -> None:
    with pytest.raises(InvalidPayload) as refused:
        taken(
            home, "overdue", {"purpose": "legal_duty", "recipient": "authority", "recipient_words": "Court"}
        )
    assert set(refused.value.facts["fields"]) == {"purpose_words"}


@pytest.mark.rule("P10")
@pytest.mark.rule("P12")
@pytest.mark.parametrize(
    ("which", "said", "left_out"),
    [("members", FUNDER, 7), ("members", ALLOWED[0], 0), ("samities", FUNDER, 0), ("loans", ALLOWED[3], 0)],
)
def test_a_list_of_the_portal_is_written_down_when_it_is_taken_along(
    home: LivedIn, which: str, said: dict[str, str], left_out: int
) -> None:
    export = home.branch.ask(
        RECORD_LIST_EXPORT, home.branch.manager, list=which, export="csv", rows=7, **said
    )

    assert export["left_out"] == left_out
    rows = table(read(home, "exports", from_on=SINCE))
    (row,) = (one for one in rows if one["export_number"] == str(export["number"]))
    told = ("report", "as_what", "purpose", "recipient", "left_out")
    assert tuple(row[key] for key in told) == (
        f"list_{which}",
        "csv",
        said["purpose"],
        said["recipient"],
        left_out,
    )
    assert home.branch.harness.audited("export_report")[-1]["facts"]["report"] == f"list_{which}"


@pytest.mark.rule("P10")
def test_no_list_is_taken_along_without_what_for_and_to_whom(home: LivedIn) -> None:
    with pytest.raises(InvalidPayload) as refused:
        home.branch.ask(RECORD_LIST_EXPORT, home.branch.manager, list="members", export="csv", rows=7)
    assert set(refused.value.facts["fields"]) == {"purpose", "recipient"}
