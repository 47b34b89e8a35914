"""Secrets between gateway and services: sealed on the way out, opened on the way in (mechanics T1)."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from marshmallow import Schema, fields

from contracts.fields import SealedField
from contracts.sealed import seal, unseal
from gateway.backends.keys import GatewayKeys

Path = tuple[str, ...]
EACH = "*"
"""In a path: every item of a list."""


class Sealing:
    """Seals and unseals what the contracts say is sealed, and touches nothing else."""

    def __init__(self, keys: GatewayKeys) -> None:
        self._keys = keys

    def seal(self, command: type[Schema], payload: Mapping[str, Any]) -> dict[str, Any]:
        """Return the payload with each plain secret sealed to the service that the schema names."""
        sealed: Any = payload
        for path, addressee in sealed_paths(command):
            sealed = changed(sealed, path, partial(seal, to=self._keys.sealing(addressee)))
        return dict(sealed)

    def unseal(self, answer: type[Schema], payload: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer with what was sealed to the gateway in plain text, to be shown once."""
        plain: Any = payload
        for path, addressee in sealed_paths(answer):
            if addressee == self._keys.name:
                plain = changed(plain, path, partial(unseal, keys=self._keys.unsealing))
        return dict(plain)


@cache
def sealed_paths(schema: type[Schema]) -> tuple[tuple[Path, str], ...]:
    """Return where a schema holds sealed text, and for whom."""
    return tuple(_walk(schema(), ()))


def changed(value: Any, path: Path, change: Callable[[str], str]) -> Any:
    """Return a copy of plain JSON with `change` applied at a path; what is absent or null stays so."""
    if value is None:
        return None
    if not path:
        return change(value)
    step, rest = path[0], path[1:]
    if step == EACH:
        return [changed(item, rest, change) for item in value]
    return {**value, step: changed(value[step], rest, change)} if step in value else value


def _walk(schema: Schema, path: Path) -> Iterator[tuple[Path, str]]:
    for name, field in schema.fields.items():
        yield from _walk_field(field, (*path, name))


def _walk_field(field: fields.Field[Any], path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(field, SealedField):
        yield path, field.to
    elif isinstance(field, fields.Nested):
        yield from _walk(field.schema, (*path, EACH) if field.many else path)
    elif isinstance(field, fields.List):
        yield from _walk_field(field.inner, (*path, EACH))
