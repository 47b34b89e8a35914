"""One inbox over three services: what waits anywhere, in one order, whoever is away."""

from collections.abc import Callable
from typing import Any

from contracts.accounts import DECIDE_APPROVAL as DECIDE_IN_ACCOUNTS
from contracts.accounts import LIST_APPROVALS as LIST_OF_ACCOUNTS
from contracts.calls import Method
from contracts.errors import Forbidden, ServiceAway
from contracts.identity import LIST_APPROVALS as LIST_OF_IDENTITY
from contracts.transactions.ledger import LIST_APPROVALS as LIST_OF_TRANSACTIONS
from tests.support.gateway import Caller, FakeBackends, sample_answer
from tests.support.samples import AN_ID

Make = Callable[..., Caller]
PATH = "/approvals"


def page(method: Method, *at: int, following: str | None = None) -> dict[str, Any]:
    item = sample_answer(method)["items"][0]
    items = [
        {**item, "service": method.service, "proposed_at": f"2026-11-23T05:00:{second:02d}.000000Z"}
        for second in at
    ]
    return {"items": items, "next": following}


def services(answer: dict[str, Any]) -> list[str]:
    return [item["service"] for item in answer["items"]]


def test_all_that_waits_is_in_one_list_the_oldest_first(caller: Make, backends: FakeBackends) -> None:
    backends.script(LIST_OF_IDENTITY, page(LIST_OF_IDENTITY, 3))
    backends.script(LIST_OF_ACCOUNTS, page(LIST_OF_ACCOUNTS, 1, 4))
    backends.script(LIST_OF_TRANSACTIONS, page(LIST_OF_TRANSACTIONS, 2))

    answer = caller().send("GET", PATH).json

    assert services(answer) == ["accounts", "transactions", "identity", "accounts"]
    assert (answer["next"], answer["away"]) == (None, [])


def test_a_service_that_is_away_hides_nobody_elses(caller: Make, backends: FakeBackends) -> None:
    backends.script(LIST_OF_IDENTITY, page(LIST_OF_IDENTITY, 1))
    backends.script(LIST_OF_ACCOUNTS, ServiceAway())
    backends.script(LIST_OF_TRANSACTIONS, page(LIST_OF_TRANSACTIONS))

    answer = caller().send("GET", PATH).json

    assert (services(answer), answer["away"]) == (["identity"], ["accounts"])


def test_a_refusal_is_a_refusal(caller: Make, backends: FakeBackends) -> None:
    backends.script(LIST_OF_ACCOUNTS, Forbidden())

    assert caller().send("GET", PATH).status_code == 403


def test_the_cursor_goes_on_where_there_is_more_and_only_there(caller: Make, backends: FakeBackends) -> None:
    backends.script(LIST_OF_IDENTITY, page(LIST_OF_IDENTITY, 1, following="i&7"))
    backends.script(LIST_OF_ACCOUNTS, page(LIST_OF_ACCOUNTS, 2))
    backends.script(LIST_OF_TRANSACTIONS, page(LIST_OF_TRANSACTIONS, 3, following="t=9"))
    somebody = caller()
    cursor = somebody.send("GET", PATH).json["next"]
    backends.asked.clear()

    somebody.send("GET", PATH, query_string={"after": cursor})

    asked = {one.method.service: one.payload for one in backends.asked}
    assert asked == {"identity": {"after": "i&7"}, "transactions": {"after": "t=9"}}


def test_a_cursor_of_another_make_is_refused(caller: Make) -> None:
    for cursor in ("payroll=3", "x", "identity"):
        response = caller().send("GET", PATH, query_string={"after": cursor})
        assert (response.status_code, set(response.json["fields"])) == (400, {"after"})


def test_a_decision_goes_to_the_service_that_keeps_the_matter(caller: Make, backends: FakeBackends) -> None:
    backends.script(DECIDE_IN_ACCOUNTS, {"id": AN_ID, "state": "approved", "secret": "7416-2580"})

    response = caller().send("POST", f"{PATH}/accounts/{AN_ID}/decision", {"approve": True})

    assert response.json == {"id": AN_ID, "state": "approved", "secret": "7416-2580"}
    assert backends.of(DECIDE_IN_ACCOUNTS)[0].payload == {"id": AN_ID, "approve": True}
    other = caller().send("POST", f"{PATH}/payroll/{AN_ID}/decision", {"approve": True})
    assert (other.status_code, set(other.json["fields"])) == (400, {"service"})
