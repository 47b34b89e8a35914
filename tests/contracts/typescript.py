"""Reads the app's own description of the wire: interfaces and addresses in its TypeScript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

INTERFACE = re.compile(r"^export interface (\w+)(?: extends (\w+))? \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
ALIAS = re.compile(r"^export type (\w+) =\s+(.*?);", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^  (\w+)(\??): (.+);$", re.MULTILINE)
IMPORTED = {"Day": "string", "Instant": "string", "Record<string, string[]>": "object"}

CALL = re.compile(r"\b(get|post|put|every|knock)\(\s*(?:withQuery\(\s*)?[`\"](/[^`\"]*)[`\"]")
ASKED = re.compile(r"method: \"(\w+)\", path: [`\"](/[^`\"]*)[`\"]")
KEPT = re.compile(r"^\s+path: `(/[^`]*)`", re.MULTILINE)
LISTED = re.compile(r"\bevery\(\"(/[^\"]*)\", \{([^}]*)\}\)")
NAMED = re.compile(r"(\w+)(?:: \w+)?(?:,|\s*$)")
VERBS = {"get": "GET", "every": "GET", "post": "POST", "knock": "POST", "put": "PUT"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an interface: the type names it may have, and whether it may be null or left out."""

    types: frozenset[str]
    nullable: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class Wire:
    """All interfaces and aliases of a TypeScript file."""

    interfaces: Mapping[str, tuple[str | None, str]]
    aliases: Mapping[str, str]

    @classmethod
    def read(cls, source: str) -> Wire:
        """Take the interfaces and aliases out of a file."""
        interfaces = {name: (base or None, body) for name, base, body in INTERFACE.findall(source)}
        return cls(interfaces, IMPORTED | dict(ALIAS.findall(source)))

    def fields(self, name: str) -> dict[str, Field]:
        """Return the fields of an interface, its base's included."""
        base, body = self.interfaces[name]
        own = {field: self._field(said, optional) for field, optional, said in FIELD.findall(body)}
        return (self.fields(base) if base else {}) | own

    def _field(self, said: str, optional: str) -> Field:
        types = frozenset(self._types(said))
        return Field(types - {"null"}, "null" in types, bool(optional))

    def _types(self, said: str) -> Iterator[str]:
        if said.startswith("{"):
            yield "object"
            if said.endswith("| null"):
                yield "null"
            return
        for part in (part.strip() for part in said.split("|")):
            if part in self.aliases:
                yield from self._types(self.aliases[part])
            elif part:
                yield part


def addresses(sources: Iterator[Path]) -> set[tuple[str, str]]:
    """Return every verb and address that the app asks for, its variables as `*`."""
    found: set[tuple[str, str]] = set()
    for path in sources:
        text = path.read_text()
        found |= {(VERBS[call], plain(address)) for call, address in CALL.findall(text)}
        found |= {(verb, plain(address)) for verb, address in ASKED.findall(text)}
        found |= {("PUT", plain(address)) for address in KEPT.findall(text)}
    return found


def plain(address: str) -> str:
    """Write an address with `*` for each variable, in TypeScript's or OpenAPI's way."""
    return re.sub(r"\$?\{[^}]*\}", "*", address)


def filters(source: str) -> dict[str, set[str]]:
    """Return the filters of the lists that are read to their end, by address."""
    return {address: set(NAMED.findall(names)) for address, names in LISTED.findall(source)}
