"""Nothing can be done by a program alone: every operation that staff may call has its screen (issue 5)."""

from __future__ import annotations

import inspect
import pkgutil
import re
import sys
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from flask import Flask

import contracts
import gateway.portal
from contracts.calls import GATEWAY, Method
from contracts.permissions import Role, permits
from contracts.registry import ALL_METHODS
from tests.house.house import ROOT
from tests.support.screens import IN_THE_APP, MOST_WITHOUT, SCREENS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

STAFF = tuple(role for role in Role if role is not Role.MEMBER)
MOBILE = ROOT / "gateway/frontend/src/mobile"


def is_for_staff(method: Method) -> bool:
    """Whether a person of the staff may call it, through the gateway."""
    permission = method.permission
    return bool(permission) and GATEWAY in method.callers and any(permits(r, str(permission)) for r in STAFF)


METHODS = {method.key: method for method in ALL_METHODS if is_for_staff(method)}
PAGES = {key: place for key, place in SCREENS.items() if place and not place.startswith(IN_THE_APP)}
APP = {key: place.removeprefix(IN_THE_APP) for key, place in SCREENS.items() if place and key not in PAGES}
WITHOUT = {key for key, place in SCREENS.items() if place is None}


def modules_of(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield import_module(found.name)


PORTAL = tuple(modules_of(gateway.portal))
CONSTANTS = [
    (name, method)
    for module in modules_of(contracts)
    for name, value in vars(module).items()
    for method in (value.values() if isinstance(value, dict) else (value,))
    if isinstance(method, Method)
]


def views() -> dict[str, object]:
    """The portal's pages by their endpoints."""
    app = Flask("gateway")
    app.register_blueprint(gateway.portal.blueprint)
    return dict(app.view_functions)


VIEWS = views()


def neighbours(module: ModuleType) -> set[ModuleType]:
    """A module and those of the gateway from which it takes something."""
    homes = {getattr(value, "__module__", None) for value in vars(module).values()}
    named = set(re.findall(r"^from (gateway\.[\w.]+) import", inspect.getsource(module), re.MULTILINE))
    return {module} | {sys.modules[home] for home in homes | named if home and home.startswith("gateway.")}


@cache
def words_of(module: ModuleType) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", inspect.getsource(module)))


def asks(module: ModuleType, method: Method) -> bool:
    """Whether the source of a module names the method."""
    return any(name in words_of(module) for name, value in CONSTANTS if value is method)


def test_every_operation_of_staff_stands_in_the_table_and_no_other_does() -> None:
    missing, unknown = METHODS.keys() - SCREENS.keys(), SCREENS.keys() - METHODS.keys()

    assert (missing, unknown) == (set(), set()), "name the screen of each in tests/support/screens.py"


def test_the_page_of_an_operation_is_there_and_asks_for_it() -> None:
    wrong = [
        (key, page)
        for key, page in PAGES.items()
        if page not in VIEWS
        or not any(asks(module, METHODS[key]) for module in neighbours(sys.modules[VIEWS[page].__module__]))
    ]

    assert wrong == []


def test_the_app_asks_for_what_is_done_in_the_yard() -> None:
    said = "".join(path.read_text() for kind in ("*.ts", "*.tsx") for path in MOBILE.rglob(kind))

    assert [key for key, address in APP.items() if address not in said] == []


def test_whatever_a_page_asks_for_already_is_not_called_missing() -> None:
    found = {
        METHODS[value.key].key
        for module in PORTAL
        for value in vars(module).values()
        if isinstance(value, Method) and value.key in WITHOUT
    }

    assert found == set(), "name the page of each in tests/support/screens.py"


def test_what_has_no_screen_becomes_less() -> None:
    assert len(WITHOUT) <= MOST_WITHOUT
