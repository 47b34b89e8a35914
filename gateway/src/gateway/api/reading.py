"""Reading what a request says: strict JSON, one content type, no floats, no field that nobody asked for."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from flask import request
from marshmallow import Schema, fields
from werkzeug.exceptions import UnsupportedMediaType

from contracts.calls import load
from contracts.errors import InvalidPayload
from contracts.fields import CountField
from gateway.api.plain import plain_command, with_secrets_read
from gateway.errors import MalformedBody

JSON = "application/json"
NUL = "\x00"
TRUTH = {"true": True, "false": False}


class JsonFraction:
    """A number with a fraction or an exponent: no field takes it, and each says so by its own name."""


def command_of(command: type[Schema], said: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the command in the wire's form.

    Args:
        command: The schema of what the service takes.
        said: What the path and the gateway itself say.
        sent: What the body or the query says.

    Raises:
        InvalidPayload: a field is wrong, missing, unknown, or said twice.
    """
    twice = {name: ["UNKNOWN_FIELD"] for name in sent if name in said}
    if twice:
        raise InvalidPayload(twice)
    whole = {**sent, **said}
    return with_secrets_read(command, whole, load(plain_command(command), whole))


def body() -> dict[str, Any]:
    """Return the JSON body; nothing where none was sent.

    Raises:
        UnsupportedMediaType: it is of another content type.
        RequestEntityTooLarge: it is over the limit.
        MalformedBody: it is not a JSON object, names a key twice, or holds what text cannot hold.
    """
    raw = request.get_data(cache=False)
    if not raw and request.content_type is None:
        return {}
    if request.mimetype != JSON or request.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
        raise UnsupportedMediaType
    return parsed(raw)


def parsed(raw: bytes) -> dict[str, Any]:
    """Read JSON strictly; fractions become something that every field refuses.

    Raises:
        MalformedBody: as `body` says.
    """
    try:
        read = json.loads(
            raw.decode("utf-8"),
            parse_float=lambda _: JsonFraction(),
            parse_constant=_refuse,
            object_pairs_hook=_without_twins,
        )
        if b"\\u" in raw:
            _must_be_text(json.dumps(read, ensure_ascii=False, default=str))
    except (ValueError, RecursionError):
        raise MalformedBody from None
    if not isinstance(read, dict):
        raise MalformedBody
    return read


def query(command: type[Schema]) -> dict[str, Any]:
    """Return the query, its numbers and truths read from their text; what is left empty was not said.

    Raises:
        InvalidPayload: something is said twice, or holds what text cannot hold.
    """
    known = {field.data_key or name: field for name, field in command().fields.items()}
    said: dict[str, Any] = {}
    for name, values in request.args.lists():
        if len(values) > 1 or NUL in values[0] or NUL in name:
            raise InvalidPayload.of(**{name.replace(NUL, ""): "INVALID"})
        if values[0]:
            said[name] = from_text(known.get(name), values[0])
    return said


def from_text(field: fields.Field[Any] | None, text: str) -> Any:
    """Return what a field takes for a word of the query."""
    if isinstance(field, CountField) and text.isascii() and text.isdigit():
        return int(text[:12])
    if isinstance(field, fields.Boolean):
        return TRUTH.get(text, text)
    return text


def _refuse(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a key is named twice")
    return read


def _must_be_text(written: str) -> None:
    """Escapes can say what no text holds: half a character, or the character NUL."""
    written.encode()
    if "\\u0000" in written:
        raise ValueError("NUL is no text")
