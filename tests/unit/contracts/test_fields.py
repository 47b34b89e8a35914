"""Fields: what is taken, what it becomes, which code a refusal has."""

from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError, fields, validate

from contracts.calls import dump, load
from contracts.errors import InvalidPayload
from contracts.fields import (
    CodeField,
    CountField,
    DateField,
    InstantField,
    LanguageField,
    MobileField,
    NameField,
    NidField,
    SealedField,
    TakaField,
    TextField,
    UuidField,
)
from contracts.schemas import Answer, Command, page_of
from contracts.sealed import UnsealingKey, seal

ID = "5f0f4d70-0000-7000-8000-000000000001"
KEY = UnsealingKey("identity", X25519PrivateKey.generate()).public


@pytest.mark.parametrize(
    ("field", "wire", "inside"),
    [
        (TakaField(), "50.00", 5000),
        (TakaField(minimum=1, whole=True), "1.00", 100),
        (UuidField(), ID.upper(), ID),
        (DateField(), "2026-02-28", date(2026, 2, 28)),
        (InstantField(), "2026-11-23T11:00:00+06:00", datetime(2026, 11, 23, 5, 0, tzinfo=UTC)),
        (InstantField(), "2026-11-23T05:00:00Z", datetime(2026, 11, 23, 5, 0, tzinfo=UTC)),
        (NameField(), "  রহিমা খাতুন ", "রহিমা খাতুন"),
        (CodeField("present", "absent"), "absent", "absent"),
        (LanguageField(), "bn", "bn"),
        (CountField(minimum=1, maximum=5), 5, 5),
        (MobileField(), "০১৭১১-০০০০০০", "+8801711000000"),
        (MobileField(), "8801711000000", "+8801711000000"),
        (MobileField(), "+880 1711 000000", "+8801711000000"),
        (NidField(), "১২৩৪৫৬৭৮৯০", "1234567890"),
        (NidField(), "1234567890123", "1234567890123"),
    ],
)
def test_takes(field: fields.Field, wire: object, inside: object):
    assert field.deserialize(wire) == inside


@pytest.mark.parametrize(
    ("field", "wire", "code"),
    [
        (TakaField(), 50, "NOT_MONEY"),
        (TakaField(), 50.5, "NOT_MONEY"),
        (TakaField(), "50.005", "NOT_MONEY"),
        (TakaField(minimum=1), "0.00", "AMOUNT_TOO_SMALL:0.01"),
        (TakaField(maximum=100_00), "100.01", "AMOUNT_TOO_LARGE:100.00"),
        (TakaField(whole=True), "5.50", "WHOLE_TAKA_ONLY"),
        (UuidField(), "5f0f4d70", "NOT_AN_ID"),
        (UuidField(), 7, "NOT_AN_ID"),
        (DateField(), "2026-02-30", "NOT_A_DATE"),
        (DateField(), "20260228", "NOT_A_DATE"),
        (DateField(), "২০২৬-০২-২৮", "NOT_A_DATE"),
        (InstantField(), "2026-11-23T05:00:00", "NOT_AN_INSTANT"),
        (InstantField(), 1763874000, "NOT_AN_INSTANT"),
        (TextField(5), "abcdef", "LENGTH:1:5"),
        (TextField(5), "   ", "LENGTH:1:5"),
        (TextField(50), "two\nlines", "CONTROL_CHARACTERS"),
        (TextField(50), "right\u202eleft", "CONTROL_CHARACTERS"),
        (TextField(5), ["a"], "NOT_TEXT"),
        (CodeField("a", "b"), "c", "CHOICE:a,b"),
        (CodeField("a", "b"), ["a"], "CHOICE:a,b"),
        (CountField(minimum=1, maximum=5), 6, "RANGE:1:5"),
        (CountField(), True, "NOT_A_NUMBER"),
        (CountField(), "5", "NOT_A_NUMBER"),
        (CountField(), 5.0, "NOT_A_NUMBER"),
        (MobileField(), "01211000000", "NOT_A_MOBILE"),
        (MobileField(), "+8801711000000000", "NOT_A_MOBILE"),
        (NidField(), "12345678901", "NOT_AN_NID"),
        (NidField(), "123456789a", "NOT_AN_NID"),
        (SealedField(to="identity"), "1234", "NOT_SEALED"),
        (SealedField(to="accounts"), seal("1234", KEY), "SEALED_TO_ANOTHER"),
    ],
)
def test_refuses_with_a_code(field: fields.Field, wire: object, code: str):
    with pytest.raises(ValidationError) as refusal:
        field.deserialize(wire)
    assert refusal.value.messages == [code]


def test_takes_a_sealed_text_as_long_as_the_field_says():
    sealed = seal("x" * 9000, KEY)

    assert SealedField(to="identity", longest=20_000).deserialize(sealed) == sealed
    with pytest.raises(ValidationError):
        SealedField(to="identity").deserialize(sealed)


def test_keeps_sealed_text_sealed():
    sealed = seal("1234", KEY)
    assert SealedField(to="identity").deserialize(sealed) == sealed


@given(instant=st.datetimes(min_value=datetime(1971, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - the strategy adds it
def test_an_instant_survives_the_wire(instant: datetime):
    field = InstantField()
    assert field.deserialize(field.write(instant)) == instant


class Row(Command):
    amount = TakaField(required=True)


class Sheet(Command):
    id = UuidField(required=True)
    note = fields.String(validate=validate.Length(max=3))
    kind = fields.String(validate=validate.OneOf(["a", "b"]))
    count = fields.Integer(strict=True, validate=validate.Range(min=1, max=9))
    rows = fields.List(fields.Nested(Row), required=True)


def test_names_every_wrong_field_by_its_path_and_a_code():
    with pytest.raises(InvalidPayload) as refusal:
        load(
            Sheet,
            {
                "id": None,
                "note": "long",
                "kind": "c",
                "count": 10,
                "rows": [{"amount": "1.00"}, {"amount": 1}, {}, 3],
                "extra": 1,
            },
        )
    assert refusal.value.facts["fields"] == {
        "id": ["REQUIRED"],
        "note": ["LENGTH:0:3"],
        "kind": ["CHOICE:a, b"],
        "count": ["RANGE:1:9"],
        "rows.1.amount": ["NOT_MONEY"],
        "rows.2.amount": ["REQUIRED"],
        "rows.3": ["INVALID"],
        "extra": ["UNKNOWN_FIELD"],
    }


@pytest.mark.parametrize("payload", [None, [], "text", 5])
def test_what_is_no_object_at_all_is_invalid(payload: object):
    with pytest.raises(InvalidPayload) as refusal:
        load(Sheet, payload)
    assert refusal.value.facts["fields"] == {"_": ["INVALID"]}


def test_an_answer_of_a_newer_version_is_read():
    class Item(Answer):
        id = UuidField(required=True)

    page = page_of(Item, "Items")
    loaded = load(page, {"items": [{"id": ID, "newer": 1}], "next": None, "newer": 2})
    assert loaded == {"items": [{"id": ID}], "next": None}
    assert dump(page, loaded) == loaded
