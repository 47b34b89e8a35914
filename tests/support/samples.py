"""A small valid value for any schema of the contracts, in the wire's form: enough to pass every check."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from contracts.accounts.quotes import PercentField
from contracts.fields import (
    CodeField,
    CountField,
    DateField,
    InstantField,
    MobileField,
    NidField,
    SealedField,
    TakaField,
    TextField,
    UuidField,
)
from contracts.sealed import LONGEST
from gateway.api.plain import DigitsField, PictureField
from tests.support.photographs import SMALL

AN_ID = "01a20857-0000-7000-8000-000000000001"
BY_PATTERN = {
    "NOT_AN_OFFICE_CODE": "B001",
    "NOT_A_USERNAME": "rahim.u",
    "NOT_A_HASH": "0" * 64,
    "NOT_A_PRODUCT_CODE": "GS",
    "NOT_A_PLAN_CODE": "W46",
    "NOT_A_LEDGER": "5410",
    "NOT_A_YEAR": "2025-26",
    "NOT_A_BANK_ACCOUNT": "0042-117-88",
    "NOT_A_FIGURE": "24.5",
    "RECEIPT_NUMBER": "D7-000001",
}
BY_NAME: Mapping[str, Any] = {
    "code": "0012",
    "meeting_time": "10:30",
    "denominations": {"100": 2},
    "share_percent": 100,
    "nothing_received": None,
    "people_nids": None,
    "to_account_id": None,
    "until_on": None,
    "first_due_on": "2026-12-08",
    "account_last4": "0042",
    "principal_grace": 0,
    "interest_grace": 0,
}
"""Fields of which a schema demands more than their kind says."""


def sample(schema: type[Schema] | Schema) -> dict[str, Any]:
    """Return a payload with every field of a schema."""
    loaded = schema() if isinstance(schema, type) else schema
    return {field.data_key or name: sample_of(field, name) for name, field in loaded.fields.items()}


def sample_of(field: fields.Field[Any], name: str = "") -> Any:
    if isinstance(field, fields.Nested):
        inner = sample(field.schema)
        return [inner] if field.many else inner
    if isinstance(field, fields.List):
        return [sample_of(field.inner)] * _least(field)
    if isinstance(field, fields.Dict) and name not in BY_NAME:
        return {}
    by_pattern = _of_pattern(field)
    unsaid = name in NOT_SAID and field.allow_none
    if unsaid or by_pattern or (name in BY_NAME and not isinstance(field, SealedField | DigitsField)):
        return by_pattern or BY_NAME.get(name)
    if isinstance(field, fields.String):
        return _of_string(field)
    return next(value for kind, value in _values(field) if isinstance(field, kind))


NOT_SAID = frozenset({"withdrawal_id", "mark"})
"""What only a row of another kind than the sample's says."""


def _values(field: Any) -> tuple[tuple[type, Any], ...]:
    least = getattr(field, "minimum", None)
    return (
        (TakaField, f"{max(100, least or 0) // 100}.00"),
        (PercentField, "24"),
        (UuidField, AN_ID),
        (DateField, "2026-11-23"),
        (InstantField, "2026-11-23T05:00:00.000000Z"),
        (MobileField, "+8801712345678"),
        (NidField, "1234567890"),
        (DigitsField, "258036"),
        (CodeField, getattr(field, "choices", ("",))[0]),
        (CountField, max(1, least or 0)),
        (PictureField, SMALL),
        (TextField, "রহিমা"[: getattr(field, "longest", 5)].ljust(getattr(field, "shortest", 1), "x")),
        (SealedField, SMALL if getattr(field, "longest", 0) > LONGEST else "a secret"),
        (fields.Boolean, True),
        (fields.Integer, 1),
        (fields.Raw, None),
        (fields.Field, "0012"),
    )


def _least(field: fields.List[Any]) -> int:
    lengths = [check for check in field.validators if isinstance(check, validate.Length)]
    return max([1, *(check.min or 1 for check in lengths)])


def _of_pattern(field: fields.Field[Any]) -> str | None:
    patterns = (check for check in field.validators if isinstance(check, validate.Regexp))
    return next((BY_PATTERN.get(str(check.error)) for check in patterns), None)


def _of_string(field: fields.String) -> str:
    for check in field.validators:
        if isinstance(check, validate.OneOf):
            return str(next(iter(check.choices)))
        if isinstance(check, validate.Length):
            return "x" * (check.min or 1)
    return "x"
