"""A loan that nobody pays, a flood that shuts its branch for years, the write-off, and what comes later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from demo.client import Refused
from demo.town import eventually, new_id
from tests.support.invariants import LEDGER, broken
from tests.support.lives import FOUR_WEEKS, Weeks, days_after, paisa
from tests.support.recomputed import Rows

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from bench.installation import Installation
    from demo.town import Town

SAVED, LENT = 5_000, 4_000
MOST_DAYS, A_DAY = 92, timedelta(days=1)
PROVISION, RECOVERED, VAULT = "2410", "4210", "1110"
PERCENT = {"regular": 1, "watchful": 5, "sub_standard": 25, "doubtful": 75, "bad": 100}
"""What is set aside for each class (domain 4.9)."""


@pytest.mark.rule("L3")
@pytest.mark.rule("M11")
def test_what_is_bad_for_two_years_is_written_off_and_recovered_later(
    mikrof: Installation, town: Town
) -> None:
    weeks = Weeks.begin(town, 2, FOUR_WEEKS, below=town.open_area())
    books, member = mikrof.database("transactions"), weeks.members[0]
    oldest = fall_behind(weeks, member)
    end = half_year_end_from(two_years_bad(oldest))

    shut_the_branch(weeks, until=end - A_DAY)

    weeks.close()
    check(weeks, Rows.read(books), books)
    card = weeks.card(member)
    assert card["oldest_unpaid_on"] == oldest.isoformat()
    assert card["days"] == (weeks.on() - oldest).days >= 3 * 365
    refused("NOT_PROVIDED", lambda: propose(weeks, member))
    provide(weeks, member, books, oldest, end)
    claim = write_off(weeks, member, books, end)
    weeks.pass_days(days_after(weeks.on(), 1), oldest.weekday())
    recover(weeks, member, books, claim)
    assert weeks.branch.trial_balance()["balanced"]


def fall_behind(weeks: Weeks, member: str) -> date:
    """One instalment is paid, the next is not; answers the day of that one."""
    first = weeks.branch.on
    weeks.branch.count_vault("opening")
    weeks.save(member, SAVED)
    weeks.lend(member, weeks.members[1], LENT)
    weeks.meet({})
    weeks.close()
    weeks.pass_days(days_after(first, 21), first.weekday())
    weeks.meet({member: paisa(weeks.card(member)["due"]) // 100})
    weeks.close()
    weeks.pass_days(days_after(first, 29), first.weekday())
    assert weeks.card(member)["days"] > 0
    return days_after(first, 28)


def two_years_bad(oldest: date) -> date:
    """A loan is bad a year after its oldest unpaid instalment, and two years later it may go (domain 4.9)."""
    bad = oldest + timedelta(days=365)
    leap = (bad.month, bad.day) == (2, 29)
    return date(bad.year + 2, 3, 1) if leap else bad.replace(year=bad.year + 2)


def half_year_end_from(day: date) -> date:
    """The first 30 June or 31 December that is not before a day."""
    return min(end for end in ends_between(day, day + timedelta(days=370)) if end >= day)


def ends_between(first: date, last: date) -> list[date]:
    ends = (date(year, *month) for year in range(first.year, last.year + 1) for month in ((6, 30), (12, 31)))
    return [end for end in ends if first <= end <= last]


def shut_the_branch(weeks: Weeks, until: date) -> None:
    """A flood, a quarter of a year at a time, by the area's word: what is not due yet goes behind it."""
    branch, member = weeks.branch, weeks.members[0]
    before, first = [row["due_on"] for row in weeks.card(member)["rows"]], weeks.on() + A_DAY
    while first <= until:
        last = min(until, first + (MOST_DAYS - 1) * A_DAY)
        holiday = new_id()
        said = {
            "set": "branch",
            "office_id": branch.id,
            "samity_id": None,
            "on": first.isoformat(),
            "until_on": last.isoformat(),
            "name_bn": "বন্যা",
            "name_en": "Flood",
            "reason": "শাখার এলাকা পানির নিচে",
        }
        assert branch.manager.put(f"/holidays/{holiday}", said)["loans"] == 1
        branch.area_manager.post(f"/approvals/accounts/{holiday}/decision", {"approve": True})
        wait_until_due_after(weeks, member, last)
        first = last + A_DAY
    after = [row["due_on"] for row in weeks.card(member)["rows"]]
    assert after[:2] == before[:2]
    third, fourth = (date.fromisoformat(day) for day in after[2:])
    assert until < third <= until + 7 * A_DAY
    assert fourth == third + 7 * A_DAY


def wait_until_due_after(weeks: Weeks, member: str, day: date) -> None:
    """Until the third instalment, which was not due when the flood came, has moved behind a day."""
    eventually(lambda: date.fromisoformat(weeks.card(member)["rows"][2]["due_on"]) > day)


def check(weeks: Weeks, rows: Rows, books: connection) -> None:
    """The ledger is whole, and the card says what its rows say."""
    assert rows.faults() == []
    assert broken(books, LEDGER) == {}
    assert weeks.disagreements(rows, weeks.on()) == []


