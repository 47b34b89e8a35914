"""Savings of every family from their opening to their closing, each counted again from the rows (L7, M9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from demo.town import eventually, new_id, savings_of
from tests.support.invariants import LEDGER, broken
from tests.support.lives import FOUR_WEEKS, Weeks, days_after, offer, paisa
from tests.support.recomputed import Rows

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from bench.installation import Installation
    from demo.town import Town

RATE, EARLY = Fraction(6, 100), Fraction(4, 100)
HALF_YEARS = (6, 12)
"""The months in which interest is credited where a product says no others (domain §3)."""
EARLY_CHARGE = 50_00
COMMON = {"fund": "own", "rates": [{"from_on": "2020-01-01", "rate_bps": 600, "months": None}]}
FREE = COMMON | {
    "name_bn": "স্বেচ্ছা সঞ্চয়",
    "name_en": "Voluntary savings",
    "family": "voluntary_savings",
    "least_deposit": "10.00",
    "counter_limit": "1000.00",
    "interest_posting_months": list(range(1, 13)),
}
TERM = COMMON | {
    "deposit_step": "100.00",
    "term_months": [12, 36],
    "premature": [{"from_month": 1, "rate_bps": 400}],
}
MONTHLY = TERM | {
    "name_bn": "মাসিক মেয়াদি সঞ্চয়",
    "name_en": "Monthly savings",
    "family": "term_savings",
    "least_deposit": "100.00",
    "late_penalty": "5.00",
    "missing_limit": 6,
    "closing_charge": "50.00",
    "formula": "annuity_due",
}
LUMP = TERM | {
    "name_bn": "এককালীন মেয়াদি সঞ্চয়",
    "name_en": "Lump deposit",
    "family": "lump_savings",
    "least_deposit": "20000.00",
    "needs_approval": True,
    "formula": "simple",
}


@dataclass
class Purse:
    """A member's four accounts, each of another family."""

    weeks: Weeks
    general: str
    free: str
    monthly: str
    lump: str

    @classmethod
    def open(cls, town: Town) -> Purse:
        """A member with accounts of products of this test alone."""
        weeks = Weeks.begin(town, 1, FOUR_WEEKS)
        branch, member, [free, monthly, lump] = weeks.branch, weeks.members[0], (new_id() for _ in range(3))
        code, person = branch.code, branch.accountant
        general = savings_of(branch.manager, member)["account_id"]
        for prefix, terms in (("VS", FREE), ("DP", MONTHLY), ("FD", LUMP)):
            offer(town, "savings-products", f"{prefix}{code}", terms)
        wish: dict[str, Any] = {"member_id": member, "product_code": f"VS{code}"}
        assert person.put(f"/savings/{free}", wish)["status"] == "opening"
        wish |= {"product_code": f"DP{code}", "amount": "500.00", "months": 36}
        assert branch.officer.put(f"/savings/{monthly}", wish)["status"] == "opening"
        wish |= {"product_code": f"FD{code}", "amount": "20000.00", "months": 12}
        waiting = person.put(f"/savings/{lump}", wish)
        assert waiting["status"] == "waiting"
        decision = f"/approvals/accounts/{waiting['approval_id']}/decision"
        branch.manager.post(decision, {"approve": True})
        purse = cls(weeks, general, free, monthly, lump)
        eventually(lambda: set(purse.book()) == {general, free, monthly, lump})
        return purse

    def book(self) -> dict[str, dict[str, Any]]:
        accounts = self.weeks.branch.manager.get(f"/members/{self.weeks.members[0]}/passbook")["accounts"]
        return {one["account_id"]: one for one in accounts}

    def deposit(self, account: str, taka: int) -> None:
        said = {"account_id": account, "amount": f"{taka}.00", "paid_by": "self"}
        self.weeks.branch.accountant.put(f"/deposits/{new_id()}", said)

    def withdraw(self, taka: int, *, needs_approval: bool) -> None:
        """Wished for, agreed to above the counter's limit, and paid against her mark (M9)."""
        withdrawal, branch = new_id(), self.weeks.branch
        wish = {"account_id": self.free, "amount": f"{taka}.00"}
        asked = branch.officer.put(f"/withdrawals/{withdrawal}", wish)
        assert asked["state"] == ("requested" if needs_approval else "approved")
        if needs_approval:
            self.weeks.approve(asked["approval_id"])
        assert paisa(self.book()[self.free]["pending_out"]) == taka * 100
        evidence = {"mark": "thumb", "witness_id": branch.ids["branch_manager"]}
        branch.accountant.post(f"/withdrawals/{withdrawal}/payment", {"evidence": evidence})
        assert paisa(self.book()[self.free]["pending_out"]) == 0

    def close(self, account: str) -> dict[str, int | str]:
        """All of an account paid out; answers its terms as they were agreed to, in paisa."""
        closing = new_id()
        said = {"account_id": account, "evidence": "টিপসই ৪", "reason": "টাকা দরকার"}
        terms = self.weeks.branch.accountant.put(f"/closings/{closing}", said)["terms"]
        self.weeks.approve(closing)
        names = ("balance", "interest", "charge", "payout")
        return {name: paisa(terms[name]) for name in names} | {"how": terms["how"]}

    def run(self, kind: str, month: date) -> dict[str, Any]:
        """A run of interest of the branch, to its end."""
        run, branch = new_id(), self.weeks.branch
        said = {"office_id": branch.id, "kind": kind, "month": month.isoformat()}
        branch.accountant.put(f"/interest-runs/{run}", said)
        path = f"/interest-runs/{run}"
        eventually(lambda: branch.manager.get(path)["state"] == "finished")
        return branch.manager.get(path)


