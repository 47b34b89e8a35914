"""A quote over HTTP, from the gateway to accounts and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from demo.client import Refused
from tests.support.quotes import WEEKLY

if TYPE_CHECKING:
    from demo.town import Town


@pytest.mark.rule("L2")
def test_a_quote_is_the_worked_example_with_its_yearly_rate(town: Town) -> None:
    quote = town.administrator.post("/loan-quotes", WEEKLY)

    assert len(quote["rows"]) == 46
    assert quote["rows"][0] == {
        "number": 1,
        "due_on": "2025-01-22",
        "principal": "195.85",
        "service_charge": "46.15",
        "total": "242.00",
        "balance": "9804.15",
    }
    assert (quote["principal"], quote["service_charge"], quote["total"]) == (
        "10000.00",
        "1121.00",
        "11121.00",
    )
    assert (quote["apr_percent"], quote["within_cap"]) == ("22.87", True)


@pytest.mark.rule("L2")
def test_a_flat_loan_over_the_cap_is_told_to_be_so(town: Town) -> None:
    flat = WEEKLY | {"method": "FLAT", "annual_rate_percent": "12.5"}

    assert town.administrator.post("/loan-quotes", flat)["within_cap"] is False


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"principal_grace": 46}, 422, "GRACE_TOO_LONG"),
        ({"first_due_on": "2025-01-07"}, 400, "INVALID_PAYLOAD"),
        ({"annual_rate_percent": "100.0001"}, 400, "INVALID_PAYLOAD"),
        ({"annual_rate_percent": "24.12345"}, 400, "INVALID_PAYLOAD"),
        ({"instalments": 601}, 400, "INVALID_PAYLOAD"),
        ({"principal": 10000}, 400, "INVALID_PAYLOAD"),
        ({"holidays": ["2025-02-30"]}, 400, "INVALID_PAYLOAD"),
        ({"interest": "24"}, 400, "INVALID_PAYLOAD"),
    ],
)
def test_terms_that_make_no_sense_are_refused(
    town: Town, said: dict[str, Any], status: int, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        town.administrator.post("/loan-quotes", WEEKLY | said)

    assert (refusal.value.status, refusal.value.code) == (status, code)
