"""What each role may do: the one table by which gateway and services decide. P7, P12."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from contracts.identity.staff import STAFF_ROLES
from contracts.permissions import ALL_PERMISSIONS, permits
from gateway.auth import requires

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

OWN = "own"
"""What everybody may do with what is his own is no question of roles."""


def things() -> dict[str, list[str]]:
    """The things that staff deal with, each with what may be done with it."""
    found: dict[str, list[str]] = {}
    for permission in sorted(ALL_PERMISSIONS):
        thing, _, verb = permission.partition(":")
        if verb != OWN:
            found.setdefault(thing, []).append(verb)
    return found


def table() -> list[tuple[str, Mapping[str, list[str]]]]:
    """Each thing with the verbs of every role."""
    return [
        (thing, {role: [verb for verb in verbs if permits(role, f"{thing}:{verb}")] for role in STAFF_ROLES})
        for thing, verbs in things().items()
    ]


@requires("staff:read")
def roles() -> ResponseReturnValue:
    """The whole table."""
    return render_template("portal/roles.html", table=table(), roles=STAFF_ROLES)


def register(blueprint: Blueprint) -> None:
    """Hang the page into the portal."""
    blueprint.add_url_rule("/roles", view_func=roles)
