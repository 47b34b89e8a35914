"""`python -m contracts.export [--check]`: every promise as JSON Schema, committed, so that a change shows.

One file a method and one an event under `exported/`; with `--check` it only names what differs.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, missing

import contracts
from contracts.calls import Event, Method, instance
from contracts.fields import WireField
from contracts.registry import ALL_EVENTS, ALL_METHODS

FOLDER = Path(contracts.__file__).parents[2] / "exported"
_PLAIN: dict[type[fields.Field[Any]], dict[str, Any]] = {
    fields.Boolean: {"type": "boolean"},
    fields.Integer: {"type": "integer"},
    fields.String: {"type": "string"},
    fields.Dict: {"type": "object"},
    fields.Raw: {},
}


def describe_schema(schema: type[Schema]) -> dict[str, Any]:
    """Return the JSON Schema of what crosses the wire."""
    parts = instance(schema).fields
    return {
        "type": "object",
        "properties": {field.data_key or name: describe_field(field) for name, field in parts.items()},
        "required": sorted(field.data_key or name for name, field in parts.items() if field.required),
        "additionalProperties": instance(schema).unknown == EXCLUDE,
    }


def describe_field(field: fields.Field[Any]) -> dict[str, Any]:
    """Return the JSON Schema of one field."""
    described = _describe(field)
    if field.allow_none:
        described = {"anyOf": [described, {"type": "null"}]}
    if field.load_default is not missing and not callable(field.load_default):
        described["default"] = plain(field.load_default)
    return described


def _describe(field: fields.Field[Any]) -> dict[str, Any]:
    if isinstance(field, WireField):
        return dict(field.describe())
    if isinstance(field, fields.List):
        return {"type": "array", "items": describe_field(field.inner)} | _length(field)
    if isinstance(field, fields.Nested):
        inner = describe_schema(type(field.schema))
        return {"type": "array", "items": inner} | _length(field) if field.many else inner
    for kind, described in _PLAIN.items():
        if isinstance(field, kind):
            return described | _choices(field) | _length(field)
    raise TypeError(f"no JSON Schema for a {type(field).__name__}")


def _choices(field: fields.Field[Any]) -> dict[str, Any]:
    """Return the closed list of a field, if its validators name one."""
    for validator in field.validators:
        choices = getattr(validator, "choices", None)
        if choices is not None:
            return {"enum": list(choices)}
    return {}


def _length(field: fields.Field[Any]) -> dict[str, Any]:
    """Return the bounds that its validators set, by the words that fit its type."""
    words = {"String": ("minLength", "maxLength"), "List": ("minItems", "maxItems")}
    least, most = words.get(type(field).__name__, ("minimum", "maximum"))
    bounds: dict[str, Any] = {}
    for validator in field.validators:
        limits = {least: getattr(validator, "min", None), most: getattr(validator, "max", None)}
        bounds |= {word: plain(limit) for word, limit in limits.items() if limit is not None}
    return bounds


def plain(value: Any) -> Any:
    """Return a value of a schema as JSON has it."""
    return value if value is None or isinstance(value, (bool, int, str, list, dict)) else str(value)


def describe_method(method: Method) -> dict[str, Any]:
    """Return everything that a method promises."""
    return {
        "method": method.key,
        "permission": method.permission,
        "callers": sorted(method.callers),
        "timeout_seconds": method.timeout,
        "changes": method.changes,
        "command": describe_schema(method.command),
        "answer": describe_schema(method.answer),
    }


def describe_event(event: Event) -> dict[str, Any]:
    """Return everything that an event promises."""
    return {
        "event": f"{event.service}.{event.name}",
        "version": event.version,
        "consumers": sorted(event.consumers),
        "broadcast": event.broadcast,
        "data": describe_schema(event.data),
    }


def documents() -> Iterator[tuple[str, str]]:
    """Return each file's name under `exported/`, and its text."""
    for method in ALL_METHODS:
        yield f"{method.service}/methods/{method.name}.json", _text(describe_method(method))
    for event in ALL_EVENTS:
        yield f"{event.service}/events/{event.name}.json", _text(describe_event(event))


def differences(folder: Path) -> list[str]:
    """Return the names of files that are missing, changed, or promise what nobody promises any more."""
    wanted = dict(documents())
    there = {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.json")
    }
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def write(folder: Path) -> None:
    """Write every document, and remove what nobody promises any more."""
    wanted = dict(documents())
    for name in differences(folder):
        path = folder / name
        if name not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[name], encoding="utf-8")


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m contracts.export", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, name what differs")
    if not parser.parse_args().check:
        write(FOLDER)
        return
    found = differences(FOLDER)
    for name in found:
        sys.stderr.write(f"exported/{name} is not what contracts promise: run python -m contracts.export\n")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
