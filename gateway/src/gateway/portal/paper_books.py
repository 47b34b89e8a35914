"""The passbook register: a member gets another paper book, one is lost, or she gives hers back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, url_for

from contracts.accounts import GET_MEMBER
from contracts.accounts.passbooks import (
    ENDS,
    ISSUE_PASSBOOK,
    LIST_PASSBOOKS,
    OPEN,
    REPORT_PASSBOOK_LOST,
    SURRENDER_PASSBOOK,
)
from contracts.errors import NotFound
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.forms import Form, choice, code, text
from gateway.words import t
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

ENDINGS = {"lost": REPORT_PASSBOOK_LOST, "returned": SURRENDER_PASSBOOK}


class NewBookForm(Form):
    """The new book, and what became of the one before."""

    number = code("member.passbook_number")
    lot = text("paper_books.lot", needed=False)
    before = choice("paper_books.before", needed=False)
    reason = text("form.reason")


class EndForm(Form):
    """Why her book ends."""

    reason = text("form.reason")


@requires("passbook:issue")
def members_book_new(member_id: UUID) -> ResponseReturnValue:
    """Give her another book; what became of the open one is said with it."""
    form = NewBookForm()
    form.before.choices = [("", "–"), *((one, t(f"paper_book.{one}")) for one in ENDS)]
    said = {name: form[name].data or None for name in ("number", "lot", "before", "reason")}
    if form.validate_on_submit() and form.send(
        ISSUE_PASSBOOK, {"id": form.id.data, "member_id": str(member_id), **said}
    ):
        return book_done(member_id, "paper_books.issued")
    return book_page(form, member_id, "new")


@requires("passbook:issue")
def members_book_end(member_id: UUID, how: str) -> ResponseReturnValue:
    """Write that her open book is lost, or that she gave it back."""
    form = EndForm()
    said = {"id": open_book(member_id)["id"], "reason": form.reason.data}
    if form.validate_on_submit() and form.send(ENDINGS[how], said):
        return book_done(member_id, "paper_books.ended")
    return book_page(form, member_id, how)


def open_book(member_id: UUID) -> dict[str, Any]:
    """The book that she holds.

    Raises:
        NotFound: she holds none.
    """
    books = ask(LIST_PASSBOOKS, {"member_id": str(member_id)})["items"]
    book = next((one for one in books if one["status"] == OPEN), None)
    if book is None:
        raise NotFound(field="member_id")
    return dict(book)


def book_done(member_id: UUID, sentence: str) -> ResponseReturnValue:
    """Say it, and go back to her page."""
    flash(t(sentence), "success")
    return redirect(url_for("portal.members_one", member_id=member_id), 303)


def book_page(form: Form, member_id: UUID, deed: str) -> ResponseReturnValue:
    """The page of one deed on her book."""
    member = ask(GET_MEMBER, {"id": str(member_id)})
    return form.page(
        "form.html",
        title=t(f"paper_books.title_{deed}", name=pick(member, "name")),
        lead=t(f"paper_books.lead_{deed}"),
        act=t(f"paper_books.act_{deed}"),
        back=url_for("portal.members_one", member_id=member_id),
    )


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    both = ["GET", "POST"]
    blueprint.add_url_rule("/members/<uuid:member_id>/books/new", view_func=members_book_new, methods=both)
    blueprint.add_url_rule(
        "/members/<uuid:member_id>/books/<any(lost, returned):how>", view_func=members_book_end, methods=both
    )
