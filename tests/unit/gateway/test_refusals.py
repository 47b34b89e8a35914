"""How refusals and defects are told: by a stable code, in the reader's language, and never more than that."""

from collections.abc import Callable

import pytest

from contracts.errors import (
    DeadlinePassed,
    Forbidden,
    IdConflict,
    Kind,
    MakerIsChecker,
    NotFound,
    OutOfScope,
    ServiceAway,
    ServiceError,
    ServiceOverloaded,
)
from contracts.identity import LIST_OFFICES, OPEN_OFFICE
from contracts.transactions.collection import SUBMIT_SHEET
from contracts.transactions.collection_errors import TotalDiffers
from gateway.api.plain import body_of
from gateway.backends import ServiceDefect
from tests.support.gateway import Caller, FakeBackends
from tests.support.samples import AN_ID, sample

Make = Callable[..., Caller]
IN_ENGLISH = "The total does not agree: ৳1,20,000 was stated, the rows make ৳1,19,990.50. Nothing was taken."
IN_BANGLA = "মোট মিলছে না: লেখা হয়েছে ৳১,২০,০০০, সারিগুলোর যোগফল ৳১,১৯,৯৯০.৫০। কিছুই নেওয়া হয়নি।"


def from_newer(kind: Kind) -> ServiceError:
    return ServiceError.from_wire({"code": "OF_A_NEWER_SERVICE", "kind": kind, "facts": {}})


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Forbidden(), 403),
        (NotFound(), 404),
        (IdConflict(), 409),
        (MakerIsChecker(), 422),
        (ServiceAway(), 503),
        (ServiceOverloaded(), 503),
        (DeadlinePassed(), 503),
        (from_newer(Kind.INVALID), 400),
        (from_newer(Kind.UNAUTHENTICATED), 401),
        (from_newer(Kind.REFUSED), 422),
        (from_newer(Kind.TOO_MANY), 429),
        (from_newer(Kind.AWAY), 503),
    ],
    ids=lambda value: getattr(value, "code", value),
)
def test_the_status_follows_the_kind(
    caller: Make, backends: FakeBackends, refusal: ServiceError, status: int
) -> None:
    backends.script(LIST_OFFICES, refusal)

    response = caller().send("GET", "/offices")

    assert (response.status_code, response.json["code"]) == (status, refusal.code)
    assert response.json["status"] == status
    assert response.json["title"]
    assert response.json["detail"]
    assert response.json["correlation_id"] == response.headers["X-Correlation-Id"]
    assert ("Retry-After" in response.headers) == ("retry_after" in refusal.facts)


def test_out_of_scope_cannot_be_told_from_not_there(caller: Make, backends: FakeBackends) -> None:
    bodies = []
    for refusal in (OutOfScope(), NotFound()):
        backends.script(LIST_OFFICES, refusal)
        body = caller().send("GET", "/offices").json
        bodies.append({name: value for name, value in body.items() if name != "correlation_id"})

    assert bodies[0] == bodies[1]


@pytest.mark.parametrize(
    "failure", [ServiceDefect("identity.list_offices failed"), RuntimeError("secret 4711")]
)
def test_a_defect_says_its_correlation_id_and_nothing_else(
    caller: Make, backends: FakeBackends, failure: Exception
) -> None:
    def fail(*_: object) -> dict[str, object]:
        raise failure

    backends.script(LIST_OFFICES, fail)

    response = caller().send("GET", "/offices")

    assert (response.status_code, response.json["code"]) == (500, "DEFECT")
    assert str(failure) not in response.text
    assert set(response.json) == {"type", "title", "status", "code", "detail", "correlation_id"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            IN_ENGLISH,
        ),
        ("bn", IN_BANGLA),
        (
            "fr, en;q=0.5",
            IN_ENGLISH,
        ),
        ("fr", IN_BANGLA),
    ],
)
def test_facts_are_written_as_the_reader_writes_them(
    caller: Make, backends: FakeBackends, language: str, sentence: str
) -> None:
    backends.script(SUBMIT_SHEET, TotalDiffers(stated="120000.00", counted="119990.50"))
    body = sample(body_of(SUBMIT_SHEET.command, frozenset({"sheet_id", "submission_id"})))

    response = caller("field_officer", language).send("PUT", f"/sheets/{AN_ID}/submissions/{AN_ID}", body)

    assert response.json["detail"] == sentence
    assert response.json["facts"] == {"stated": "120000.00", "counted": "119990.50"}


def test_a_verb_that_the_role_lacks_is_refused_before_the_body_is_read(
    caller: Make, backends: FakeBackends
) -> None:
    response = caller("auditor").send("PUT", f"/offices/{AN_ID}", data=b"not json", content_type="text/plain")

    assert (response.status_code, response.json["code"]) == (403, "FORBIDDEN")
    assert backends.of(OPEN_OFFICE) == []
