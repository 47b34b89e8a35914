"""Loans that are paid out by bank and telephone, paid too much or too late, or moved to other days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

import pytest

from demo.client import Refused
from demo.plan import meeting_weekday
from demo.town import Town, eventually, new_id, savings_of
from tests.support.invariants import LEDGER, broken
from tests.support.lives import FOUR_WEEKS, Weeks, days_after, paisa
from tests.support.recomputed import Rows

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from bench.installation import Installation

SAVED, TAKA, TOO_MUCH = 5_000, 4_000, 150
TWO_WEEKS = FOUR_WEEKS | {"instalments": 2}
RATE = Fraction(24, 5_200)
LEVEL = ceil(TAKA * RATE / (1 - (1 + RATE) ** -2))
"""P·i ÷ (1 − (1+i)^−2) with i = 24 % ÷ 52, rounded up to whole taka (domain 4.4)."""
BY_BANK, BY_TELEPHONE, LATE, GENEROUS, MOVER = range(5)
VAULT, BANK, TELEPHONE, UNALLOCATED = "1110", "1130", "1140", "2210"
BANK_ACCOUNT, MOBILE = "2050123456789", "01812340815"
TUESDAY = 4
"""As samities count their days, Saturday being the first."""
BESIDE = 2
"""How many days from the first samity's the second one meets."""


@dataclass
class Lives:
    """Two samities of a branch, the second of which meets on a day beside the first one's."""

    weeks: Weeks
    there: Weeks
    first: date
    beside: int
    books: connection

    def member(self, number: int) -> str:
        return self.weeks.members[number]

    def loan(self, number: int) -> str:
        return self.weeks.loans[self.member(number)]

    def pass_days(self, until: date) -> None:
        """Close day after day; meetings on the way are not held."""
        while self.weeks.on() < until:
            self.nobody_else_comes()
            self.weeks.close()

    def nobody_else_comes(self) -> None:
        """Samities that meet today and whose sheet nobody has begun do not meet."""
        branch = self.weeks.branch
        for sheet in branch.officer.get("/sheets", on=self.weeks.on().isoformat())["items"]:
            if sheet["status"] == "issued":
                claim = branch.officer.post(f"/sheets/{sheet['id']}/not-held", {"reason": "বৃষ্টি"})
                self.weeks.approve(claim["approval_id"])

    def check(self) -> Rows:
        """The ledger is whole, and every card says what its rows say, today and a week ago."""
        rows = Rows.read(self.books)
        assert rows.faults() == []
        assert broken(self.books, LEDGER) == {}
        for on in (self.weeks.on(), days_after(self.weeks.on(), -7)):
            assert self.weeks.disagreements(rows, max(on, self.first)) == []
        return rows

    def held(self, rows: Rows, ledger: str) -> int:
        """What stands under a ledger of the branch, in paisa."""
        mine = self.weeks.branch.id
        return sum(
            rows.balance(account)
            for account, row in rows.accounts.items()
            if row["ledger"] == ledger and str(row["office_id"]) == mine
        )

    def statuses(self) -> list[str]:
        return [str(self.weeks.card(member)["status"]) for member in self.weeks.members]


@pytest.mark.rule("L3")
@pytest.mark.rule("L4")
@pytest.mark.rule("M11")
@pytest.mark.usefixtures("mikrof")
def test_five_loans_that_go_other_ways(apart: Installation) -> None:
    """In an institution of its own: a holiday of the country needs that no branch of it has begun the day."""
    town = Town.found(apart.base_url, apart.places.founding)
    lives = begin(apart, town)
    pay_out(lives)
    days = move_to_the_other_samity(lives)
    moved = declare_for_the_country(town, lives, days)

    first_meeting(lives)
    allocate_by_her_word(lives)
    if lives.beside < 0:
        meet_at_the_moved_day(lives, moved)
    last_meeting(lives)
    pay_after_maturity(lives)
    if lives.beside > 0:
        meet_at_the_moved_day(lives, moved)

    assert lives.statuses() == ["repaid", "running", "repaid", "repaid", "running"]
    assert lives.weeks.branch.trial_balance()["balanced"]


def begin(apart: Installation, town: Town) -> Lives:
    """A branch with two samities; whoever borrows has saved, one of them by telephone."""
    weeks = Weeks.begin(town, 4, TWO_WEEKS, below=town.open_area())
    branch = weeks.branch
    weeks.members.insert(BY_TELEPHONE, branch.admit(weeks.samity, mobile=MOBILE))
    beside = BESIDE if meeting_weekday(branch.on) <= TUESDAY else -BESIDE
    samity = branch.open_samity(weekday=meeting_weekday(branch.on) + beside)
    there = Weeks(branch, weeks.product, samity, [weeks.members[MOVER]], weeks.loans)
    branch.count_vault("opening")
    for number, member in enumerate(weeks.members):
        weeks.save(member, SAVED, "mobile_money" if number == BY_TELEPHONE else "self")
    return Lives(weeks, there, branch.on, beside, apart.database("transactions"))


