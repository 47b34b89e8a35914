"""The API's description of itself, from the schemas of the contracts (OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from flask_smorest import Api
from marshmallow import fields

from contracts.fields import (
    CodeField,
    CountField,
    DateField,
    InstantField,
    MobileField,
    NidField,
    TakaField,
    TextField,
    UuidField,
    WireField,
)
from contracts.schemas import Answer
from gateway.api.plain import DigitsField, answer_of, body_of

if TYPE_CHECKING:
    from apispec import APISpec
    from flask import Flask

    from gateway.api.resource import Route, View

VERSION = "1.0.0"
BEARER: list[dict[str, list[str]]] = [{"bearer": []}]
OPEN: list[dict[str, list[str]]] = []
BINARY = {"type": "string", "format": "binary"}
ALWAYS = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)
SIGNED_IN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
DEEDS = (
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
)
TAKA = r"^-?[0-9]{1,15}(\.[0-9]{1,2})?$"

Served = TypeVar("Served", bound=Callable[..., Any])


class Problem(Answer):
    """A refusal (RFC 9457): what it is, by a code that never changes, and a sentence to read."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    facts = fields.Dict(keys=fields.String())
    correlation_id = fields.String(required=True)
    retry_after = fields.Integer()
    fields = fields.Dict(  # type: ignore[assignment]  # RFC 9457 lets us name it; the schema keeps its own
        keys=fields.String(), values=fields.List(fields.String())
    )


class DescribedApi(Api):
    """flask-smorest's description, with our own answers to errors."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """The gateway answers errors itself."""


def describe(app: Flask) -> DescribedApi:
    """Begin the description of an app."""
    app.config.update(OPENAPI_URL_PREFIX=None)
    api = DescribedApi(
        spec_kwargs={
            "title": "Mikrof E-Passbook",
            "version": VERSION,
            "openapi_version": "3.1.0",
            "info": {"description": INTRODUCTION},
            "servers": [{"url": "/"}],
        }
    )
    for kind in (TakaField, UuidField, DateField, InstantField, TextField, CodeField, MobileField, NidField):
        api.register_field(kind, "string", None)
    api.register_field(DigitsField, "string", None)
    api.register_field(CountField, "integer", None)
    api.init_app(app)
    assert api.ma_plugin.converter is not None
    api.ma_plugin.converter.add_attribute_function(bounds_of)  # type: ignore[no-untyped-call]  # apispec's gap
    add_components(api.spec)
    return api


INTRODUCTION = (
    'Amounts are decimal strings of taka (`"242.00"`), dates `2026-11-23`, instants UTC. Ids of what is '
    "sent with PUT are made by the client and stored before sending: the same id with the same body gives "
    "the same answer, with another body 409. Errors are `application/problem+json` with a stable `code`; "
    "their sentences follow `Accept-Language` (`bn`, `en`). 503 carries `Retry-After`: send the same again."
)


def add_components(spec: APISpec) -> None:
    """Add what every operation refers to."""
    spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    spec.components.response(
        "Problem",
        {
            "description": "Refused",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        },
    )


def bounds_of(self: Any, field: fields.Field[Any], **_: Any) -> dict[str, Any]:
    """Return what a field of the contracts demands, in the words of JSON Schema."""
    del self
    return next((bounds(field) for kind, bounds in BOUNDS.items() if isinstance(field, kind)), {})


BOUNDS: dict[type[WireField[Any]], Callable[[Any], dict[str, Any]]] = {
    TakaField: lambda _: {"pattern": TAKA, "examples": ["242.00"]},
    UuidField: lambda _: {"format": "uuid"},
    DateField: lambda _: {"format": "date"},
    InstantField: lambda _: {"format": "date-time"},
    TextField: lambda field: {"minLength": field.shortest, "maxLength": field.longest},
    DigitsField: lambda field: {"minLength": field.shortest, "maxLength": field.longest},
    CodeField: lambda field: {"enum": [*field.choices, *([None] if field.allow_none else [])]},
    CountField: lambda field: {"minimum": field.minimum, "maximum": field.maximum},
    MobileField: lambda _: {"examples": ["01712345678"]},
    NidField: lambda _: {"examples": ["1234567890"]},
}


def documented(route: Route, view: View, name: str) -> Callable[[Served], Served]:
    """Describe a route by its method, as flask-smorest collects it."""

    def describe_view(served: Served) -> Served:
        @wraps(served)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return served(*args, **kwargs)

        wrapper._apidoc = {"manual_doc": operation_of(route, f"{name}.{view.__name__}")}  # type: ignore[attr-defined]  # noqa: SLF001 - where flask-smorest looks
        return wrapper  # type: ignore[return-value]  # the same signature

    return describe_view


def operation_of(route: Route, operation_id: str) -> dict[str, Any]:
    """Return the OpenAPI operation of a route."""
    statuses = (*ALWAYS, *SIGNED_IN, *(() if route.is_question else DEEDS))
    operation: dict[str, Any] = {
        "operationId": operation_id,
        "security": BEARER if route.permission else OPEN,
        "responses": {
            str(success_of(route).value): answered_with(route),
            **({str(HTTPStatus.NO_CONTENT.value): {"description": "None"}} if route.may_lack else {}),
            **{str(status.value): {"$ref": "#/components/responses/Problem"} for status in statuses},
        },
    }
    if route.permission:
        operation["x-permission"] = route.permission
    return operation | asked_with(route)


def success_of(route: Route) -> HTTPStatus:
    """Return the status of a success."""
    return HTTPStatus.NO_CONTENT if route.answer is None and not route.media else route.status


def answered_with(route: Route) -> dict[str, Any]:
    """Describe what a success brings."""
    if route.media:
        return {"description": "A file", "content": {kind: {"schema": BINARY} for kind in route.media}}
    if route.answer is None:
        return {"description": "Done"}
    schema = answer_of(route.answer)
    return {"description": summary_of(schema), "content": {"application/json": {"schema": schema}}}


def asked_with(route: Route) -> dict[str, Any]:
    """Describe the query of a question, or the body of a deed."""
    body = body_of(route.command, frozenset(route.variables) | route.gateway_says)
    if not body().fields:
        return {}
    if route.is_question:
        return {"parameters": [{"in": "query", "schema": body}]}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": body}}}}


def summary_of(schema: type[Any]) -> str:
    """Return the first sentence of a schema's docstring."""
    return (schema.__doc__ or schema.__name__).strip().splitlines()[0]
