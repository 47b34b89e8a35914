"""The phone and the gateway mean the same: every field, word and address that the app uses exists."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from contracts.accounts.members import CONSENT_VERSION
from gateway.api import register_api
from tests.contracts.typescript import Field, Wire, addresses, filters, plain
from tests.house.house import ROOT

APP = ROOT / "gateway/frontend/src/mobile"
WIRE = Wire.read((APP / "api/wire.ts").read_text())
API: dict[str, Any] = register_api(Flask("gateway")).spec.to_dict()
SCHEMAS: dict[str, Any] = API["components"]["schemas"]
PREFIX = "/api/v1"

VERSION = re.compile(r'CONSENT_VERSION = "([^"]+)"')

OTHER_NAMES = {
    "Person": "Me",
    "Submission": "SubmitSheet",
    "MemberItem": "Member",
    "Admission": "AdmitMember",
    "ProblemBody": "Problem",
}
SENT = {"Submission", "SubmittedRow", "Admission", "Nominee", "Consent"}
"""What the app says; the rest is what it hears."""
GENERIC = {"Page"}
HEARD = sorted(set(WIRE.interfaces) - SENT - GENERIC)
JSON_TYPES = {"integer": "number"}


def schema_of(interface: str) -> dict[str, Any]:
    """The gateway's schema of an interface of the app."""
    found: dict[str, Any] = SCHEMAS[OTHER_NAMES.get(interface, interface)]
    return found


def agrees(field: Field, schema: dict[str, Any]) -> bool:
    """Whether a field of the app has the type, the words and the nullability of the schema."""
    if "$ref" in schema or "anyOf" in schema:
        return all(kind == "object" or kind in WIRE.interfaces for kind in field.types)
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if field.nullable != ("null" in types):
        return False
    wanted = {of_json(kind) for kind in types if kind != "null"}
    return wanted == {of_typescript(kind) for kind in field.types} and same_words(field, schema)


def same_words(field: Field, schema: dict[str, Any]) -> bool:
    """Whether two closed lists are the same; where either side keeps none, any text will do."""
    known = set(schema.get("enum", ())) - {None}
    return not known or words(field) in (set(), known)


def words(field: Field) -> set[str]:
    """The closed list of words that a field of the app may hold."""
    return {kind.strip('"') for kind in field.types if kind.startswith('"')}


def of_json(kind: str) -> str:
    return JSON_TYPES.get(kind, kind)


def of_typescript(kind: str) -> str:
    if kind.endswith("[]"):
        return "array"
    if kind.startswith('"'):
        return "string"
    return "object" if kind in WIRE.interfaces else kind


def disagreements(interface: str) -> list[str]:
    """The fields that the gateway does not know, or knows otherwise."""
    properties = schema_of(interface)["properties"]
    return [
        name
        for name, field in WIRE.fields(interface).items()
        if name not in properties or not agrees(field, properties[name])
    ]


@pytest.mark.parametrize("interface", sorted(set(WIRE.interfaces) - GENERIC))
def test_every_field_is_the_gateways(interface: str) -> None:
    assert disagreements(interface) == []


@pytest.mark.parametrize("interface", HEARD)
def test_what_the_app_relies_on_is_always_there(interface: str) -> None:
    relied_on = {name for name, field in WIRE.fields(interface).items() if not field.optional}

    assert relied_on - set(schema_of(interface)["required"]) == set()


@pytest.mark.parametrize("interface", sorted(SENT))
def test_the_app_says_all_that_is_required(interface: str) -> None:
    assert set(schema_of(interface).get("required", ())) - set(WIRE.fields(interface)) == set()


def test_every_address_is_served() -> None:
    served = {
        (verb.upper(), plain(path.removeprefix(PREFIX)))
        for path, verbs in API["paths"].items()
        for verb in verbs
    }
    asked = addresses(path for folder in ("api", "state", "store") for path in (APP / folder).glob("*.ts"))

    assert len(asked) > len(WIRE.interfaces) // 2
    assert asked - served == set()


def test_every_filter_of_a_list_is_known() -> None:
    listed = filters((APP / "api/officer.ts").read_text())
    unknown = {
        address: names
        - {parameter["name"] for parameter in API["paths"][PREFIX + address]["get"]["parameters"]}
        for address, names in listed.items()
    }

    assert {"on", "status", "samity_id"} <= set().union(*listed.values())
    assert {address: names for address, names in unknown.items() if names} == {}


def test_a_differing_field_would_be_found() -> None:
    wrong = Field(types=frozenset({"number"}), nullable=False, optional=False)
    nullable = Field(types=frozenset({"string"}), nullable=True, optional=False)
    unknown_word = Field(types=frozenset({'"issued"', '"lost"'}), nullable=False, optional=False)
    properties = schema_of("SheetItem")["properties"]

    assert not agrees(wrong, properties["total"])
    assert not agrees(nullable, properties["total"])
    assert not agrees(unknown_word, properties["status"])


@pytest.mark.rule("P10")
def test_the_same_wording_of_the_consents_is_read_aloud_in_the_yard_and_at_the_desk() -> None:
    assert VERSION.findall((APP / "domain/admission.ts").read_text()) == [CONSENT_VERSION]