def pay_out(lives: Lives) -> None:
    """To her own bank account and telephone, and to nobody else's; to the others in cash."""
    weeks, people = lives.weeks, lives.weeks.members
    bank, telephone = BANK_ACCOUNT[-4:], MOBILE[-4:]
    loan = weeks.agree(people[BY_BANK], people[LATE], TAKA, bank_account=BANK_ACCOUNT)
    refused("PAYOUT_ACCOUNT_NOT_HERS", lambda: weeks.pay_out(people[BY_BANK], loan, "bank", telephone))
    weeks.pay_out(people[BY_BANK], loan, "bank", bank)
    for provider_fails in (True, False):
        loan = weeks.agree(people[BY_TELEPHONE], people[LATE], TAKA)
        weeks.pay_out(people[BY_TELEPHONE], loan, "mobile_money", telephone)
        if provider_fails:
            undo(lives, loan)
    weeks.lend(people[LATE], people[MOVER], TAKA)
    loan = weeks.agree(people[GENEROUS], people[MOVER], TAKA, surplus_to="unallocated")
    weeks.pay_out(people[GENEROUS], loan)
    weeks.lend(people[MOVER], people[GENEROUS], TAKA)

    rows = lives.check()
    saved, lent = SAVED * 100, TAKA * 100
    assert lives.held(rows, BANK) == -lent
    assert lives.held(rows, TELEPHONE) == saved - lent
    assert lives.held(rows, VAULT) == 4 * saved - 3 * lent
    assert [rows.standing(lives.loan(number), lives.first).outstanding for number in range(5)] == [lent] * 5
    weeks.meet({})


def undo(lives: Lives, loan: str) -> None:
    """The provider sends the money back: the loan is none, and everything is where it was (L4)."""
    branch, reversal = lives.weeks.branch, new_id()
    said = {"entry_id": loan, "kind": "money_returned", "reason": "নম্বর বন্ধ", "evidence": "প্রদানকারীর বার্তা"}
    branch.accountant.put(f"/reversals/{reversal}", said)
    lives.weeks.approve(reversal)
    assert lives.weeks.card(lives.member(BY_TELEPHONE))["status"] == "undone"
    rows = Rows.read(lives.books)
    assert rows.faults() == []
    assert lives.held(rows, TELEPHONE) == SAVED * 100
    eventually(lambda: branch.manager.get(f"/loan-proposals/{loan}")["state"] == "ended")


def move_to_the_other_samity(lives: Lives) -> list[date]:
    """She meets on another weekday from now on, and so her instalments fall due; answers on which days."""
    weeks, member, transfer = lives.weeks, lives.member(MOVER), new_id()
    weeks.close()
    agreed = due_days(lives)
    said = {"member_id": member, "to_samity_id": lives.there.samity, "reason": "কাজের দিন বদলেছে"}
    weeks.branch.accountant.put(f"/transfers/{transfer}", said)
    weeks.branch.manager.post(f"/approvals/accounts/{transfer}/decision", {"approve": True})

    days = [day + timedelta(days=lives.beside) for day in agreed]
    eventually(lambda: due_days(lives) == days)
    assert weeks.branch.manager.get(f"/members/{member}")["samity_id"] == lives.there.samity
    lives.check()
    return days


def declare_for_the_country(town: Town, lives: Lives, days: list[date]) -> list[date]:
    """A day of mourning, set by two administrators: what is due then, and all after it, is a week later."""
    holiday = new_id()
    said = {
        "set": "government",
        "office_id": town.head_office,
        "samity_id": None,
        "on": days[0].isoformat(),
        "name_bn": "রাষ্ট্রীয় শোক দিবস",
        "name_en": "Day of mourning",
        "reason": "প্রজ্ঞাপন",
    }
    refused("NOT_FOUND", lambda: lives.weeks.branch.manager.put(f"/holidays/{new_id()}", said))
    asked = town.administrator.put(f"/holidays/{holiday}", said)
    assert asked["loans"] >= 1
    decision = f"/approvals/accounts/{holiday}/decision"
    refused("MAKER_IS_CHECKER", lambda: town.administrator.post(decision, {"approve": True}))
    town.second.post(decision, {"approve": True})

    later = [day + timedelta(days=7) for day in days]
    eventually(lambda: due_days(lives) == later)
    lives.check()
    return later


def due_days(lives: Lives) -> list[date]:
    return [date.fromisoformat(row["due_on"]) for row in lives.weeks.card(lives.member(MOVER))["rows"]]


