"""Registers that a branch keeps, each counted again from the list of what was done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chassis.testing import harness_of
from contracts.accounts.events import MEMBER_CHANGED
from contracts.accounts.holidays import HOLIDAY_DECLARED
from contracts.transactions.reports_errors import ReportNotFound
from tests.support.agreed import Agreed
from tests.support.branch import MONDAY, found_branches, id_of, new_id
from tests.support.lived_in import LivedIn
from tests.support.loans import fill_vault, pay_out, payout, re_date, repay, taka
from tests.support.purse import area_manager, ask_for, close, decide, deposit, open_account
from tests.support.recomputed_reports import only, read, table
from tests.support.services import fresh_database
from transactions.service import TransactionsService

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from contracts.actor import Actor
    from tests.support.branch import Branch
    from tests.support.parts import PostgresServer

TODAY = MONDAY.isoformat()
HOLIDAY = date(2026, 12, 2)
WEEKS = tuple((HOLIDAY + timedelta(weeks=week), 1000_00 + week * 100_00, 46_00) for week in range(3))
MONTHLY, LUMP = {"amount": "500.00", "months": 12}, {"annual_rate_bps": 850, "months": 24}


@dataclass
class Lent:
    """A loan as it was agreed, and what was paid on it, in paisa."""

    name: str
    product: str
    id: str
    code: str
    agreed: Agreed
    paid: int = 0

    @property
    def outstanding(self) -> int:
        return self.agreed.principal - self.agreed.told_apart(self.paid)[0]


@dataclass
class Life:
    """Two branches and what was done in the first."""

    branch: Branch
    there: Branch
    loans: list[Lent] = field(default_factory=list)
    asked: dict[str, Any] = field(default_factory=dict)

    @property
    def home(self) -> LivedIn:
        return LivedIn(self.branch)

    @property
    def second(self) -> Actor:
        return self.branch.person("field_officer", "Officer two")

    def lend(self, name: str, product: str, agreed: Agreed, branch: Branch | None = None) -> Lent:
        here = branch or self.branch
        command = payout(here, name, agreed, terms={"product_code": product})
        pay_out(here, command)
        lent = Lent(name, product, command["id"], command["code"], agreed)
        if branch is None:
            self.loans.append(lent)
        return lent

    def repay(self, lent: Lent, paisa: int) -> None:
        repay(self.branch, lent.id, taka(paisa))
        lent.paid += paisa

    def leave(self, name: str, **more: Any) -> None:
        """Close her savings; then her membership is over."""
        self.close(id_of(f"savings of {name}"))
        state = self.branch.member_state(name, "Jhumka", status="closed")
        self.branch.harness.hear(MEMBER_CHANGED, state | more)

    def close(self, account_id: str) -> None:
        decide(self.branch, self.branch.manager, close(self.branch, account_id)["id"])


@pytest.fixture(scope="module")
def life(
    postgres_server: PostgresServer, keys_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Life]:
    with (
        pytest.MonkeyPatch.context() as environment,
        fresh_database(postgres_server, "transactions") as urls,
        harness_of(TransactionsService, urls.runtime, keys=keys_folder) as harness,
    ):
        environment.setenv("MIKROF_SEALS", str(tmp_path_factory.mktemp("seals")))
        whole = Life(*found_branches(harness))
        found(whole)
        borrow(whole)
        save(whole)
        wait(whole)
        yield whole


def found(life: Life) -> None:
    here, there = life.branch, life.there
    here.post_staff(life.second, "Officer two")
    here.post_staff(here.officer, "Officer")
    places = (
        (here, "Jhumka", here.officer, ("Rahima", "Salma", "Fatema", "Bokul", "Champa", "Dalia")),
        (here, "Kolmi", life.second, ("Amina",)),
        (there, "Kadam", there.officer, ("Khadija",)),
    )
    for branch, samity, officer, names in places:
        branch.open_samity(samity, officer=officer, active=False)
        for name in names:
            branch.admit(name, samity)
            branch.open_savings(name)
    for branch in (here, there):
        branch.open_day()
    fill_vault(here, "40000.00")
    deposit(there, id_of("savings of Khadija"), "20000.00")


MOVED = {("Salma", "JAG"), ("Rahima", "JAG")}
"""Whose loans of which product a holiday has moved."""


def borrow(life: Life) -> None:
    """Rahima has two loans, Salma one, Amina two of which one is repaid; first rows meet a holiday."""
    weekly, single = Agreed("by_instalment", WEEKS), Agreed("by_instalment", WEEKS[2:])
    first = life.lend("Rahima", "JAG", weekly)
    life.lend("Rahima", "SUF", single)
    life.repay(first, 500_00)
    life.lend("Salma", "JAG", weekly)
    life.lend("Amina", "JAG", weekly)
    ended = life.lend("Amina", "SUF", single)
    life.repay(ended, single.principal + single.charge)
    for product in ("JAG", "SUF"):
        life.lend("Khadija", product, single, life.there)
    holiday = {"id": new_id(), "samity_id": id_of("Jhumka"), "on": HOLIDAY.isoformat(), "version": 1}
    names = {"office_id": life.branch.id, "name_bn": "মেলার দিন", "name_en": "Fair"}
    life.branch.harness.hear(HOLIDAY_DECLARED, {**holiday, **names})
    for lent in life.loans:
        if (lent.name, lent.product) in MOVED:
            re_date(life.branch, lent.id, weekly.moved(4, after=HOLIDAY - timedelta(days=1)))


def save(life: Life) -> None:
    """Monthly and lump deposits; two members leave, one only closes an account."""
    here = life.branch
    deposit(here, open_account(here, "Rahima", "term_savings", **MONTHLY), "1200.00")
    open_account(here, "Amina", "term_savings", **MONTHLY)
    deposit(here, open_account(here, "Bokul", "term_savings", **MONTHLY), "500.00")
    life.close(id_of("term_savings of Bokul"))
    value = {"amount": "5000.00", "maturity_value": "5900.00"}
    deposit(here, open_account(here, "Rahima", "lump_savings", **LUMP, **value), "5000.00")
    deposit(here, open_account(here, "Amina", "lump_savings", **LUMP, amount="7000.00"), "7000.00")
    for name in ("Champa", "Dalia", "Bokul"):
        deposit(here, id_of(f"savings of {name}"), "300.00")
    life.close(id_of("savings of Bokul"))
    life.leave("Champa", admitted_on="2026-11-01")
    life.leave("Dalia", admitted_on="2026-11-02", deceased_on="2026-11-20")


def wait(life: Life) -> None:
    """One wish waits, one is decided the next day, one at once."""
    here = life.branch
    fatema = id_of("savings of Fatema")
    for amount in ("100.00", "200.00", "300.00"):
        life.asked[amount] = ask_for(here, fatema, amount)["approval_id"]
    decide(here, here.manager, life.asked["300.00"], approve=False)
    here.harness.watch.advance(timedelta(days=1))
    decide(here, here.manager, life.asked["200.00"])


def both(life: Life, report: str, **asked: Any) -> dict[str, Any]:
    return read(life.home, report, area_manager(life.branch), office_id=id_of("A01"), **asked)


@pytest.mark.counts("dual_loanees")
def test_who_has_two_loans_running_stands_there_with_both(life: Life) -> None:
    page = read(life.home, "dual_loanees", on=TODAY)

    hers = sorted((lent for lent in life.loans if lent.name == "Rahima"), key=lambda lent: lent.code)
    keys = ("member", "loan_code", "product_code", "disbursed_on", "principal", "outstanding")
    assert only(table(page), *keys) == [
        ("Rahima", lent.code, lent.product, TODAY, taka(lent.agreed.principal), taka(lent.outstanding))
        for lent in hers
    ]
    principal, outstanding = (
        taka(sum(figures))
        for figures in zip(*((one.agreed.principal, one.outstanding) for one in hers), strict=True)
    )
    for kind in ("group", "total"):
        assert only(table(page, kind), "principal", "outstanding") == [(principal, outstanding)]
    assert table(read(life.home, "dual_loanees", life.second, on=TODAY)) == []
    assert {row["member"] for row in table(both(life, "dual_loanees", on=TODAY))} == {"Rahima", "Khadija"}


@pytest.mark.rule("L3")
@pytest.mark.counts("holiday_dues")
def test_what_a_holiday_moved_stands_there_with_both_days(life: Life) -> None:
    period = {"from_on": "2026-12-01", "to_on": "2026-12-31"}
    page = read(life.home, "holiday_dues", **period)

    on, principal, charge = WEEKS[0]
    moved = sorted(
        lent.code for lent in life.loans if lent.name in {"Rahima", "Salma"} and lent.product == "JAG"
    )
    keys = ("was_due_on", "holiday", "loan_code", "instalment_number", "instalment", "due_on")
    assert only(table(page), *keys) == [
        (on.isoformat(), "Fair", code, 1, taka(principal + charge), "2026-12-06") for code in moved
    ]
    assert table(page, "total")[0]["instalment"] == taka(len(moved) * (principal + charge))
    assert read(life.home, "holiday_dues", from_on="2026-12-03", to_on="2026-12-31")["rows"] == []


@pytest.mark.rule("L3")
def test_what_is_overdue_has_its_age_by_the_moved_day_and_by_the_agreed_one(life: Life) -> None:
    rows = {row["loan_code"]: row for row in table(read(life.home, "overdue", on="2026-12-10"))}

    keys = ("oldest_unpaid_on", "days_late", "agreed_due_on", "days_late_as_agreed")
    agreed = WEEKS[0][0]
    moved = {lent.code for lent in life.loans if (lent.name, lent.product) in MOVED}
    assert {code: tuple(rows[code][key] for key in keys) for code in moved} == dict.fromkeys(
        moved, ("2026-12-06", 4, agreed.isoformat(), (date(2026, 12, 10) - agreed).days)
    )
    others = [row for code, row in rows.items() if code not in moved]
    assert others
    for row in others:
        assert (row["agreed_due_on"], row["days_late_as_agreed"]) == (
            row["oldest_unpaid_on"],
            row["days_late"],
        )


@pytest.mark.counts("dps")
@pytest.mark.parametrize(
    ("on", "months"),
    [("2026-11-22", None), (TODAY, 1), ("2026-12-22", 1), ("2026-12-23", 2), ("2027-02-25", 4)],
)
def test_monthly_savings_tell_what_was_promised_paid_and_is_missing(
    life: Life, on: str, months: int | None
) -> None:
    page = read(life.home, "dps", on=on)

    paid = {"Rahima": 1200_00, "Amina": 0}
    keys = ("member", "opened_on", "term_ends_on", "instalment", "instalments_due")
    figures = ("due_until_then", "paid_until_then", "due", "advance", "savings_balance")
    expected = set()
    for name, has in paid.items() if months else ():
        wanted = (months or 0) * 500_00
        amounts = (wanted, has, max(0, wanted - has), max(0, has - wanted), has)
        expected.add((name, TODAY, "2027-11-23", "500.00", months, *map(taka, amounts)))
    assert set(only(table(page), *keys, *figures)) == expected
    assert len(table(page)) == len(expected)


@pytest.mark.counts("fdr")
@pytest.mark.parametrize(
    ("on", "state"), [(TODAY, "running"), ("2028-11-22", "running"), ("2028-11-23", "mature")]
)
def test_lump_deposits_tell_until_when_and_what_was_promised(life: Life, on: str, state: str) -> None:
    page = read(life.home, "fdr", on=on)

    keys = ("member", "opened_on", "term_ends_on", "term_state", "yearly_rate", "deposit", "maturity_value")
    same = (TODAY, "2028-11-23", state, "8.50")
    expected = {("Rahima", *same, "5000.00", "5900.00"), ("Amina", *same, "7000.00", None)}
    assert set(only(table(page), *keys)) == expected
    assert table(page, "total")[0]["savings_balance"] == taka(5000_00 + 7000_00)
    assert only(table(read(life.home, "fdr", life.second, on=on)), "member") == [("Amina",)]


@pytest.mark.rule("L7")
@pytest.mark.counts("cancellations")
def test_who_left_for_good_stands_there_and_who_only_closed_an_account_does_not(life: Life) -> None:
    page = read(life.home, "cancellations", from_on=TODAY, to_on=TODAY)

    keys = ("member", "admitted_on", "left_on", "left_how", "refunded")
    expected = {
        ("Champa", "2026-11-01", TODAY, "left", "300.00"),
        ("Dalia", "2026-11-02", TODAY, "died", "300.00"),
    }
    assert set(only(table(page), *keys)) == expected
    assert only(table(page, "total"), "count_all", "refunded") == [(len(expected), taka(600_00))]
    assert read(life.home, "cancellations", from_on="2026-11-24", to_on="2026-11-30")["rows"] == []


@pytest.mark.rule("M8")
@pytest.mark.counts("approvals_waiting")
def test_what_waited_at_the_end_of_a_day_stands_there_with_its_age(life: Life) -> None:
    days = {TODAY: ("100.00", "200.00"), "2026-11-24": ("100.00",), "2026-12-01": ("100.00",)}
    for on, amounts in days.items():
        page = read(life.home, "approvals_waiting", on=on)

        age = (date.fromisoformat(on) - MONDAY).days
        keys = ("approval_kind", "asked_office", "proposed_on", "days_waiting", "proposed_by", "amount")
        expected = {("withdrawal", "Office B001", TODAY, age, "Officer", amount) for amount in amounts}
        assert set(only(table(page), *keys)) == expected
    assert read(life.home, "approvals_waiting", on="2026-11-22")["rows"] == []
    with pytest.raises(ReportNotFound):
        read(life.home, "approvals_waiting", life.branch.officer, on=TODAY)
