"""Savings for a term to their end, early or late, and savings that sleep and wake (domain §2, §3; M9)."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from demo.town import eventually, new_id, savings_of
from tests.support.invariants import LEDGER, broken
from tests.support.lives import FOUR_WEEKS, Weeks, days_after, offer, paisa
from tests.support.recomputed import Rows

if TYPE_CHECKING:
    from bench.installation import Installation
    from demo.town import Town

MONTHS, MONTHLY, LUMP, FREE, GENERAL = 2, 500, 20_000, 3_000, 1_000
RATE, EARLY = Fraction(6, 100), Fraction(4, 100)
PENALTY, CHARGE, TAKEN = 5_00, 50_00, 1_000
SAVER, QUIET = range(2)
FEE = 15
AWAKE_SECONDS = 90
COMMON: dict[str, Any] = {
    "fund": "own",
    "rates": [{"from_on": "2020-01-01", "rate_bps": 600, "months": None}],
}
TERM = COMMON | {
    "term_months": [MONTHS],
    "deposit_step": "100.00",
    "closing_charge": "50.00",
    "premature": [{"from_month": 1, "rate_bps": 400}],
}
DPS = TERM | {
    "name_bn": "মাসিক মেয়াদি সঞ্চয়",
    "name_en": "Monthly savings",
    "family": "term_savings",
    "least_deposit": "100.00",
    "late_penalty": "5.00",
    "formula": "annuity_due",
}
FDR = TERM | {
    "name_bn": "এককালীন মেয়াদি সঞ্চয়",
    "name_en": "Lump deposit",
    "family": "lump_savings",
    "least_deposit": "20000.00",
    "formula": "simple",
}
SLEEPY = COMMON | {
    "name_bn": "স্বেচ্ছা সঞ্চয়",
    "name_en": "Voluntary savings",
    "family": "voluntary_savings",
    "least_deposit": "10.00",
    "counter_limit": "5000.00",
    "dormant_after_months": 1,
}


@dataclass
class Savers:
    """One who saves for a term, late, and one who is not seen any more."""

    weeks: Weeks
    general: set[str]
    late: str
    missing: str
    lump: str
    sleepy: str
    fee: str = field(default_factory=new_id)

    @classmethod
    def begin(cls, town: Town) -> Savers:
        """Accounts of products of this test alone, and the first day's money."""
        weeks = Weeks.begin(town, 2, FOUR_WEEKS, below=town.open_area())
        branch, (saver, quiet), code = weeks.branch, weeks.members, weeks.branch.code
        general = {savings_of(branch.manager, member)["account_id"] for member in weeks.members}
        products = {"LP": DPS, "MP": DPS | {"missing_limit": 0}, "FP": FDR, "VP": SLEEPY}
        for prefix, terms in products.items():
            offer(town, "savings-products", f"{prefix}{code}", terms)
        wishes: tuple[tuple[str, str, dict[str, Any]], ...] = (
            ("LP", saver, {"amount": f"{MONTHLY}.00", "months": MONTHS}),
            ("MP", saver, {"amount": f"{MONTHLY}.00", "months": MONTHS}),
            ("FP", saver, {"amount": f"{LUMP}.00", "months": MONTHS}),
            ("VP", quiet, {}),
        )
        ids = [new_id() for _ in wishes]
        for account, (prefix, member, more) in zip(ids, wishes, strict=True):
            wish = {"member_id": member, "product_code": f"{prefix}{code}"} | more
            branch.accountant.put(f"/savings/{account}", wish)
        savers = cls(weeks, general, *ids)
        eventually(lambda: set(ids) <= set(savers.book()))
        branch.count_vault("opening")
        first = ((savers.missing, MONTHLY), (savers.lump, LUMP), (savers.sleepy, FREE))
        for account, taka in (*first, *((account, GENERAL) for account in general)):
            savers.deposit(account, taka)
        said = {"member_id": quiet, "kind": "form", "amount": f"{FEE}.00", "paid_by": "self"}
        branch.accountant.put(f"/fees/{savers.fee}", said)
        return savers

    def book(self) -> dict[str, dict[str, Any]]:
        """All accounts of both, as their passbooks show them."""
        manager, members = self.weeks.branch.manager, self.weeks.members
        books = [manager.get(f"/members/{member}/passbook")["accounts"] for member in members]
        return {one["account_id"]: one for book in books for one in book}

    def deposit(self, account: str, taka: int) -> None:
        said = {"account_id": account, "amount": f"{taka}.00", "paid_by": "self"}
        self.weeks.branch.accountant.put(f"/deposits/{new_id()}", said)

    def dues(self, account: str) -> tuple[int, int, int, bool]:
        """What is due and what lateness costs, in paisa; how many are missed, and whether too many."""
        shown = self.weeks.branch.accountant.get(f"/savings/{account}/dues")
        return paisa(shown["due"]), paisa(shown["penalty"]), shown["missed"], shown["limit_passed"]

    def close(self, account: str) -> dict[str, int | str]:
        """All of an account paid out; answers the terms of it, in paisa."""
        closing = new_id()
        said = {"account_id": account, "evidence": "টিপসই ৪", "reason": "মেয়াদ শেষ"}
        terms = self.weeks.branch.accountant.put(f"/closings/{closing}", said)["terms"]
        vault = self.vault()
        self.weeks.approve(closing)
        assert vault - self.vault() == paisa(terms["payout"])
        names = ("balance", "interest", "charge", "payout")
        return {name: paisa(terms[name]) for name in names} | {"how": terms["how"]}

    def vault(self) -> int:
        branch = self.weeks.branch
        return paisa(branch.manager.get(f"/offices/{branch.id}/day")["vault"])

    def asleep_since(self, member: int) -> str | None:
        """Since when a member counts as dormant."""
        since: str | None = self.weeks.branch.manager.get(f"/members/{self.weeks.members[member]}")[
            "dormant_since"
        ]
        return since


