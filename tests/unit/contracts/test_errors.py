"""Refusals: a code from the name, a kind, facts; the same after the wire."""

import json

import pytest

from contracts import registry
from contracts.errors import (
    InvalidPayload,
    Kind,
    NotFound,
    OutOfScope,
    ServiceAway,
    ServiceError,
    TooManyAttempts,
)


@pytest.mark.parametrize(
    "error",
    [
        InvalidPayload({"rows.3.amount": ["NOT_MONEY"]}),
        NotFound(),
        ServiceAway(7),
        TooManyAttempts(30),
        OutOfScope(office="B002"),
    ],
)
def test_comes_back_as_what_it_was(error: ServiceError):
    back = ServiceError.from_wire(json.loads(json.dumps(error.to_wire())))
    assert (type(back), back.code, back.kind, back.facts) == (
        type(error),
        error.code,
        error.kind,
        error.facts,
    )


def test_its_code_is_its_name():
    assert (OutOfScope.code, OutOfScope.kind) == ("OUT_OF_SCOPE", Kind.NOT_FOUND)


def test_a_code_of_a_newer_version_keeps_its_kind():
    back = ServiceError.from_wire({"code": "NOT_YET_INVENTED", "kind": "conflict", "facts": {"a": 1}})
    assert (back.code, back.kind, back.facts) == ("NOT_YET_INVENTED", Kind.CONFLICT, {"a": 1})
    assert ServiceError.code == "REFUSED"


@pytest.mark.parametrize("data", [{}, {"code": "A", "kind": "odd", "facts": {}}, {"code": "A"}])
def test_what_is_no_refusal_is_not_made_one(data: dict[str, object]):
    with pytest.raises((KeyError, ValueError)):
        ServiceError.from_wire(data)


def test_two_refusals_cannot_share_a_code():
    with pytest.raises(TypeError, match="NOT_FOUND"):
        type("NotFound", (ServiceError,), {})


def test_every_code_is_of_one_kind_and_shouts():
    assert registry.ALL_METHODS
    for code, error in ServiceError.known.items():
        assert code == code.upper() == error.code
        assert isinstance(error.kind, Kind)
