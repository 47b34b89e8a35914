"""The product's main job, from the opening of a branch to a balanced trial balance, over HTTP."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from demo.client import Person, Refused
from demo.forms import receipt_number, submission_form
from demo.town import (
    PASSWORD,
    Branch,
    Town,
    eventually,
    new_id,
    row,
    savings_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable


class Meeting:
    """A samity of three on the officer's table: two pay, one is absent."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.samity = branch.open_samity()
        self.members = [branch.admit(self.samity) for _ in range(3)]
        self.sheet = eventually(self.complete_sheet)
        self.holding = branch.officer.post(f"/sheets/{self.sheet['id']}/holding", {"take_over": False})
        self.submission_id = new_id()
        self.body = submission_form(self.holding, self.rows())

    def complete_sheet(self) -> dict[str, Any] | None:
        sheet = self.branch.todays_sheet(self.samity)
        return sheet if len(sheet["rows"]) == len(self.members) else None

    def rows(self) -> list[dict[str, Any]]:
        lines = {line["member_id"]: line for line in self.sheet["rows"]}
        first, second, third = (lines[member] for member in self.members)
        return [
            row(first, receipt_number(self.holding, 0), "50.00"),
            row(second, receipt_number(self.holding, 1), "120.00"),
            row(third, "", None, "absent"),
        ]

    def submit(self, person: Person | None = None) -> dict[str, Any]:
        path = f"/sheets/{self.sheet['id']}/submissions/{self.submission_id}"
        return (person or self.branch.officer).put(path, self.body)

    def balance_of(self, member: str) -> str:
        return str(passbook_of(self.branch.manager, member)["accounts"][0]["balance"])


def passbook_of(person: Person, member: str) -> dict[str, Any]:
    return person.get(f"/members/{member}/passbook")


@pytest.fixture
def meeting(town: Town) -> Meeting:
    return Meeting(town.open_branch())


@pytest.mark.rule("M1")
@pytest.mark.rule("M7")
@pytest.mark.rule("M8")
@pytest.mark.rule("M10")
def test_a_taka_handed_over_is_in_her_passbook(meeting: Meeting) -> None:
    branch, (payer, _, absent) = meeting.branch, meeting.members
    her = branch.issue_login(payer)

    answer = meeting.submit()
    assert [one["outcome"] for one in answer["rows"]] == ["pending"] * 3

    pending = eventually(lambda: her.get("/me/passbook")["lines"])
    assert [(line["status"], line["amount"]) for line in pending] == [("pending", "50.00")]
    assert her.get("/me/passbook")["accounts"][0]["balance"] == "0.00"

    branch.count_vault("opening")
    handover = branch.hand_over([meeting.sheet["id"]], "170.00")
    authorised = branch.authorise(handover, 170)
    assert authorised["status"] == "authorised"

    book = her.get("/me/passbook")
    assert [(line["status"], line["amount"]) for line in book["lines"]] == [("confirmed", "50.00")]
    assert book["accounts"][0]["balance"] == "50.00"
    assert book["lines"][0]["business_on"] == branch.on.isoformat()

    assert eventually(lambda: told(her, "৫০"))
    told_absent = eventually(
        lambda: [
            m for m in branch.manager.get("/messages", member_id=absent)["items"] if "nothing" in m["kind"]
        ]
    )
    assert told_absent

    branch.manager.post(f"/sheets/{meeting.sheet['id']}/check")
    branch.count_vault("closing", 170)
    branch.manager.post(f"/offices/{branch.id}/days/{branch.on.isoformat()}/closing")
    eventually(lambda: branch.manager.get(f"/offices/{branch.id}/day")["on"] != branch.on.isoformat())

    balance = branch.manager.get(f"/offices/{branch.id}/trial-balance", on=branch.on.isoformat())
    assert balance["balanced"]
    assert balance["debit_total"] == balance["credit_total"] == "170.00"


def told(her: Person, words: str) -> list[dict[str, Any]]:
    return [message for message in her.get("/me/messages")["items"] if words in message["text"]]


@pytest.mark.rule("P4")
def test_what_she_says_is_missing_is_heard_and_answered_by_message(meeting: Meeting) -> None:
    branch, her = meeting.branch, meeting.branch.issue_login(meeting.members[0])
    (account,) = eventually(lambda: her.get("/me/passbook")["accounts"])
    missing = {"about": "no_entry", "account_code": account["code"], "on": branch.on.isoformat()}
    address = f"/complaints/{new_id()}"

    assert her.put(f"/me{address}", {**missing, "said": "I gave 50 taka"})["state"] == "new"
    refused(lambda: branch.officer.get(address), 403, "FORBIDDEN")
    assert branch.officer.get("/me/told-complaints")["items"] == []
    branch.manager.put(f"{address}/acknowledgement", {"contact": "phone"})
    (told_officer,) = branch.officer.get("/me/told-complaints")["items"]
    assert told_officer["account_code"] == account["code"]
    branch.manager.put(f"{address}/answer", {"outcome": "book_right", "answer": "She paid a day later"})

    (hers,) = her.get("/me/complaints")["items"]
    assert (hers["state"], hers["answer"]) == ("answered", "She paid a day later")
    kinds = {"complaint_acknowledged", "complaint_answered"}
    assert eventually(lambda: kinds <= {message["kind"] for message in her.get("/me/messages")["items"]})