@pytest.mark.rule("M9")
def test_four_accounts_from_their_opening_to_their_closing(mikrof: Installation, town: Town) -> None:
    purse, books = Purse.open(town), mikrof.database("transactions")
    weeks, first = purse.weeks, purse.weeks.branch.on
    weeks.branch.count_vault("opening")
    for account, taka in ((purse.general, 1_000), (purse.free, 5_000), (purse.monthly, 500)):
        purse.deposit(account, taka)
    purse.deposit(purse.lump, 20_000)
    weeks.pass_days(days_after(first, 1), first.weekday())
    purse.withdraw(700, needs_approval=False)
    purse.withdraw(3_000, needs_approval=True)
    check_balances(purse, Rows.read(books))

    weeks.pass_days(days_after(first, 35), first.weekday())
    check_interest_of_the_month(purse, first, books)
    check_dues(purse)
    check_closings(purse, first, books)

    rows = Rows.read(books)
    check_balances(purse, rows)
    assert [name for name, one in purse.book().items() if not one["closed"]] == [purse.general]
    assert rows.faults() == []
    assert broken(books, LEDGER) == {}
    assert weeks.branch.trial_balance()["balanced"]


def check_balances(purse: Purse, rows: Rows) -> None:
    """Each account of the passbook holds what its postings say."""
    book = purse.book()
    assert {name: paisa(one["balance"]) for name, one in book.items()} == {
        name: rows.balance(name) for name in book
    }


def check_interest_of_the_month(purse: Purse, first: date, books: connection) -> None:
    """Put aside for all by each day's balance; credited in the months of the terms (domain §3)."""
    last, before = last_of_month(first), Rows.read(books)
    accounts = (purse.general, purse.free, purse.monthly, purse.lump)
    aside = {one: by_days(before, one, first, last) for one in accounts}
    assert all(aside.values())
    assert paisa(purse.run("provision", first)["amount"]) == sum(aside.values())
    general = aside[purse.general] if first.month in HALF_YEARS else 0
    wanted = dict.fromkeys(accounts, 0) | {purse.general: general, purse.free: aside[purse.free]}
    assert paisa(purse.run("posting", first)["amount"]) == sum(wanted.values())
    after = Rows.read(books)
    assert {one: after.balance(one) - before.balance(one) for one in accounts} == wanted
    check_balances(purse, after)


def check_dues(purse: Purse) -> None:
    """The second month is due and is paid."""
    path = f"/savings/{purse.monthly}/dues"
    shown = purse.weeks.branch.accountant.get(path)
    assert [shown[name] for name in ("due", "advance", "penalty")] == ["500.00", "0.00", "0.00"]
    purse.deposit(purse.monthly, 500)
    shown = purse.weeks.branch.accountant.get(path)
    assert [one["paid"] for one in shown["months"][:3]] == ["500.00", "500.00", "0.00"]
    assert shown["due"] == "0.00"


def check_closings(purse: Purse, first: date, books: connection) -> None:
    """A month's money earns what the slab says, once; free savings earn to the day."""
    rows, on = Rows.read(books), purse.weeks.on()
    begun, ended = last_of_month(first) + timedelta(days=1), on - timedelta(days=1)
    free = purse.close(purse.free)
    assert free == terms("ordinary", rows.balance(purse.free), by_days(rows, purse.free, begun, ended), 0)
    monthly = purse.close(purse.monthly)
    assert monthly == terms("premature", 1_000_00, half_up(500_00 * EARLY / 12), EARLY_CHARGE)
    lump = purse.close(purse.lump)
    assert lump == terms("premature", 20_000_00, half_up(20_000_00 * EARLY / 12), 0)


def terms(how: str, balance: int, interest: int, charge: int) -> dict[str, int | str]:
    """What a closing must say: whole taka are paid, a half upwards (M11)."""
    payout = half_up(Fraction(balance + interest - charge, 100)) * 100
    return {"how": how, "balance": balance, "interest": interest, "charge": charge, "payout": payout}


def by_days(rows: Rows, account: str, begun: date, ended: date) -> int:
    """What the last balance of each day earned at the yearly rate, rounded once."""
    days = [days_after(begun, number) for number in range((ended - begun).days + 1)]
    return half_up(sum((rows.balance(account, day) * RATE / 365 for day in days), Fraction(0)))


def half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


def last_of_month(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)
