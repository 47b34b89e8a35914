"""What a branch's month has beside cash: savings for a term, and money by telephone with its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from demo.town import eventually, new_id, savings_of
from tests.support.hand_book import LUMP, MONTHLY, SAVINGS, Account, Line
from tests.support.lives import offer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tests.support.month_life import House

COMMON_TERMS = {
    "fund": "own",
    "deposit_step": "100.00",
    "term_months": [12],
    "premature": [{"from_month": 1, "rate_bps": 400}],
    "formula": "simple",
}
BY_TERM: dict[str, tuple[str, int]] = {"term_savings": (MONTHLY, 7), "lump_savings": (LUMP, 9)}
"""Under which ledger savings for a term stand, and the percent a year that this house promises for them."""


@dataclass(frozen=True)
class Beside:
    """What a meeting brings beside general savings and instalments, in taka by name.

    Attributes:
        terms: Onto monthly savings for a term.
        fees: Of which kind, and how much.
        by_telephone: Who sent her savings as mobile money.
        before_it_is_counted: What is looked at while the sheet is not in the book.
    """

    terms: dict[str, int] = field(default_factory=dict)
    fees: dict[str, tuple[str, int]] = field(default_factory=dict)
    by_telephone: tuple[str, ...] = ()
    before_it_is_counted: Callable[[str, int], None] | None = None


NOTHING_BESIDE = Beside()


def save_for_a_year(house: House, name: str, family: str, taka: int) -> None:
    """An account for a term, of a product that this branch alone has; a lump is paid at once."""
    branch, account, [ledger, percent] = house.weeks.branch, new_id(), BY_TERM[family]
    code = f"{family[:2].upper()}{branch.code}"
    rates = [{"from_on": "2020-01-01", "rate_bps": percent * 100, "months": None}]
    terms = COMMON_TERMS | {"family": family, "rates": rates}
    terms |= {"name_bn": "মেয়াদি সঞ্চয়", "name_en": family, "least_deposit": f"{taka}.00"}
    offer(house.town, "savings-products", code, terms)
    wish = {"member_id": house.ids[name], "product_code": code, "amount": f"{taka}.00", "months": 12}
    eventually(lambda: branch.accountant.put(f"/savings/{account}", wish)["status"])
    hers = str(eventually(lambda: house.ask("SELECT code FROM accounts WHERE id = %s", account)))
    opened = Account(hers, ledger, percent, house.on())
    house.book.women[name].others.append(opened)
    if family == "lump_savings":
        house.put_in(account, taka)
        house.book.deposit(name, house.on(), taka * 100, opened)


@dataclass(frozen=True)
class Stated:
    """A provider's file of a day, in taka.

    Attributes:
        known: Of whom a sheet told before, as savings.
        saved: For general savings, by name.
        repaid: For loans.
        unnamed: What names no account that there is.
    """

    known: tuple[str, int]
    saved: tuple[str, int]
    repaid: tuple[str, int]
    unnamed: int


def import_file(house: House, paid_on: date, stated: Stated) -> None:
    """The accountant takes a provider's file; what a sheet told of is not booked again (M14)."""
    branch, book, on = house.weeks.branch, house.book, house.on()
    women, [saver, saved], [payer, repaid] = book.women, stated.saved, stated.repaid
    codes = (women[stated.known[0]].savings, women[saver].savings, book.loans[payer].code, "0000")
    amounts = (stated.known[1], saved, repaid, stated.unnamed)
    lines = [
        {"provider_id": f"TX{branch.code}{number}", "paid_on": paid_on.isoformat(), "payer": "01711000001"}
        | {"amount": f"{taka}.00", "reference": code}
        for number, (code, taka) in enumerate(zip(codes, amounts, strict=True))
    ]
    said = {"provider": "bkash", "file_name": f"{paid_on}.csv", "lines": lines}
    answer = branch.accountant.put(f"/offices/{branch.id}/mobile-money-statements/{new_id()}", said)
    assert [answer[key] for key in ("known", "posted", "suspense")] == [1, 2, 1]
    hers = Line(SAVINGS, -saved * 100, women[saver].savings)
    book.state(house.name, on, paid_on, saved * 100, hers)
    book.state(house.name, on, paid_on, repaid * 100, *book.on_loan(payer, repaid * 100))
    book.state(house.name, on, paid_on, stated.unnamed * 100)


def name_the_unnamed(house: House, name: str, paid_on: date) -> None:
    """The manager finds out whose the line is that waits."""
    branch = house.weeks.branch
    [line] = branch.manager.get(f"/offices/{branch.id}/mobile-money-lines", state="suspense")["items"]
    account = savings_of(branch.manager, house.ids[name])["account_id"]
    said = {"account_id": account, "reason": "ফোন করে জানা গেছে"}
    branch.manager.post(f"/mobile-money-lines/{line['id']}/match", said)
    house.book.name_it(name, house.on(), paid_on, int(line["amount"].split(".")[0]) * 100)