@pytest.mark.rule("M4")
def test_the_same_sheet_ten_times_at_once_is_pending_once(meeting: Meeting) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: meeting.submit(fresh(meeting)), range(10)))

    assert all(answer == answers[0] for answer in answers)
    account = passbook_of(meeting.branch.manager, meeting.members[0])["accounts"][0]
    assert account["pending_in"] == "50.00"


def fresh(meeting: Meeting) -> Person:
    """The officer's phone on another connection: a session of its own, the same token."""
    officer = meeting.branch.officer
    again = Person.arrive(officer.base_url, officer.device)
    again.web.headers.update(officer.web.headers)
    return again


def test_a_submission_under_the_same_id_with_another_body_is_refused(meeting: Meeting) -> None:
    meeting.submit()
    meeting.body["rows"][0]["amount"] = "60.00"
    meeting.body["total"] = "180.00"

    with pytest.raises(Refused) as refusal:
        meeting.submit()

    assert (refusal.value.status, refusal.value.code) == (409, "SUBMISSION_DIFFERS")


@pytest.mark.rule("M4")
def test_a_second_device_posts_nothing(meeting: Meeting) -> None:
    meeting.submit()
    second = Person.arrive(meeting.branch.town.base_url, new_id())
    second.sign_in_staff(meeting.branch.usernames["field_officer"], PASSWORD)
    rows = [{**one, "row_id": new_id()} for one in meeting.body["rows"]]
    path = f"/sheets/{meeting.sheet['id']}/submissions/{new_id()}"

    answer = second.put(path, {**meeting.body, "rows": rows})

    assert {one["outcome"] for one in answer["rows"]} == {"compare"}
    account = passbook_of(meeting.branch.manager, meeting.members[0])["accounts"][0]
    assert account["pending_in"] == "50.00"


def test_authorising_twice_posts_once(meeting: Meeting) -> None:
    branch = meeting.branch
    meeting.submit()
    branch.count_vault("opening")
    handover = branch.hand_over([meeting.sheet["id"]], "170.00")
    answered = branch.authorise(handover, 170)
    count = answered["counts"][-1]["count_id"]

    again = branch.accountant.post(f"/hand-overs/{handover}/authorisation", {"count_id": count})

    assert again["status"] == "authorised"
    assert meeting.balance_of(meeting.members[0]) == "50.00"


def test_a_wrong_total_takes_nothing(meeting: Meeting) -> None:
    meeting.body["total"] = "171.00"

    refused(meeting.submit, 422, "TOTAL_DIFFERS")

    assert passbook_of(meeting.branch.manager, meeting.members[0])["accounts"][0]["pending_in"] == "0.00"


@pytest.mark.rule("M8")
def test_who_collects_does_not_count(meeting: Meeting) -> None:
    meeting.submit()
    handover = meeting.branch.hand_over([meeting.sheet["id"]], "170.00")
    path = f"/hand-overs/{handover}/counts/{new_id()}"

    refused(lambda: meeting.branch.officer.put(path, {"denominations": {"10": 17}}), 403, "FORBIDDEN")


def test_a_day_with_an_unfinished_sheet_stays_open(meeting: Meeting) -> None:
    branch = meeting.branch
    branch.count_vault("opening")
    branch.count_vault("closing")
    path = f"/offices/{branch.id}/days/{branch.on.isoformat()}/closing"

    refused(lambda: branch.manager.post(path), 422, "DAY_NOT_READY")


def test_another_branch_is_not_found(meeting: Meeting) -> None:
    other = meeting.branch.town.open_branch()

    refused(lambda: other.manager.get(f"/members/{meeting.members[0]}"), 404, "NOT_FOUND")
    refused(lambda: other.officer.get(f"/sheets/{meeting.sheet['id']}"), 404, "NOT_FOUND")
    assert savings_of(meeting.branch.manager, meeting.members[0])


def refused(act: Callable[[], Any], status: int, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        act()
    assert (refusal.value.status, refusal.value.code) == (status, code)


def test_who_stays_for_longer_than_an_access_token_goes_on(town: Town) -> None:
    manager = town.open_branch().manager
    manager.web.headers["Authorization"] = "Bearer one-that-has-run-out"

    assert manager.get("/offices")["items"]
    assert manager.web.headers["Authorization"] != "Bearer one-that-has-run-out"
