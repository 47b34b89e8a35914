"""What bad input gets: a refusal with code, field and a sentence one can read; nothing is half-done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from demo.client import Person, Refused
from demo.forms import office_form, receipt_number, samity_form, staff_form, submission_form
from demo.plan import Name
from demo.town import Branch, Town, admission, eventually, new_id, row, savings_of

if TYPE_CHECKING:
    from collections.abc import Callable

JSON = "application/json"
KILOBYTE = 1024
NAME = Name("রহিমা খাতুন", "Rahima Khatun")

NOT_AN_AMOUNT = [
    "10.005",
    "1e3",
    10,
    10.5,
    True,
    "",
    "NaN",
    "+5.00",
    " 5.00",
    "১০.০০",
    "1" + "0" * 15,
    [],
    {},
]
TOO_SMALL = ["0", "0.00", "-5.00"]
NOT_WHOLE = ["10.50"]
AMOUNTS = [*NOT_AN_AMOUNT, *TOO_SMALL, *NOT_WHOLE]
"""Rule M11: cash is whole taka; a JSON number is a float to half of the world."""

NOT_TEXT = {
    "over-long": "x" * 5000,
    "a bell": "a\x07b",
    "a right-to-left override": "a\u202eb",
    "a line break": "a\nb",
    "a number": 7,
}

BODIES = {
    "a form": ("application/x-www-form-urlencoded", b"amount=5.00", 415, "WRONG_CONTENT_TYPE"),
    "text": ("text/plain", b"{}", 415, "WRONG_CONTENT_TYPE"),
    "half a document": (JSON, b"{", 400, "MALFORMED_BODY"),
    "a list": (JSON, b"[]", 400, "MALFORMED_BODY"),
    "a deep list": (JSON, b"[" * 100_000 + b"]" * 100_000, 400, "MALFORMED_BODY"),
    "not a number": (JSON, b'{"amount": NaN}', 400, "MALFORMED_BODY"),
    "an endless number": (JSON, b'{"amount": ' + b"9" * 5000 + b"}", 400, "MALFORMED_BODY"),
    "a name said twice": (JSON, b'{"amount": "5.00", "amount": "7.00"}', 400, "MALFORMED_BODY"),
    "a NUL": (JSON, b'{"note": "a\\u0000b"}', 400, "MALFORMED_BODY"),
    "half a character": (JSON, b'{"note": "\\ud800"}', 400, "MALFORMED_BODY"),
    "another encoding": (JSON, '{"note": "ক"}'.encode("utf-16"), 400, "MALFORMED_BODY"),
    "too much": (JSON, b'{"note": "' + b"x" * 300 * KILOBYTE + b'"}', 413, "BODY_TOO_LARGE"),
}

CREDENTIALS = {
    "none": None,
    "no token": "Bearer",
    "a forged token": "Bearer " + "A" * 43,
    "another scheme": "Basic YTpi",
}


@dataclass
class Table:
    """A branch with one member and an empty sheet: whatever is refused leaves both as they were."""

    branch: Branch
    samity: str
    member: str
    account: str
    sheet: dict[str, Any]
    holding: dict[str, Any]

    def deposit(self, **changes: Any) -> dict[str, Any]:
        return self.branch.accountant.put(f"/deposits/{new_id()}", self.deposit_form() | changes)

    def deposit_form(self) -> dict[str, Any]:
        return {"account_id": self.account, "amount": "20.00", "paid_by": "self"}

    def submission(self, **changes: Any) -> dict[str, Any]:
        line = row(self.sheet["rows"][0], receipt_number(self.holding, 0), "20.00")
        return submission_form(self.holding, [line]) | changes

    def submit(self, body: dict[str, Any]) -> dict[str, Any]:
        return self.branch.officer.put(f"/sheets/{self.sheet['id']}/submissions/{new_id()}", body)

    def vault_count(self, on: str) -> dict[str, Any]:
        path = f"/offices/{self.branch.id}/days/{on}/vault-counts/{new_id()}"
        return self.branch.accountant.put(path, {"moment": "opening", "denominations": {}})

    def is_untouched(self) -> bool:
        book = self.branch.manager.get(f"/members/{self.member}/passbook")
        money = book["accounts"][0]
        return (money["balance"], money["pending_in"], book["lines"]) == ("0.00", "0.00", [])


@pytest.fixture(scope="module")
def table(town: Town) -> Table:
    branch = town.open_branch()
    samity = branch.open_samity()
    member = branch.admit(samity)
    branch.count_vault("opening")
    sheet = eventually(lambda: with_rows(branch, samity))
    holding = branch.officer.post(f"/sheets/{sheet['id']}/holding", {"take_over": False})
    account = savings_of(branch.manager, member)["account_id"]
    return Table(branch, samity, member, account, sheet, holding)


def with_rows(branch: Branch, samity: str) -> dict[str, Any] | None:
    sheet = branch.todays_sheet(samity)
    return sheet if sheet["rows"] else None


def refusal_of(act: Callable[[], Any]) -> Refused:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value


def refused_field(act: Callable[[], Any], field: str) -> list[str]:
    """The sentences that the refusal has for one field, and for no other."""
    refusal = refusal_of(act)
    assert (refusal.status, refusal.code) == (400, "INVALID_PAYLOAD")
    assert list(refusal.problem["fields"]) == [field]
    return list(refusal.problem["fields"][field])


@pytest.mark.parametrize("amount", AMOUNTS, ids=repr)
def test_an_amount_that_is_none_is_refused_at_the_counter(table: Table, amount: Any) -> None:
    assert refused_field(lambda: table.deposit(amount=amount), "amount")
    assert table.is_untouched()


@pytest.mark.parametrize("amount", AMOUNTS, ids=repr)
def test_an_amount_that_is_none_is_refused_on_a_sheet(table: Table, amount: Any) -> None:
    body = table.submission()
    body["rows"][0]["amount"] = amount

    assert refused_field(lambda: table.submit(body), "rows.0.amount")
    assert table.is_untouched()


@pytest.mark.parametrize("text", NOT_TEXT.values(), ids=NOT_TEXT)
def test_a_text_that_nobody_can_read_is_refused(table: Table, text: Any) -> None:
    assert refused_field(lambda: table.deposit(note=text), "note")
    assert table.is_untouched()


def test_a_field_that_nobody_knows_is_named(table: Table) -> None:
    assert refused_field(lambda: table.deposit(rate="9.00"), "rate") == ["There is no such field."]
    assert table.is_untouched()


@pytest.mark.rule("M10")
def test_a_row_says_either_an_amount_or_why_there_is_none(table: Table) -> None:
    both, neither = table.submission(), table.submission(total="0.00")
    both["rows"][0]["nothing_received"] = "absent"
    neither["rows"][0]["amount"] = None

    assert refused_field(lambda: table.submit(both), "rows.0.amount")
    assert refused_field(lambda: table.submit(neither), "rows.0.amount")
    assert table.is_untouched()


def test_an_empty_sheet_is_refused_in_words_that_fit(table: Table) -> None:
    said = refused_field(lambda: table.submit(table.submission(rows=[], total="0.00")), "rows")

    assert "character" not in said[0]


def test_a_wrong_sum_takes_nothing(table: Table) -> None:
    refusal = refusal_of(lambda: table.submit(table.submission(total="21.00")))

    assert (refusal.status, refusal.code) == (422, "TOTAL_DIFFERS")
    assert table.is_untouched()


@pytest.mark.parametrize(("kind", "body", "status", "code"), BODIES.values(), ids=BODIES)
def test_a_body_that_is_none_is_refused(table: Table, kind: str, body: bytes, status: int, code: str) -> None:
    path = f"/deposits/{new_id()}"

    refusal = refusal_of(
        lambda: table.branch.accountant.ask("PUT", path, data=body, headers={"Content-Type": kind})
    )

    assert (refusal.status, refusal.code) == (status, code)
    assert refusal.problem["detail"]
    assert table.is_untouched()


@pytest.mark.parametrize("credential", CREDENTIALS.values(), ids=CREDENTIALS)
def test_a_credential_that_is_none_opens_nothing(table: Table, credential: str | None) -> None:
    stranger = Person.arrive(table.branch.town.base_url)
    if credential:
        stranger.web.headers["Authorization"] = credential

    refusal = refusal_of(lambda: stranger.put(f"/deposits/{new_id()}", table.deposit_form()))

    assert refusal.status == 401
    assert refusal.code in {"UNAUTHENTICATED", "SESSION_ENDED"}
    assert table.is_untouched()


def refused_in(table: Table, language: str) -> str:
    path, body = f"/deposits/{new_id()}", table.deposit_form() | {"amount": "0"}
    person, headers = table.branch.accountant, {"Accept-Language": language}
    refusal = refusal_of(lambda: person.ask("PUT", path, json=body, headers=headers))
    return str(refusal.problem["fields"]["amount"][0])


def test_the_sentence_is_in_the_callers_language(table: Table) -> None:
    in_bangla, in_english = (refused_in(table, language) for language in ("bn", "en"))

    assert "৳১ " in in_bangla
    assert "৳1 " in in_english


def test_what_is_unknown_or_of_a_foreign_branch_is_not_found(table: Table, town: Town) -> None:
    stranger = town.open_branch().accountant

    foreign = refusal_of(lambda: stranger.put(f"/deposits/{new_id()}", table.deposit_form()))
    unknown = refusal_of(lambda: table.deposit(account_id=new_id()))

    assert (foreign.status, foreign.code) == (unknown.status, unknown.code) == (404, "NOT_FOUND")
    assert foreign.problem["detail"] == unknown.problem["detail"]
    assert table.is_untouched()


@pytest.mark.parametrize("days", [-1, 1], ids=["yesterday", "tomorrow"])
def test_nobody_counts_on_a_day_that_is_not_open(table: Table, days: int) -> None:
    other = (table.branch.on + timedelta(days=days)).isoformat()

    refusal = refusal_of(lambda: table.vault_count(other))

    assert (refusal.status, refusal.code) == (422, "DAY_NOT_OPEN")


def test_a_closed_day_takes_no_money(town: Town) -> None:
    branch = town.open_branch()
    closed = branch.on.isoformat()
    branch.count_vault("opening")
    branch.count_vault("closing")
    branch.manager.post(f"/offices/{branch.id}/days/{closed}/closing")
    eventually(lambda: branch.manager.get(f"/offices/{branch.id}/day")["on"] != closed)

    path = f"/offices/{branch.id}/days/{closed}/vault-counts/{new_id()}"
    refusal = refusal_of(
        lambda: branch.accountant.put(path, {"moment": "closing", "denominations": {"10": 1}})
    )

    assert (refusal.status, refusal.code) == (422, "DAY_NOT_OPEN")
    assert branch.manager.get(f"/offices/{branch.id}/trial-balance", on=closed)["debit_total"] == "0.00"


MADE = ("office", "staff", "samity", "member", "deposit", "vault count")


@pytest.mark.parametrize("thing", MADE)
def test_the_same_id_with_another_body_is_a_conflict(town: Town, thing: str) -> None:
    branch = town.open_branch()
    person, path, body, change = making(branch, thing)
    first = person.put(path, body)

    assert person.put(path, body) == first
    refusal = refusal_of(lambda: person.put(path, body | change))
    assert (refusal.status, refusal.code) == (409, "ID_CONFLICT")
    assert person.put(path, body) == first


def making(branch: Branch, thing: str) -> tuple[Person, str, dict[str, Any], dict[str, Any]]:
    """Who makes a thing, under which address, from which body, and a change that makes it another one."""
    town, made = branch.town, new_id()
    if thing == "office":
        form = office_form(f"9{branch.code[-2:]}", "branch", town.head_office, NAME, branch.on)
        return town.administrator, f"/offices/{made}", form, {"name_en": "Elsewhere"}
    if thing == "staff":
        form = staff_form(
            f"twice{branch.code}", "accountant", branch.id, name=NAME, mobile="01711000001", from_on=branch.on
        )
        return town.administrator, f"/staff/{made}", form, {"role": "branch_manager"}
    if thing == "vault count":
        path = f"/offices/{branch.id}/days/{branch.on}/vault-counts/{made}"
        return (
            branch.accountant,
            path,
            {"moment": "opening", "denominations": {}},
            {"denominations": {"1": 1}},
        )
    return making_for_members(branch, thing)


def making_for_members(branch: Branch, thing: str) -> tuple[Person, str, dict[str, Any], dict[str, Any]]:
    """The same for what belongs to a samity."""
    made, samity = new_id(), branch.open_samity()
    if thing == "samity":
        details = {"village": NAME, "opened_on": branch.on, "max_members": 20}
        form = samity_form(branch.id, branch.ids["field_officer"], 1, name=NAME, **details)
        return branch.town.administrator, f"/samities/{made}", form, {"meeting_weekday": 2}
    if thing == "member":
        form = admission(samity, branch.on)
        return branch.officer, f"/members/{made}", form, {"name_en": "Somebody Else"}
    account = savings_of(branch.manager, branch.admit(samity))["account_id"]
    form = {"account_id": account, "amount": "20.00", "paid_by": "self"}
    return branch.accountant, f"/deposits/{made}", form, {"amount": "21.00"}
