"""The commands of the contracts as HTTP takes them: secrets in plain text, checked here, sealed later."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from marshmallow import Schema, fields, validate

from contracts.digits import to_latin
from contracts.fields import MobileField, NidField, SealedField, WireField, refusal
from contracts.schemas import Answer, Command

Field = fields.Field[Any]
LINES_LONGEST = 10_000


class DigitsField(WireField[str]):
    """A secret of digits, such as a PIN; Bangla digits are taken."""

    def __init__(self, shortest: int, longest: int, **options: Any) -> None:
        """Bound how many digits there are."""
        super().__init__(**options)
        self.shortest, self.longest = shortest, longest

    def read(self, value: Any) -> str:
        """Read it, or refuse it by a code."""
        text = to_latin(value).strip() if isinstance(value, str) else ""
        if not text.isascii() or not text.isalnum() or not self.shortest <= len(text) <= self.longest:
            raise refusal(f"LENGTH:{self.shortest}:{self.longest}")
        return text


class NidsField(NidField):
    """Several identity numbers, separated by blanks."""

    def read(self, value: Any) -> str:
        """Read each of them, or refuse them by a code."""
        read = super().read
        return " ".join(read(one) for one in value.split()) if isinstance(value, str) else read(value)


class PictureField(WireField[str]):
    """A picture in base64, as a program sends it; the gateway redraws it before it goes on."""

    def read(self, value: Any) -> str:
        """Read it, or refuse it by a code."""
        if not isinstance(value, str) or not value.isascii():
            raise refusal("NOT_TEXT")
        return value


def password(**options: Any) -> Field:
    """Return the field of a password, of which nothing is dropped or changed."""
    return fields.String(validate=validate.Length(1, 128, error="LENGTH:1:128"), **options)


def lines(**options: Any) -> Field:
    """Return the field of several lines of numbers, which whoever they are sealed to reads one by one."""
    return fields.String(validate=validate.Length(0, LINES_LONGEST), **options)


def digits(shortest: int, longest: int) -> Callable[..., Field]:
    """Return a maker of fields for secrets of so many digits."""
    return lambda **options: DigitsField(shortest, longest, **options)


PLAIN: Mapping[str, Callable[..., Field]] = {
    "password": password,
    "new_password": password,
    "pin": digits(4, 12),
    "new_pin": digits(4, 12),
    "code": digits(4, 32),
    "nid": NidField,
    "people_nids": NidsField,
    "bank_account": digits(6, 20),
    "mobile": MobileField,
    "number": digits(4, 20),
    "content": PictureField,
    "row_numbers": lines,
}
"""What a sealed field holds, by its name: every secret that a person types or sends."""


@cache
def plain_command(command: type[Schema]) -> type[Schema]:
    """Return a command's schema with its secrets in plain text, to check what came over HTTP."""
    return _renamed(command, "Plain", {name: _plain(name, field) for name, field in secrets_of(command)})


@cache
def body_of(command: type[Schema], without: frozenset[str]) -> type[Schema]:
    """Return the schema of a command's body or query, for the documentation.

    Args:
        command: What the service takes.
        without: The fields that the path, or the gateway itself, says.
    """
    plain = plain_command(command)()
    kept = {name: field for name, field in plain.fields.items() if name not in without}
    return cast("type[Schema]", type(command.__name__, (Command,), {"__doc__": command.__doc__, **kept}))


@cache
def answer_of(answer: type[Schema]) -> type[Schema]:
    """Return an answer's schema as HTTP gives it, secrets shown once in plain text; for documentation."""
    shown: dict[str, Field] = {
        name: fields.String(required=field.required, allow_none=field.allow_none)
        for name, field in secrets_of(answer)
    }
    if not shown:
        return answer
    kept = {name: shown.get(name, field) for name, field in answer().fields.items()}
    return cast("type[Schema]", type(answer.__name__, (Answer,), {"__doc__": answer.__doc__, **kept}))


def secrets_of(schema: type[Schema]) -> tuple[tuple[str, SealedField], ...]:
    """Return the sealed fields of a schema."""
    return tuple((name, field) for name, field in schema().fields.items() if isinstance(field, SealedField))


def with_secrets_read(
    command: type[Schema], sent: Mapping[str, Any], loaded: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what was sent, each secret in the form in which services compare it (`+8801…`, Latin digits)."""
    read = {name: loaded[name] for name, _ in secrets_of(command) if name in sent}
    return {**sent, **read}


def _plain(name: str, field: SealedField) -> Field:
    options: dict[str, Any] = {"required": field.required, "allow_none": field.allow_none}
    if not field.required:
        options["load_default"] = field.load_default
    return PLAIN[name](**options)


def _renamed(schema: type[Schema], prefix: str, changed: Mapping[str, Field]) -> type[Schema]:
    if not changed:
        return schema
    return cast("type[Schema]", type(f"{prefix}{schema.__name__}", (schema,), dict(changed)))
