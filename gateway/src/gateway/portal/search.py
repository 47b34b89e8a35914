"""The search field of every page: a name, a code old or new, or a whole number finds the member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.accounts import LIST_MEMBERS
from contracts.accounts.members import STATUSES
from contracts.digits import to_latin
from contracts.errors import ServiceError
from gateway.asking import ask
from gateway.auth import requires
from gateway.errors import problem_of
from gateway.portal.listings import NOTHING
from gateway.portal.lists import MEMBERS
from gateway.portal.searching import is_number, searched

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


@requires("member:read")
def members() -> ResponseReturnValue:
    """The members of one's scope, by name or code, samity and state; all of it stands in the address."""
    query = to_latin(request.args.get("query", "")).strip()
    return drawn(found(MEMBERS.page), query=shown(query))


@requires("member:read")
def members_found() -> ResponseReturnValue:
    """A search from anywhere: posted, so that no number stands in an address or a log.

    One found by a code or a number is shown at once; a name leads to the list, which has an address.
    """
    query = to_latin(request.form.get("query", "")).strip()
    if not any(letter.isdigit() for letter in query):
        return redirect(url_for("portal.members", query=query or None), 303)
    page = found(lambda: ask(LIST_MEMBERS, searched(query)))
    if len(page["items"]) == 1:
        return redirect(url_for("portal.members_one", member_id=page["items"][0]["id"]), 303)
    if is_number(query):
        return drawn(page, query="")
    return redirect(url_for("portal.members", query=query), 303)


def drawn(page: dict[str, Any], *, query: str) -> ResponseReturnValue:
    """Draw the list."""
    return render_template("portal/members.html", page=page, query=query, statuses=STATUSES)


def found(look: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return a page of members; what is no number of anybody is said, and finds nobody."""
    try:
        return look()
    except ServiceError as error:
        flash(problem_of(error).detail, "warning")
        return NOTHING


def find_by_code(code: str) -> dict[str, Any] | None:
    """The member of a code, as lists show her; None where one's scope holds no such member."""
    items = ask(LIST_MEMBERS, {"query": code})["items"]
    return next((one for one in items if one["code"] == code), None)


def shown(query: str) -> str:
    """A name or code may stand in the field again; a person's number may not."""
    return "" if is_number(query) else query


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/members", view_func=members)
    blueprint.add_url_rule("/members/found", view_func=members_found, methods=["POST"])
