"""Every address of the API as a call, for walks over route × role × own and foreign branch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from contracts.permissions import Role, permits
from gateway.api import RESOURCES
from gateway.api.plain import body_of
from gateway.api.resource import PREFIX, SESSION, Route
from tests.support.samples import AN_ID, sample

BY_VARIABLE = {
    "on": "2026-11-23",
    "month": "2026-11-01",
    "service": "identity",
    "code": "GS",
    "kind": "deposit_confirmed",
    "ledger": "1110",
    "book": "cash",
    "report": "daily_collection",
}


@dataclass(frozen=True)
class Call:
    """One call: the address with its variables filled in, and a body that passes the gateway's checks."""

    name: str
    verb: str
    path: str
    body: dict[str, Any] | None
    permission: str | None
    changes: bool


def calls(ids: Mapping[str, str] | None = None) -> tuple[Call, ...]:
    """Return a call for every route.

    Args:
        ids: What to put into the addresses and bodies: `resource.view:variable` or a bare variable or field
            (`office_id`, `samity_id`, …) to an id of the own or the foreign branch.
    """
    return tuple(_call(name, route, ids or {}) for name, route in all_routes())


def all_routes() -> Iterator[tuple[str, Route]]:
    """Yield every route with its name, `resource.view`."""
    for resource in RESOURCES:
        yield from resource.routes


def may_call(role: str, call: Call) -> bool:
    """Tell whether the role's verbs allow the call; scope is another question."""
    return call.permission in {None, SESSION} or permits(role, str(call.permission))


ROLES = tuple(Role)


def _call(name: str, route: Route, ids: Mapping[str, str]) -> Call:
    path = route.rule
    for variable in route.variables:
        value = ids.get(f"{name}:{variable}") or ids.get(variable) or BY_VARIABLE.get(variable, AN_ID)
        path = path.replace(_spelt(route.rule, variable), value)
    schema = body_of(route.command, frozenset(route.variables) | route.gateway_says)
    said = {**sample(schema), **_known(schema().fields, name, ids)}
    if route.is_question:
        required = {field.data_key or one for one, field in schema().fields.items() if field.required}
        query = urlencode({one: value for one, value in said.items() if one in required})
        return Call(name, route.verb, f"{PREFIX}{path}?{query}", None, route.permission, route.changes)
    return Call(name, route.verb, f"{PREFIX}{path}", said, route.permission, route.changes)


def _spelt(rule: str, variable: str) -> str:
    return f"<uuid:{variable}>" if f"<uuid:{variable}>" in rule else f"<{variable}>"


def _known(fields: Mapping[str, Any], name: str, ids: Mapping[str, str]) -> dict[str, str]:
    values = {one: ids.get(f"{name}:{one}") or ids.get(one) for one in fields}
    return {one: value for one, value in values.items() if value is not None}
