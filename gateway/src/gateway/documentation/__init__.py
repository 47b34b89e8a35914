"""The API's documentation as pages of our own: no script, nothing from another host."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, send_from_directory
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from contracts.errors import NotFound
from gateway.auth import open_to_all

DEEPEST = 4
_CODE = re.compile(r"`([^`]+)`")
VERBS = ("get", "put", "post", "delete")
WHY = "whoever builds on the API reads it first"

blueprint = Blueprint("documentation", __name__, url_prefix="/api", template_folder="templates")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    verb: str
    path: str
    summary: str
    description: str
    permission: str | None
    parameters: tuple[Mapping[str, Any], ...]
    body: Mapping[str, Any] | None
    answers: Mapping[str, Mapping[str, Any] | None]


@blueprint.get("/v1/openapi.json")
@open_to_all(WHY)
def openapi() -> Response:
    """Answer the API's description, OpenAPI 3.1."""
    return jsonify(specification())


@blueprint.get("/docs")
@open_to_all(WHY)
def index() -> ResponseReturnValue:
    """List the resources and their operations."""
    resources = {tag["name"]: tag["description"] for tag in specification()["tags"]}
    return render_template(
        "documentation/index.html",
        info=specification()["info"],
        resources={name: (text, operations_of(name)) for name, text in resources.items()},
    )


@blueprint.get("/docs/<name>")
@open_to_all(WHY)
def resource(name: str) -> ResponseReturnValue:
    """Show one resource: what each operation takes and answers."""
    operations = operations_of(name)
    if not operations:
        raise NotFound
    described = {tag["name"]: tag["description"] for tag in specification()["tags"]}
    return render_template(
        "documentation/resource.html",
        name=name,
        text=described[name],
        operations=operations,
        lines=lines_of,
        form_of=form_of,
    )


@blueprint.get("/documentation.css")
@open_to_all(WHY)
def style() -> Response:
    """Serve the pages' style."""
    return send_from_directory(str(blueprint.root_path), "documentation.css")


@blueprint.app_template_filter()
def coded(text: str) -> Markup:
    """Show what stands between backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just before


def specification() -> dict[str, Any]:
    """Return the description of the running API."""
    return _specification_of(current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"])


@cache
def _specification_of(api: Any) -> dict[str, Any]:
    written: dict[str, Any] = api.spec.to_dict()
    return written


def operations_of(name: str) -> list[Operation]:
    """Return the operations of a resource."""
    return [
        _operation(verb, path, item[verb])
        for path, item in specification()["paths"].items()
        for verb in VERBS
        if verb in item and name in item[verb]["tags"]
    ]


def lines_of(schema: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[int, str, str, bool]]:
    """Yield the fields of a schema for a table: depth, name, form, whether it must be there."""
    described = resolved(schema)
    required = described.get("required", ())
    for name, field in described.get("properties", {}).items():
        inner = resolved(field.get("items", field))
        yield depth, name, form_of(field), name in required
        if "properties" in inner and depth < DEEPEST:
            yield from lines_of(inner, depth + 1)


def form_of(field: Mapping[str, Any]) -> str:
    """Say in a few words what a field holds."""
    plain = resolved(field)
    if "items" in plain:
        return f"list of {form_of(plain['items'])}"
    if "enum" in plain:
        return " | ".join(str(choice) for choice in plain["enum"] if choice is not None)
    kinds = plain.get("type", "object")
    kind = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    return f"{kind} ({plain['format']})" if "format" in plain else kind


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema that a reference names, or the schema itself."""
    choices = [*schema.get("allOf", ()), *schema.get("anyOf", ())]
    reference = schema.get("$ref") or next((one["$ref"] for one in choices if "$ref" in one), None)
    if reference is None:
        return schema
    found: Mapping[str, Any] = specification()["components"]["schemas"][reference.rsplit("/", 1)[1]]
    return found


def _operation(verb: str, path: str, told: Mapping[str, Any]) -> Operation:
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return Operation(
        verb=verb.upper(),
        path=path,
        summary=told.get("summary", ""),
        description=told.get("description", ""),
        permission=told.get("x-permission"),
        parameters=tuple(told.get("parameters", ())),
        body=body,
        answers={status: _schema_of(answer) for status, answer in told["responses"].items()},
    )


def _schema_of(answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    content: Mapping[str, Any] = answer.get("content", {}).get("application/json", {})
    schema: Mapping[str, Any] | None = content.get("schema")
    return schema
