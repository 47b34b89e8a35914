"""Two branches with two closed months, and who was lent what: women and men, two funds, loans of every age.

What reports of closed months must say is counted again from raw rows, see `recomputed_snapshots.py`, and from
the classes of domain 4.9 as they stand there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from contracts.money import Paisa
from contracts.transactions.months import CLOSE_MONTH
from tests.support.agreed import Agreed
from tests.support.branch import id_of
from tests.support.loan_book import LoanBook, weekly
from tests.support.loans import pay_out, payout
from tests.support.purse import deposit, open_account, pass_days, withdraw, work_on_few_days
from tests.support.recomputed_snapshots import ask, loans_of, month_of
from transactions.batch.duties import TransactionsBatch
from transactions.domain.lending.schedules import Amounts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.support.branch import Branch
    from tests.support.recomputed_snapshots import Told

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
EACH = Amounts(Paisa(500_00), Paisa(60_00))
CLASSES = (("regular", 0, 1), ("watchful", 30, 5), ("sub_standard", 180, 25), ("doubtful", 365, 75))
"""Until how many days, and how much of a hundred is set aside (domain 4.9); older is bad, all of it."""


@dataclass(frozen=True)
class Lent:
    """A loan of ten instalments as it stands at a month's end."""

    id: str
    sex: str
    fund: str
    product: str
    is_new: bool
    outstanding: int
    overdue: int
    days: int
    told: Told

    @property
    def loan_class(self) -> str:
        return next((name for name, until, _ in CLASSES if self.days <= until), "bad")

    @property
    def provision(self) -> int:
        share = next((share for name, _, share in CLASSES if name == self.loan_class), 100)
        return self.outstanding * share // 100


@dataclass
class Months:
    """A branch, and the terms of each of its loans."""

    branch: Branch
    terms: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    sexes: dict[str, str] = field(default_factory=dict)
    paid_out_on: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = LoanBook(self.branch)

    def lend(self, name: str, first: date, sex: str, fund: str, product: str = "JAG") -> None:
        terms = {"sex": sex, "fund": fund, "product_code": product}
        self.ids[name] = self.book.lend(weekly(first, 10, EACH), name, **terms)
        self.terms[self.ids[name]] = terms

    def pay_out(self, name: str, first: date, sex: str, fund: str) -> None:
        """Pay a loan out as accounts asks for it."""
        on = self.branch.day()["on"]
        rows = tuple((first + timedelta(weeks=week), EACH.principal, EACH.charge) for week in range(10))
        terms = {"sex": sex, "fund": fund, "product_code": "JAG"}
        command = payout(self.branch, name, Agreed("by_instalment", rows), on=on, terms=terms)
        pay_out(self.branch, command)
        self.ids[name] = command["id"]
        self.terms[command["id"]] = terms
        self.book.paid[command["id"]] = []
        self.paid_out_on[command["id"]] = date.fromisoformat(on)

    def pay(self, name: str, instalments: int) -> None:
        on = date.fromisoformat(self.branch.day()["on"])
        amounts = Amounts(Paisa(500_00 * instalments), Paisa(60_00 * instalments))
        self.book.pay(self.ids[name], amounts, on)

    def end(self, month: date) -> None:
        asked = {"office_id": self.branch.id, "month": month.isoformat()}
        self.branch.ask(CLOSE_MONTH, self.branch.manager, **asked)
        self.branch.harness.take_steps("close_month", by=TransactionsBatch)

    def lent(self, month: date) -> list[Lent]:
        """Count every loan again at a month's end."""
        _, until = month_of(month)
        told = loans_of(self.branch, month)
        return [
            self._lent(loan, terms, until, told[loan])
            for loan, terms in self.terms.items()
            if self.paid_out_on.get(loan, until) <= until
        ]

    def borrows(self, name: str, month: date) -> bool:
        """Tell whether a member owes principal at a month's end."""
        return any(one.outstanding and one.id == self.ids.get(name) for one in self.lent(month))

    def _lent(self, loan: str, terms: dict[str, str], until: date, told: Told) -> Lent:
        question = "SELECT due_on, principal FROM loan_schedules WHERE loan_id = :id"
        (rows,) = ask(self.branch, question, id=loan)
        paid = sum(amounts.principal for on, amounts in self.book.paid[loan] if on <= until)
        fallen = list(zip(rows["due_on"], rows["principal"], strict=True))
        unpaid = [on for on, cumulative in fallen if cumulative > paid and on < until]
        due = max((cumulative for on, cumulative in fallen if on < until), default=0)
        return Lent(
            id=loan,
            sex=terms["sex"],
            fund=terms["fund"],
            product=terms["product_code"],
            is_new=month_of(self.paid_out_on.get(loan, date.min)) == month_of(until),
            outstanding=rows["principal"][-1] - paid,
            overdue=max(0, due - paid),
            days=(until - min(unpaid)).days if unpaid else 0,
            told=told,
        )


def live_two_months(here: Branch, there: Branch) -> tuple[Months, Months]:
    """Live through November and December in both branches, and close them."""
    home, away = Months(here), Months(there)
    here.post_staff(here.person("field_officer", "Officer two"), "Officer two")
    _gather(
        home,
        "Jhumka",
        {"Rahima": "female", "Salma": "female", "Karim": "male", "Jamal": "male"}
        | {"Nargis": "female", "Mina": "female"},
    )
    _gather(away, "Kadam", {"Khadija": "female"})
    home.lend("Rahima", date(2026, 11, 9), "female", "own")
    home.lend("Salma", date(2026, 11, 2), "female", "PKSF", "SUF")
    home.lend("Karim", date(2026, 8, 3), "male", "PKSF")
    home.lend("Jamal", date(2025, 9, 1), "male", "own")
    home.lend("Nargis", date(2026, 12, 8), "female", "own")
    away.lend("Khadija", date(2026, 5, 4), "female", "own")
    home.pay("Rahima", 3)
    away.pay("Khadija", 2)
    for one in (home, away):
        pass_days(one.branch, date(2026, 12, 1))
        one.end(NOVEMBER)
    home.pay("Rahima", 5)
    home.pay("Salma", 4)
    home.pay("Karim", 1)
    home.pay_out("Mina", date(2026, 12, 16), "female", "own")
    deposit(here, id_of("general_savings of Salma"), "250.00")
    deposit(here, open_account(here, "Karim", "voluntary_savings", sex="male"), "70.00")
    withdraw(here, id_of("general_savings of Rahima"), "300.00")
    for one in (home, away):
        pass_days(one.branch, date(2027, 1, 1))
        one.end(DECEMBER)
    return home, away


def _gather(one: Months, samity: str, sexes: dict[str, str]) -> None:
    one.branch.open_samity(samity, active=False)
    one.sexes.update(sexes)
    for name, sex in sexes.items():
        one.branch.admit(name, samity)
        open_account(one.branch, name, sex=sex)
    one.branch.open_day()
    work_on_few_days(one.branch, date(2027, 2, 1))
    for name in sexes:
        deposit(one.branch, id_of(f"general_savings of {name}"), "1000.00")


def told(lent: Iterable[Lent], name: str) -> int:
    """Return the sum of a figure of some loans."""
    return sum(one.told[name] for one in lent)


def figures(of: Iterable[Any], name: str) -> int:
    return sum(getattr(one, name) for one in of)
