"""The exported promises: whole, stable, and what the schemas say."""

from pathlib import Path

import pytest
from marshmallow import fields, validate

from contracts import export
from contracts.fields import CodeField, TakaField
from contracts.registry import ALL_EVENTS, ALL_METHODS
from contracts.schemas import Answer, Command


class Row(Command):
    amount = TakaField(required=True)
    kind = CodeField("a", "b", load_default="a")


class Sheet(Command):
    rows = fields.List(fields.Nested(Row), required=True, validate=validate.Length(min=1, max=60))
    note = fields.String(allow_none=True, validate=validate.Length(max=9))


def test_describes_what_crosses_the_wire():
    described = export.describe_schema(Sheet)
    row = described["properties"]["rows"]["items"]
    assert (described["required"], described["additionalProperties"]) == (["rows"], False)
    assert (described["properties"]["rows"]["minItems"], described["properties"]["rows"]["maxItems"]) == (
        1,
        60,
    )
    assert described["properties"]["note"] == {
        "anyOf": [{"type": "string", "maxLength": 9}, {"type": "null"}]
    }
    assert row["properties"]["amount"]["type"] == "string"
    assert row["properties"]["kind"] == {"type": "string", "enum": ["a", "b"], "default": "a"}


def test_answers_are_open_to_newer_fields():
    assert export.describe_schema(Answer)["additionalProperties"] is True


def test_has_a_document_for_every_method_and_event():
    assert len(dict(export.documents())) == len(ALL_METHODS) + len(ALL_EVENTS)


def test_names_what_differs_and_mends_it(tmp_path: Path):
    export.write(tmp_path)
    assert export.differences(tmp_path) == []
    first, second = sorted(name for name, _ in export.documents())[:2]
    (tmp_path / first).write_text("{}")
    (tmp_path / second).unlink()
    (tmp_path / "identity" / "methods" / "forgotten.json").write_text("{}")

    assert export.differences(tmp_path) == sorted([first, second, "identity/methods/forgotten.json"])
    export.write(tmp_path)
    assert export.differences(tmp_path) == []


def test_a_field_without_a_description_is_a_defect():
    with pytest.raises(TypeError):
        export.describe_field(fields.IP())