@pytest.mark.rule("M9")
@pytest.mark.rule("M11")
@pytest.mark.rule("M13")
def test_terms_kept_late_and_not_at_all_and_savings_that_sleep(mikrof: Installation, town: Town) -> None:
    savers, books = Savers.begin(town), mikrof.database("transactions")
    weeks, first = savers.weeks, savers.weeks.branch.on
    assert savers.dues(savers.late) == (MONTHLY * 100, 0, 0, False)

    weeks.rest_until(days_after(months_after(first, 1), 3), first.weekday())
    assert savers.dues(savers.late) == (2 * MONTHLY * 100, PENALTY, 1, False)
    savers.deposit(savers.late, 2 * MONTHLY)
    assert savers.dues(savers.late) == (0, PENALTY, 0, False)
    assert savers.dues(savers.missing) == (MONTHLY * 100, 0, 0, False)
    put_fee_right(savers)
    check(savers, mikrof)

    weeks.rest_until(months_after(first, MONTHS), first.weekday())
    assert savers.dues(savers.missing) == (MONTHLY * 100, PENALTY, 1, True)
    fall_asleep(mikrof, savers, first)
    wake(savers)
    check(savers, mikrof)
    check_closings(savers, first, Rows.read(books))
    check(savers, mikrof)
    assert {account for account, one in savers.book().items() if not one["closed"]} == savers.general


def put_fee_right(savers: Savers) -> None:
    """A month later: the fee was the other's. One request names both, the area agrees (M13)."""
    branch, correction, (saver, quiet) = savers.weeks.branch, new_id(), savers.weeks.members
    said = {
        "from": {"entry_id": savers.fee},
        "to_member_id": saver,
        "reason": "ভুল নামে",
        "evidence": "রেজিস্টার",
    }
    branch.accountant.put(f"/corrections/{correction}", said)
    branch.area_manager.post(f"/approvals/transactions/{correction}/decision", {"approve": True})
    for member, undone in ((quiet, True), (saver, False)):
        [shown] = branch.manager.get(f"/members/{member}/fees")["items"]
        assert (shown["amount"], shown["reversed"]) == (f"{FEE}.00", undone)


