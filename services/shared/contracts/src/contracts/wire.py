"""How a payload is written on the broker: plain JSON without type hooks and without floats (mechanics T3).

Registered under a name of our own by the chassis and by the gateway, so that kombu's own JSON, which
tags Decimals and runs hooks on what it reads, is never used.
"""

import hashlib
import json
from typing import Any, NoReturn

NAME = "mikrof-json"
CONTENT_TYPE = "application/vnd.mikrof+json"
ENCODING = "utf-8"
LIMIT_BYTES = 256 * 1024


class Unreadable(ValueError):
    """The bytes are not the JSON that is spoken here."""


class Unwritable(TypeError):
    """The value holds something that JSON has no plain word for: a float, a Decimal, a date."""


def dumps(value: Any) -> str:
    """Write a value in its one canonical form: sorted keys, no blanks, text as it is.

    Raises:
        Unwritable: it holds anything but None, booleans, integers, text, lists and mappings with text keys.
    """
    _check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def loads(data: bytes | str) -> Any:
    """Read what `dumps` writes.

    Raises:
        Unreadable: it is not JSON, is larger than the limit (mechanics T7), holds a float, names a key
            twice, or is nested too deeply.
    """
    raw = data.encode() if isinstance(data, str) else bytes(data)
    if len(raw) > LIMIT_BYTES:
        raise Unreadable("larger than the limit")
    try:
        return json.loads(
            raw.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse, object_pairs_hook=_without_twins
        )
    except (ValueError, RecursionError) as error:
        raise Unreadable("not the JSON that is spoken here") from error


def digest(value: Any) -> str:
    """Return the SHA-256, in hexadecimal, of a value's canonical form."""
    return hashlib.sha256(dumps(value).encode()).hexdigest()


def _check(value: Any) -> None:
    if value is None or isinstance(value, (str, bool, int)):
        return
    if isinstance(value, dict):
        for key, part in value.items():
            if not isinstance(key, str):
                raise Unwritable("a key is text")
            _check(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            _check(part)
    else:
        raise Unwritable(f"a {type(value).__name__} has no plain form")


def _refuse(text: str) -> NoReturn:
    raise Unreadable("floats are refused: " + ("not a number" if text.isalpha() else "a decimal"))


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise Unreadable("a key is named twice")
    return read
