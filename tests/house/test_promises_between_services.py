"""Every promise in the contracts is kept by someone, and nothing is served that was not promised."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from contracts import parked
from contracts.registry import ALL_EVENTS, ALL_METHODS
from tests.house.house import SERVICES, nodes_of, source_files

if TYPE_CHECKING:
    from collections.abc import Iterator

MAY_CALL = {"transactions": {"gateway", "accounts"}, "notifications": {"gateway", "identity"}}
EVERYONE = {"gateway", *SERVICES}


@pytest.mark.parametrize("service", SERVICES)
def test_every_method_is_served_once(service: str) -> None:
    promised = Counter(method.name for method in ALL_METHODS if method.service == service)
    served = Counter(name for decorator, name in decorated(service) if decorator == "serve")
    keepers = [name for decorator, name in decorated(service) if decorator == "keeps_parked"]
    served.update(method.name for method in parked.METHODS if method.service == service for _ in keepers)

    assert served == promised


@pytest.mark.parametrize("service", SERVICES)
def test_every_consumer_hears(service: str) -> None:
    promised = {
        consumer.partition(".")[2]
        for event in ALL_EVENTS
        for consumer in event.consumers
        if consumer.partition(".")[0] == service
    }
    heard = {name for decorator, name in decorated(service) if decorator == "hear"}

    assert heard == promised


def test_every_event_has_a_producer_and_somebody_to_hear_it() -> None:
    told = {
        node.id if isinstance(node, ast.Name) else node.attr
        for service in SERVICES
        for path in source_files(service)
        for node in nodes_of(path)
        if isinstance(node, ast.Name | ast.Attribute)
    }

    assert [event.name for event in ALL_EVENTS if event.name.upper() not in told] == []
    assert [event.name for event in ALL_EVENTS if not event.consumers and not event.broadcast] == []


def test_nobody_calls_in_a_circle() -> None:
    wrong = [
        f"{method.service}.{method.name}"
        for method in ALL_METHODS
        if not method.callers <= MAY_CALL.get(method.service, {"gateway"}) | feeds(method.name)
    ]

    assert wrong == []


def feeds(name: str) -> set[str]:
    """A projection's feed may be asked by any service, on an operator's command only."""
    return EVERYONE if name.startswith("export_") else set()


def decorated(service: str) -> Iterator[tuple[str, str]]:
    for path in source_files(service):
        for node in nodes_of(path):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for decorator in node.decorator_list:
                    name = decorator.func if isinstance(decorator, ast.Call) else decorator
                    if isinstance(name, ast.Name):
                        yield name.id, node.name