def fall_asleep(mikrof: Installation, savers: Savers, first: date) -> None:
    """The look for dormant members, which a process makes when it begins, finds her and not the other."""
    os.kill(mikrof.process_of("transactions.batch"), signal.SIGKILL)
    eventually(lambda: savers.asleep_since(QUIET) == first.isoformat(), AWAKE_SECONDS)
    assert savers.asleep_since(SAVER) is None


def wake(savers: Savers) -> None:
    """Below the counter's limit, and yet manager and area must agree; her own deed wakes her (M9)."""
    branch, withdrawal = savers.weeks.branch, new_id()
    wish = {"account_id": savers.sleepy, "amount": f"{TAKEN}.00"}
    asked = branch.officer.put(f"/withdrawals/{withdrawal}", wish)
    assert (asked["state"], asked["caution"]) == ("requested", ["dormant"])
    savers.weeks.approve(asked["approval_id"])
    waiting = branch.area_manager.get("/approvals")["items"]
    [area] = [one["id"] for one in waiting if one["kind"] == "withdrawal_area"]
    branch.area_manager.post(f"/approvals/transactions/{area}/decision", {"approve": True})
    evidence = {"mark": "thumb", "witness_id": branch.ids["branch_manager"]}
    branch.accountant.post(f"/withdrawals/{withdrawal}/payment", {"evidence": evidence})
    eventually(lambda: savers.asleep_since(QUIET) is None)


def check_closings(savers: Savers, first: date, rows: Rows) -> None:
    """A term that was kept pays its formula, one that was not its slab; lateness costs."""
    paid = MONTHS * MONTHLY * 100
    grown = half_up(
        MONTHLY * 100 * sum(((1 + RATE / 12) ** month for month in range(1, MONTHS + 1)), Fraction(0))
    )
    late = savers.close(savers.late)
    assert late == terms("maturity", paid, grown - paid, PENALTY)
    held = half_up(MONTHLY * 100 * MONTHS * EARLY / 12)
    missing = savers.close(savers.missing)
    assert missing == terms("premature", MONTHLY * 100, held, CHARGE + PENALTY)
    simple = half_up(LUMP * 100 * RATE * MONTHS / 12)
    assert savers.close(savers.lump) == terms("maturity", LUMP * 100, simple, 0)
    ended = (savers.weeks.on() - first).days
    by_days = sum(
        (rows.balance(savers.sleepy, days_after(first, day)) * RATE / 365 for day in range(ended)),
        Fraction(0),
    )
    assert savers.close(savers.sleepy) == terms("ordinary", (FREE - TAKEN) * 100, half_up(by_days), 0)


def check(savers: Savers, mikrof: Installation) -> None:
    """The ledger is whole, and each account of the passbooks holds what its postings say."""
    books = mikrof.database("transactions")
    rows, book = Rows.read(books), savers.book()
    assert rows.faults() == []
    assert broken(books, LEDGER) == {}
    assert {name: paisa(one["balance"]) for name, one in book.items()} == {
        name: rows.balance(name) for name in book
    }
    assert savers.weeks.branch.trial_balance()["balanced"]


def terms(how: str, balance: int, interest: int, charge: int) -> dict[str, int | str]:
    """What a closing must say: whole taka are paid, a half upwards (M11)."""
    payout = half_up(Fraction(balance + interest - charge, 100)) * 100
    return {"how": how, "balance": balance, "interest": interest, "charge": charge, "payout": payout}


def half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(days_after(date(year, month, 1), day.day - 1), days_after(following, -1))
