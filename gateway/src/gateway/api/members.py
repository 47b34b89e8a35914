"""Members: admission, search, and her file."""

from http import HTTPStatus
from typing import Any

from contracts.accounts import (
    ADMIT_MEMBER,
    GET_MEMBER,
    LIST_MEMBERS,
    UNMASK_MEMBER,
)
from contracts.accounts.histories import LIST_MEMBER_HISTORY
from contracts.accounts.members import COUNT_ALIKE
from contracts.schemas import Command
from gateway.api.resource import Resource
from gateway.asking import ask

members = Resource("members", "Members: admission, search, and her file.")


class MembersByName(LIST_MEMBERS.command):  # type: ignore[misc, name-defined]  # a class held in a constant
    """Ask for members by samity, name or code."""

    class Meta(Command.Meta):
        """A number never stands in an address, which logs keep."""

        exclude = ("number",)


@members.get("/members", LIST_MEMBERS, command=MembersByName)
def list_members(command: dict[str, Any]) -> dict[str, Any]:
    """List members by samity, name or code; numbers are masked."""
    return ask(LIST_MEMBERS, command)


@members.post("/members/search", LIST_MEMBERS)
def search_members(command: dict[str, Any]) -> dict[str, Any]:
    """Find members, also by identity or telephone number, which never stands in an address."""
    return ask(LIST_MEMBERS, command)


@members.post("/members/alike", COUNT_ALIKE)
def count_alike(command: dict[str, Any]) -> dict[str, Any]:
    """Count who in the institution has an applicant's numbers, before her form is sent; nobody is named."""
    return ask(COUNT_ALIKE, command)


@members.put("/members/<uuid:id>", ADMIT_MEMBER, status=HTTPStatus.ACCEPTED)
def admit_member(command: dict[str, Any]) -> dict[str, Any]:
    """Enter an admission; the branch manager approves it."""
    return ask(ADMIT_MEMBER, command)


@members.get("/members/<uuid:id>", GET_MEMBER)
def get_member(command: dict[str, Any]) -> dict[str, Any]:
    """Read a member's file; numbers are masked."""
    return ask(GET_MEMBER, command)


@members.get("/members/<uuid:member_id>/history", LIST_MEMBER_HISTORY)
def list_member_history(command: dict[str, Any]) -> dict[str, Any]:
    """List what was asked for and decided about a member, the newest first."""
    return ask(LIST_MEMBER_HISTORY, command)


@members.post("/members/<uuid:id>/unmask", UNMASK_MEMBER)
def unmask_member(command: dict[str, Any]) -> dict[str, Any]:
    """Show one of a member's numbers; the reason is kept."""
    return ask(UNMASK_MEMBER, command)
