"""The committed promises are those of the code: strict at the door, generous to the newer (mechanics B5)."""

from collections.abc import Iterator

import pytest
from marshmallow import EXCLUDE, RAISE, Schema, fields

from contracts.calls import Event, Method, instance
from contracts.export import FOLDER, differences
from contracts.registry import ALL_EVENTS, ALL_METHODS


def test_the_committed_promises_are_those_of_the_code():
    assert differences(FOLDER) == [], "run python -m contracts.export and commit what it writes"


def within(schema: Schema) -> Iterator[Schema]:
    """Yield a schema and every schema inside it."""
    yield schema
    for field in schema.fields.values():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from within(inner.schema)


@pytest.mark.parametrize("method", ALL_METHODS, ids=lambda method: method.key)
def test_commands_are_strict_and_answers_generous(method: Method):
    assert {schema.unknown for schema in within(instance(method.command))} == {RAISE}
    assert {schema.unknown for schema in within(instance(method.answer))} == {EXCLUDE}


@pytest.mark.parametrize("event", ALL_EVENTS, ids=lambda event: f"{event.service}.{event.name}")
def test_events_are_generous_and_bear_no_open_secret(event: Event):
    schemas = list(within(instance(event.data)))
    assert {schema.unknown for schema in schemas} == {EXCLUDE}
    names = {
        name
        for schema in schemas
        for name, field in schema.fields.items()
        if type(field).__name__ != "SealedField"
    }
    assert names.isdisjoint({"nid", "mobile", "password", "pin", "code_once", "secret", "token"})
