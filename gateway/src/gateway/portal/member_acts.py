"""What may be done for a member next, by her state and by the permissions of whoever looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for

from contracts.accounts.passbooks import OPEN
from gateway.auth import may

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

APP_ON = {"issued", "active"}
APP_MAY_BE_ISSUED = {"none", *APP_ON}
APP_MAY_BE_CLOSED = {"temp_off", *APP_ON}
CHANGES = ("transfer", "death", "exit")
LEAVING = {"closing", "closed"}


@dataclass(frozen=True, slots=True)
class Act:
    """Something that may be done for her now: a key of the words, and where it is done."""

    title: str
    address: str


Asked = tuple[str, Act]
"""An act with the permission that it needs."""


def acts_for(member: dict[str, Any], books: Sequence[dict[str, Any]]) -> list[Act]:
    """What the reader may do for a member now; `books` are her paper books."""
    asked: Iterable[Asked] = applying(member)
    if member["code"]:
        asked = (*deposits(member), *money(member), *changes(member), *paper(member, books), *app(member))
    asked = (*asked, *file(member))
    return [act for permission, act in asked if may(permission)]


def deposits(member: dict[str, Any]) -> Iterator[Asked]:
    """Money at the counter, for each account that can take it."""
    for account in member["savings"]:
        if account["status"] == "open":
            address = url_for("portal.deposits", account=account["account_id"], member=member["id"])
            yield "deposit:post", Act("deposit.new", address)


def applying(member: dict[str, Any]) -> Iterator[Asked]:
    """Money that she brings before she is a member. Rule L8."""
    if member["status"] == "applicant":
        address = url_for("portal.applicants_receive", applicant_id=member["id"])
        yield "deposit:post", Act("applicant.receive", address)


def money(member: dict[str, Any]) -> Iterator[Asked]:
    """A loan that she wishes for, and what she pays beside her accounts."""
    yield "loan:propose", Act("wish.title", url_for("portal.loans_new", member_id=member["id"]))
    yield "savings:open", Act("savings.new", url_for("portal.savings_new", member_id=member["id"]))
    yield "passbook:read", Act("fees.title", url_for("portal.fees", member_id=member["id"]))


def changes(member: dict[str, Any]) -> Iterator[Asked]:
    """What changes in her life; of who has left only the leaving can be looked at."""
    verb = "member:propose_change"
    if member["status"] == "active":
        yield verb, Act("number_change.title", url_for("portal.members_number", member_id=member["id"]))
    if member["status"] in LEAVING:
        address = url_for("portal.members_statement", member_id=member["id"])
        yield "passbook:read", Act("statement_final.title", address)
    for change in CHANGES if member["status"] == "active" else ("exit",):
        yield verb, Act(f"change.act_{change}", url_for(f"portal.members_{change}", member_id=member["id"]))


def paper(member: dict[str, Any], books: Sequence[dict[str, Any]]) -> Iterator[Asked]:
    """Her paper book."""
    verb, her = "passbook:issue", member["id"]
    if member["status"] != "active":
        return
    yield verb, Act("paper_books.act_new", url_for("portal.members_book_new", member_id=her))
    if any(book["status"] == OPEN for book in books):
        for how in ("lost", "returned"):
            address = url_for("portal.members_book_end", member_id=her, how=how)
            yield verb, Act(f"paper_books.act_{how}", address)


def file(member: dict[str, Any]) -> Iterator[Asked]:
    """What her file holds besides: also an applicant's takes her photo."""
    if member["status"] != "rejected":
        yield (
            "picture:add",
            Act("picture.act_new", url_for("portal.members_pictures_new", member_id=member["id"])),
        )
    note = Act("note.act", url_for("portal.members_notes_new", member_id=member["id"]))
    yield "note:audit" if may("note:audit") else "note:write", note


def app(member: dict[str, Any]) -> Iterator[Asked]:
    """Her account in the app."""
    login = member["login_status"]
    for fits, permission, deed in (
        (login in APP_MAY_BE_ISSUED, "login:issue", "issue"),
        (login in APP_ON, "login:suspend", "suspend"),
        (login == "temp_off", "login:reactivate", "reactivate"),
        (login in APP_MAY_BE_CLOSED, "login:close", "close"),
    ):
        if fits:
            address = url_for(f"portal.members_login_{deed}", member_id=member["id"])
            yield permission, Act(f"login.act_{deed}", address)
    register = url_for("portal.members_login_switches", member_id=member["id"])
    yield "login:read", Act("login.switches", register)
