"""One resource of the API: its addresses, each tied to one method of one service.

A view gets the whole command (path, body and query together, checked) and returns the answer. Permission,
schemas and documentation follow from the method that the contracts promise.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint
from marshmallow import Schema

from contracts.calls import Method
from gateway.api import reading
from gateway.api.openapi import documented
from gateway.auth import open_to_all, requires

Said = dict[str, Any]
View = Callable[[Said], Mapping[str, Any] | Response | None]

SESSION = "session:own"
"""What every signed-in person holds."""
PREFIX = "/api/v1"
_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How one address behaves.

    Attributes:
        verb: GET, PUT, POST or DELETE.
        rule: The address with its variables.
        command: The schema of what is asked.
        answer: The schema of what is answered; None where nothing is.
        permission: The verb on a thing that it needs; None where it is open.
        status: What success answers.
        changes: Whether anything is different afterwards.
        by_gateway: Says what neither path nor body says, such as the caller's address.
        gateway_says: The names of the fields that it says, which nobody else may.
        media: The types of a file that it answers instead; one of them each time.
        may_lack: Whether it answers with nothing where there is no such file, which is no fault of who asks.
    """

    verb: str
    rule: str
    command: type[Schema]
    answer: type[Schema] | None
    permission: str | None
    status: HTTPStatus = HTTPStatus.OK
    changes: bool = False
    by_gateway: Callable[[], Said] | None = None
    gateway_says: frozenset[str] = frozenset()
    media: tuple[str, ...] = ()
    may_lack: bool = False

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables in the address."""
        return tuple(_VARIABLE.findall(self.rule))

    @property
    def is_question(self) -> bool:
        """Whether it only asks: then the query speaks, else the body."""
        return self.verb == "GET"


class Resource:
    """The addresses of one kind of thing."""

    def __init__(self, name: str, description: str) -> None:
        self.blueprint = Blueprint(name, __name__, url_prefix=PREFIX, description=description)
        self.routes: list[tuple[str, Route]] = []

    def get(self, rule: str, method: Method, **options: Any) -> Callable[[View], View]:
        """Tie a question to its address."""
        return self._tie("GET", rule, method, options)

    def put(self, rule: str, method: Method, **options: Any) -> Callable[[View], View]:
        """Tie a deed whose id the client made: sent again, it changes nothing."""
        return self._tie("PUT", rule, method, options)

    def post(self, rule: str, method: Method, **options: Any) -> Callable[[View], View]:
        """Tie a deed to its address."""
        return self._tie("POST", rule, method, options)

    def delete(self, rule: str, method: Method, **options: Any) -> Callable[[View], View]:
        """Tie an ending to its address."""
        return self._tie("DELETE", rule, method, options)

    def add(self, route: Route, view: View) -> None:
        """Serve a route that is not simply a method of a service."""
        self.routes.append((f"{self.blueprint.name}.{view.__name__}", route))
        guard = open_to_all("a sign-in door") if route.permission is None else _guard(route.permission)
        served = guard(documented(route, view, self.blueprint.name)(_handler(route, view)))
        self.blueprint.add_url_rule(route.rule, view.__name__, served, methods=[route.verb])

    def _tie(self, verb: str, rule: str, method: Method, options: Said) -> Callable[[View], View]:
        told = {
            "command": method.command,
            "answer": method.answer,
            "permission": method.permission,
            "changes": method.changes,
        }
        route = Route(verb=verb, rule=rule, **{**told, **options})

        def tie(view: View) -> View:
            self.add(route, view)
            return view

        return tie


def _guard(permission: str) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    return requires() if permission == SESSION else requires(permission)


def _handler(route: Route, view: View) -> Callable[..., Response]:
    @wraps(view)
    def handler(**path: Any) -> Response:
        sent = reading.query(route.command) if route.is_question else reading.body()
        said = {name: str(value) for name, value in path.items()}
        said |= route.by_gateway() if route.by_gateway else {}
        return _answered(view(reading.command_of(route.command, said, sent)), route.status)

    return handler


def _answered(answer: Mapping[str, Any] | Response | None, status: HTTPStatus) -> Response:
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status=HTTPStatus.NO_CONTENT)
    response = jsonify(answer)
    response.status_code = status
    return response
