"""What bad input gets: a clear refusal with code, field and a sentence, and no service is asked."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from contracts.accounts import ADMIT_MEMBER, LIST_MEMBERS
from contracts.identity import OPEN_OFFICE, SIGN_IN_MEMBER
from contracts.permissions import Role
from contracts.transactions.collection import SUBMIT_SHEET
from contracts.transactions.ledger import POST_DEPOSIT, TRIAL_BALANCE
from gateway.api.plain import body_of
from tests.support.gateway import Caller, FakeBackends
from tests.support.samples import AN_ID, sample

Make = Callable[..., Caller]
DEPOSIT = f"/deposits/{AN_ID}"
BODY = {"account_id": AN_ID, "amount": "242.00", "paid_by": "self"}


def refused(caller: Caller, body: Any, *, path: str = DEPOSIT, verb: str = "PUT") -> dict[str, list[str]]:
    """Send a body that must be refused, and return the sentences by field."""
    response = caller.send(verb, path, body)
    assert response.status_code == 400, response.json
    assert response.content_type == "application/problem+json"
    assert response.json["code"] == "INVALID_PAYLOAD"
    fields: dict[str, list[str]] = response.json["fields"]
    return fields


class TestAmounts:
    @pytest.mark.parametrize("amount", [242, 242.0, 1e3, None, True, ["242.00"], {"taka": 242}])
    def test_a_number_is_no_amount(self, caller: Make, backends: FakeBackends, amount: object) -> None:
        assert set(refused(caller(Role.ACCOUNTANT), {**BODY, "amount": amount})) == {"amount"}
        assert backends.asked == []

    @pytest.mark.parametrize(
        "amount", ["242.005", "0.00", "-5.00", "1e3", " 242.00", "", "২৪২.০০", "1,000.00"]
    )
    def test_text_that_is_no_amount_is_refused(self, caller: Make, amount: str) -> None:
        assert set(refused(caller(Role.ACCOUNTANT), {**BODY, "amount": amount})) == {"amount"}

    def test_the_sentence_follows_the_language(self, caller: Make) -> None:
        english = refused(caller(Role.ACCOUNTANT, "en"), {**BODY, "amount": "242.005"})
        bangla = refused(caller(Role.ACCOUNTANT, "bn"), {**BODY, "amount": "242.005"})

        assert english["amount"] == ['Give the amount as text with at most two decimals, such as "242.00".']
        assert "দশমিক" in bangla["amount"][0]

    def test_a_good_amount_goes_on_as_it_came(self, caller: Make, backends: FakeBackends) -> None:
        assert caller(Role.ACCOUNTANT).send("PUT", DEPOSIT, BODY).status_code == 200
        assert backends.of(POST_DEPOSIT)[0].payload == {**BODY, "entry_id": AN_ID}


class TestFields:
    def test_what_is_missing_and_what_nobody_asked_for_is_named(self, caller: Make) -> None:
        fields = refused(caller(Role.ACCOUNTANT), {"amount": "1.00", "colour": "red"})

        assert fields == {"account_id": ["This is needed."], "colour": ["There is no such field."]}

    def test_the_address_says_the_id_and_the_body_may_not(self, caller: Make) -> None:
        other = AN_ID.replace("1", "2")

        assert set(refused(caller(Role.ACCOUNTANT), {**BODY, "entry_id": other})) == {"entry_id"}

    @pytest.mark.parametrize("name", ["x" * 101, "", "   ", "a\x07b", "a\u202eb", 7, None, ["x"]])
    def test_over_long_and_strange_names_are_refused(self, caller: Make, name: object) -> None:
        body = sample(body_of(OPEN_OFFICE.command, frozenset({"id"}))) | {"name_en": name}

        fields = refused(caller(Role.ADMINISTRATOR), body, path=f"/offices/{AN_ID}")

        assert set(fields) == {"name_en"}

    def test_a_wrong_field_deep_inside_is_named_by_its_path(self, caller: Make) -> None:
        body = sample(body_of(SUBMIT_SHEET.command, frozenset({"sheet_id", "submission_id"})))
        body["rows"][0]["amount"] = "12.50"

        fields = refused(caller(Role.FIELD_OFFICER), body, path=f"/sheets/{AN_ID}/submissions/{AN_ID}")

        assert fields == {"rows.0.amount": ["Whole taka only, without paisa."]}

    def test_an_id_in_the_address_that_is_none_is_not_found(self, caller: Make) -> None:
        assert caller(Role.ACCOUNTANT).send("GET", "/receipts/12").status_code == 404

    def test_a_date_in_the_address_is_checked(self, caller: Make) -> None:
        path = f"/offices/{AN_ID}/days/23-11-2026/closing"

        assert set(refused(caller(), {}, path=path, verb="POST")) == {"on"}


class TestJson:
    @pytest.mark.parametrize(
        "raw",
        [
            b"{",
            b"[]",
            b'"text"',
            b"null",
            b"",
            b"\xff\xfe",
            b'{"amount": NaN}',
            b'{"amount": "1.00", "amount": "2.00"}',
            b'{"note": "\\ud800"}',
            b'{"note": "\\u0000"}',
            b"[" * 100_000,
            b'{"a":' * 50_000,
            b'{"amount": 1' + b"0" * 5000 + b"}",
        ],
    )
    def test_what_is_not_an_object_is_refused(self, caller: Make, backends: FakeBackends, raw: bytes) -> None:
        response = caller(Role.ACCOUNTANT).send("PUT", DEPOSIT, data=raw, content_type="application/json")

        assert (response.status_code, response.json["code"]) == (400, "MALFORMED_BODY")
        assert backends.asked == []

    @pytest.mark.parametrize(
        "content_type",
        ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "text/json"],
    )
    def test_another_content_type_is_refused(self, caller: Make, content_type: str) -> None:
        response = caller(Role.ACCOUNTANT).send(
            "PUT", DEPOSIT, data=json.dumps(BODY), content_type=content_type
        )

        assert (response.status_code, response.json["code"]) == (415, "WRONG_CONTENT_TYPE")

    def test_a_body_over_the_limit_is_refused(self, caller: Make) -> None:
        response = caller(Role.ACCOUNTANT).send("PUT", DEPOSIT, {**BODY, "note": "x" * 256 * 1024})

        assert (response.status_code, response.json["code"]) == (413, "BODY_TOO_LARGE")

    def test_an_unknown_address_and_a_wrong_verb_are_told_apart(self, caller: Make) -> None:
        assert caller().send("GET", "/nowhere").status_code == 404
        assert caller().send("PATCH", DEPOSIT).status_code == 405
        assert caller().send("OPTIONS", DEPOSIT).status_code == 405


class TestQueries:
    def test_an_unknown_word_is_refused(self, caller: Make) -> None:
        assert set(refused(caller(), None, path="/sheets?colour=red", verb="GET")) == {"colour"}

    def test_a_word_said_twice_is_refused(self, caller: Make) -> None:
        path = "/sheets?on=2026-11-22&on=2026-11-23"

        assert set(refused(caller(), None, path=path, verb="GET")) == {"on"}

    def test_what_text_cannot_hold_is_refused(self, caller: Make) -> None:
        assert set(refused(caller(), None, path="/members?query=a%00b", verb="GET")) == {"query"}

    def test_an_empty_word_was_not_said(self, caller: Make, backends: FakeBackends) -> None:
        caller().send("GET", f"/offices/{AN_ID}/trial-balance?on=")

        assert backends.of(TRIAL_BALANCE)[0].payload == {"office_id": AN_ID}

    def test_numbers_and_truths_are_read_from_their_text(self, caller: Make, backends: FakeBackends) -> None:
        assert caller().send("GET", "/samities?limit=20").status_code == 200
        assert caller().send("GET", "/unallocated?settled=true").status_code == 200
        assert [one.payload for one in backends.asked] == [{"limit": 20}, {"settled": True}]

    def test_a_telephone_number_never_stands_in_an_address(
        self, caller: Make, backends: FakeBackends
    ) -> None:
        refused(caller(), None, path="/members?number=01712345678", verb="GET")
        caller().send("POST", "/members/search", {"number": "০১৭১২৩৪৫৬৭৮"})

        assert backends.of(LIST_MEMBERS)[0].payload == {"number": "01712345678"}


class TestSecrets:
    def test_a_mobile_and_an_nid_are_taken_in_bangla_digits(
        self, caller: Make, backends: FakeBackends
    ) -> None:
        body = sample(body_of(ADMIT_MEMBER.command, frozenset({"id"})))
        body |= {"mobile": "০১৭১২-৩৪৫৬৭৮", "nid": "১২৩৪৫৬৭৮৯০"}

        response = caller(Role.FIELD_OFFICER).send("PUT", f"/members/{AN_ID}", body)

        assert response.status_code == 202, response.json
        payload = backends.of(ADMIT_MEMBER)[0].payload
        assert (payload["mobile"], payload["nid"]) == ("+8801712345678", "1234567890")

    @pytest.mark.parametrize(
        ("name", "value"), [("mobile", "0271234567"), ("nid", "12345"), ("nid", 1234567890)]
    )
    def test_a_wrong_number_is_refused_here(self, caller: Make, name: str, value: object) -> None:
        body = sample(body_of(ADMIT_MEMBER.command, frozenset({"id"}))) | {name: value}

        assert set(refused(caller(Role.FIELD_OFFICER), body, path=f"/members/{AN_ID}")) == {name}

    def test_a_pin_in_bangla_digits_is_the_same_pin(self, caller: Make, backends: FakeBackends) -> None:
        caller(None).send("POST", "/auth/member", {"member_code": "B001.0012.00007", "pin": "২৫৮০৩৬"})

        assert backends.of(SIGN_IN_MEMBER)[0].payload["pin"] == "258036"