def first_meeting(lives: Lives) -> None:
    """One brings what is due, one too much, one nothing; what one pays by telephone is known a day later."""
    weeks, day = lives.weeks, days_after(lives.first, 21)
    lives.pass_days(day)
    too_much = rest_of(lives, GENEROUS) + TOO_MUCH
    weeks.meet({lives.member(BY_BANK): LEVEL, lives.member(GENEROUS): too_much})
    lives.check()
    weeks.close()
    assert weeks.card(lives.member(BY_TELEPHONE))["days"] == (weeks.on() - day).days
    said = {"loan_id": lives.loan(BY_TELEPHONE), "amount": f"{LEVEL}.00", "paid_by": "mobile_money"}
    paid = weeks.branch.accountant.put(f"/repayments/{new_id()}", said | {"value_on": day.isoformat()})
    assert (paid["value_on"], paid["business_on"]) == (day.isoformat(), weeks.on().isoformat())
    assert (weeks.card(lives.member(BY_TELEPHONE))["days"], weeks.card(lives.member(LATE))["days"]) == (
        0, (weeks.on() - day).days
    )  # fmt: skip
    lives.check()


def rest_of(lives: Lives, number: int) -> int:
    """What remains of her whole schedule, in taka, as its rows say."""
    rows, loan = Rows.read(lives.books), lives.loan(number)
    standing = rows.standing(loan, lives.weeks.on())
    whole = sum(row.total for row in rows.instalments(loan))
    return (whole - standing.paid_principal - standing.paid_charge) // 100


def allocate_by_her_word(lives: Lives) -> None:
    """What was more than the loan waits for her word, seen by her; then it is on her savings (M11)."""
    weeks, member = lives.weeks, lives.member(GENEROUS)
    branch, savings = weeks.branch, savings_of(weeks.branch.manager, lives.member(GENEROUS))["account_id"]
    rows = Rows.read(lives.books)
    assert (weeks.card(member)["status"], lives.held(rows, UNALLOCATED)) == ("repaid", TOO_MUCH * 100)
    assert rows.standing(lives.loan(GENEROUS), weeks.on()).outstanding == 0
    assert rows.balance(savings) == SAVED * 100
    [waiting] = branch.manager.get("/unallocated", office_id=branch.id)["items"]
    assert (waiting["member_id"], paisa(waiting["amount"])) == (member, TOO_MUCH * 100)
    lines = branch.manager.get(f"/members/{member}/passbook")["lines"]
    assert [paisa(line["amount"]) for line in lines if line["status"] == "pending"] == [TOO_MUCH * 100]

    word = {"to_account_id": savings, "reason": "সঞ্চয়ে রাখতে বলেছেন"}
    branch.manager.post(f"/unallocated/{waiting['id']}/resolution", word)

    rows = lives.check()
    assert (rows.balance(savings), lives.held(rows, UNALLOCATED)) == (SAVED * 100 + TOO_MUCH * 100, 0)
    assert rows.balance(savings, days_after(lives.first, 21)) == rows.balance(savings)


def last_meeting(lives: Lives) -> None:
    """One pays the rest of what she got at her bank."""
    lives.pass_days(days_after(lives.first, 28))
    lives.weeks.meet({lives.member(BY_BANK): rest_of(lives, BY_BANK)})
    lives.check()
    lives.weeks.close()


def pay_after_maturity(lives: Lives) -> None:
    """All of it, when the last instalment is past: not a taka more than was agreed (L1)."""
    weeks, member, loan = lives.weeks, lives.member(LATE), lives.loan(LATE)
    lives.pass_days(days_after(lives.first, 29))
    rows = lives.check()
    standing, agreed = rows.standing(loan, weeks.on()), rows.instalments(loan)
    whole = sum(row.total for row in agreed)
    assert weeks.on() > agreed[-1].due_on
    assert standing.days == (weeks.on() - agreed[0].due_on).days > 7
    assert standing.overdue == standing.due == whole
    weeks.repay(member, whole // 100)

    assert weeks.card(member)["status"] == "repaid"
    after = lives.check().standing(loan, weeks.on())
    assert (after.outstanding, after.paid_charge) == (0, sum(row.charge for row in agreed))


def meet_at_the_moved_day(lives: Lives, moved: list[date]) -> None:
    """She pays her first instalment where and when she meets now; before, nothing was due."""
    assert paisa(lives.weeks.card(lives.member(MOVER), moved[0] - timedelta(days=1))["due"]) == 0
    lives.pass_days(moved[0])
    lives.there.meet({lives.member(MOVER): LEVEL})
    standing = lives.check().standing(lives.loan(MOVER), moved[0])
    assert (standing.due, standing.days, standing.paid_principal + standing.paid_charge) == (
        0,
        0,
        LEVEL * 100,
    )


def refused(code: str, deed: Any) -> None:
    with pytest.raises(Refused) as refusal:
        deed()
    assert refusal.value.code == code
