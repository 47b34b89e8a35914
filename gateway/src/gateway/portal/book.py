"""The book as the branch reads it: the trial balance and the day book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from contracts.transactions.books import (
    LIST_LEDGER_LINES,
    READ_CASH_BOOK,
    READ_ENTRY,
    READ_LEDGER,
    READ_LEDGER_BY_OFFICE,
)
from contracts.transactions.ledger import LIST_ENTRIES, TRIAL_BALANCE
from contracts.transactions.sealed_days import READ_SEALED_DAY
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.dates import iso_or_none
from gateway.words import t
from gateway.words.formats import pick

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


@requires("book:read")
def trialbalance() -> ResponseReturnValue:
    """All ledgers of a branch, the two sides equal to the paisa."""
    branch = branch_of_page()
    on = iso_or_none(request.args.get("on"))
    balance = ask(TRIAL_BALANCE, {"office_id": branch["id"], "on": on}) if branch else None
    return branch_page("trial_balance.html", branch, balance=balance, on=on)


@requires("book:read")
def entries() -> ResponseReturnValue:
    """The day book: every entry of a business day, with its voucher number once the day is closed."""
    branch = branch_of_page()
    on, after = iso_or_none(request.args.get("on")), request.args.get("after") or None
    page = ask(LIST_ENTRIES, {"office_id": branch["id"], "on": on, "after": after}) if branch else None
    return branch_page("entries.html", branch, page=page, on=on)


@requires("book:read")
def book_ledger(ledger: str) -> ResponseReturnValue:
    """A ledger of a branch entry by entry, with what stood after each: from a figure to its entries."""
    office = request.args.get("office", "")
    period = {name: iso_or_none(request.args.get(name)) for name in ("from_on", "on")}
    asked = {"office_id": office, "ledger": ledger, **period}
    page = ask(LIST_LEDGER_LINES, {**asked, "after": request.args.get("after") or None})
    told = ask(READ_LEDGER, {**asked, "own": True})
    return render_template("portal/book_ledger.html", ledger=told, title=pick(told, "name"), page=page)


@requires("book:read")
def book_offices(ledger: str) -> ResponseReturnValue:
    """A ledger of an office and all below it, office by office: from a figure of all to whose it is."""
    period = {name: iso_or_none(request.args.get(name)) for name in ("from_on", "on")}
    asked = {"office_id": request.args.get("office", ""), "ledger": ledger, **period}
    told = ask(READ_LEDGER_BY_OFFICE, {**asked, "after": request.args.get("after") or None})
    return render_template("portal/book_offices.html", ledger=told)


@requires("book:read")
def book_cash(book: str) -> ResponseReturnValue:
    """A cash book of a branch entry by entry, with what was there after each."""
    period = {name: iso_or_none(request.args.get(name)) for name in ("from_on", "on")}
    asked = {"office_id": request.args.get("office", ""), "book": book, **period}
    page = ask(LIST_LEDGER_LINES, {**asked, "after": request.args.get("after") or None})
    told = ask(READ_CASH_BOOK, {**asked, "own": True})
    sums = {"debits": told["received"], "credits": told["paid"]}
    title = t(f"cash_book.{book}")
    return render_template("portal/book_ledger.html", ledger={**told, **sums}, title=title, page=page)


@requires("book:read")
def book_entry(entry_id: UUID) -> ResponseReturnValue:
    """One entry with its postings, and the way to its sheet, its hand-over and its members."""
    after = request.args.get("after", "")
    asked = {"entry_id": str(entry_id), "after": int(after) if after.isdecimal() else 0}
    return render_template("portal/book_entry.html", entry=ask(READ_ENTRY, asked))


@requires("book:read")
def daybook() -> ResponseReturnValue:
    """The day book as it is printed and signed: all vouchers, totals, and the seal of a closed day."""
    branch = branch_of_page()
    on = iso_or_none(request.args.get("on"))
    if branch is None or on is None:
        return redirect(url_for("portal.day"), 303)
    sealed = ask(READ_SEALED_DAY, {"office_id": branch["id"], "on": on})
    return branch_page("day_book.html", branch, sealed=sealed, entries=all_entries(branch["id"], on))


def all_entries(office_id: str, on: str) -> list[dict[str, Any]]:
    """Every entry of a day in posting order, page by page; a printed book has no second page to click."""
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        page = ask(LIST_ENTRIES, {"office_id": office_id, "on": on, "after": after})
        found += page["items"]
        after = page["next"]
        if after is None:
            return found


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/trial-balance", view_func=trialbalance)
    blueprint.add_url_rule("/entries", view_func=entries)
    blueprint.add_url_rule("/ledgers/<ledger>", view_func=book_ledger)
    blueprint.add_url_rule("/ledgers/<ledger>/offices", view_func=book_offices)
    blueprint.add_url_rule("/cash-books/<book>", view_func=book_cash)
    blueprint.add_url_rule("/entries/<uuid:entry_id>", view_func=book_entry)
    blueprint.add_url_rule("/day-book", view_func=daybook)