def provide(weeks: Weeks, member: str, books: connection, since: date, end: date) -> None:
    """The run of each half-year that has passed: what its class asks for beyond what is set aside already."""
    rows, stands, classes = Rows.read(books), 0, []
    for month_end in ends_between(since, end - A_DAY):
        counted = rows.standing(weeks.loans[member], month_end)
        needed = (counted.outstanding * PERCENT[counted.loan_class] + 50) // 100
        done = run_classes(weeks, month_end)
        assert (done["value_on"], paisa(done["provision_needed"])) == (month_end.isoformat(), needed)
        assert paisa(done["provision_booked"].removeprefix("-")) == abs(needed - stands)
        stands = needed
        classes.append(counted.loan_class)
    assert classes[0] in {"regular", "watchful"}
    assert classes[-1] == "bad"
    rows = Rows.read(books)
    assert held(rows, weeks, PROVISION) == stands == rows.standing(weeks.loans[member], end).outstanding
    check(weeks, rows, books)


def run_classes(weeks: Weeks, month_end: date) -> dict[str, Any]:
    """A month's run, asked for by the accountant and carried out."""
    path = f"/class-runs/{new_id()}"
    said = {"office_id": weeks.branch.id, "month": month_end.replace(day=1).isoformat()}
    weeks.branch.accountant.put(path, said)

    def finished() -> dict[str, Any] | None:
        run = weeks.branch.accountant.get(path)
        return run if run["state"] == "finished" else None

    return dict(eventually(finished))


def propose(weeks: Weeks, member: str) -> str:
    """Ask for the write-off, by the board's resolution."""
    asked = new_id()
    said = {"loan_id": weeks.loans[member], "resolution": "পর্ষদ ১৪/২০২৯", "reason": "দুই বছরের কু-ঋণ"}
    weeks.branch.manager.put(f"/write-offs/{asked}", said)
    return asked


def write_off(weeks: Weeks, member: str, books: connection, end: date) -> int:
    """Out of the portfolio against what is set aside, for the half-year's end; answers the claim in paisa."""
    branch, loan = weeks.branch, weeks.loans[member]
    counted = Rows.read(books).standing(loan, weeks.on())
    claim = counted.outstanding + max(0, counted.earned - counted.paid_charge)
    quoted = branch.manager.get(f"/loans/{loan}/write-off")
    assert (paisa(quoted["outstanding"]), paisa(quoted["claim"])) == (counted.outstanding, claim)
    asked = propose(weeks, member)
    branch.area_manager.post(f"/approvals/transactions/{asked}/decision", {"approve": True})

    assert weeks.card(member)["status"] == "written_off"
    rows = Rows.read(books)
    check(weeks, rows, books)
    assert rows.standing(loan, weeks.on()).outstanding == 0
    assert held(rows, weeks, PROVISION) == 0
    assert written_off_on(rows, weeks) == [end, end]
    assert branch.manager.get(f"/offices/{branch.id}/overdue-loans")["items"] == []
    return claim


def recover(weeks: Weeks, member: str, books: connection, claim: int) -> None:
    """Later she brings a part, then the rest: income, never more than the claim, and the loan stays ended."""
    loan, vault = weeks.loans[member], held(Rows.read(books), weeks, VAULT)
    part = bring(weeks, loan, 500)
    assert paisa(part["claim_left"]) == claim - 500_00
    rest = -(-(claim - 500_00) // 100)
    refused("OVER_THE_CLAIM", lambda: bring(weeks, loan, rest + 1))
    assert paisa(bring(weeks, loan, rest)["claim_left"]) == 0
    refused("OVER_THE_CLAIM", lambda: bring(weeks, loan, 1))

    rows = Rows.read(books)
    check(weeks, rows, books)
    assert held(rows, weeks, RECOVERED) == (500 + rest) * 100
    assert held(rows, weeks, VAULT) == vault + (500 + rest) * 100
    assert weeks.card(member)["status"] == "written_off"


def bring(weeks: Weeks, loan: str, taka: int) -> dict[str, Any]:
    """Money for what was written off, at the counter."""
    said = {"loan_id": loan, "amount": f"{taka}.00", "paid_by": "self"}
    return weeks.branch.accountant.put(f"/recoveries/{new_id()}", said)


def held(rows: Rows, weeks: Weeks, ledger: str) -> int:
    """What stands under a ledger of the branch, in paisa."""
    return sum(
        rows.balance(account)
        for account, row in rows.accounts.items()
        if row["ledger"] == ledger and str(row["office_id"]) == weeks.branch.id
    )


def written_off_on(rows: Rows, weeks: Weeks) -> list[date]:
    """The value dates of the postings by which loans of the branch were written off."""
    return [
        one["value_on"]
        for one in rows.postings
        if one["kind"] == "write_off" and str(rows.accounts[one["account"]]["office_id"]) == weeks.branch.id
    ]


def refused(code: str, deed: Any) -> None:
    with pytest.raises(Refused) as refusal:
        deed()
    assert refusal.value.code == code
