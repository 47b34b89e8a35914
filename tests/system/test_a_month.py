"""A month of two branches: every report says what a clerk's book says, and `./mikrof verify` finds nothing.

Daily sheets, absences, advances, fees taken at a samity, money by telephone with the provider's file, savings
for a term, a holiday, a death, a settlement, a write-off and what is recovered of it, cash short once, the
month's end, interest. A loan is written off after years: a flood shuts both branches until the month before.
They work at once, as branches do.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from demo.town import eventually, today
from tests.support.hand_asked import taka
from tests.support.hand_book import A_DAY
from tests.support.hand_compare import disagreements
from tests.support.month_life import WEEK, Calendar, House
from tests.support.month_money import Beside, Stated, import_file, name_the_unnamed, save_for_a_year

if TYPE_CHECKING:
    from datetime import date

    from bench.installation import Installation
    from demo.town import Town

ROOT = Path(__file__).resolve().parents[2]
SOUND = ["0 faults", "0 differences between the services"]
SAVED, HERS = 6000, "2050123456789"
LENT = {
    "Wahida": 4000,
    "Amena": 4000,
    "Bilkis": 4000,
    "Champa": 3000,
    "Eva": 5000,
    "Golapi": 4000,
    "Hasna": 5000,
    "Iffat": 4000,
    "Jhorna": 3000,
}
"""In taka, against savings of as much or more: what is lent was saved before."""


class North:
    """The branch with the loan that is written off, a holiday, a settlement and cash that is short."""

    def __init__(self, house: House, days: Calendar) -> None:
        self.house, self.days = house, days
        here = days.begins_on.weekday()
        self.first = house.gather(here, "Amena", "Bilkis", "Champa", "Wahida")
        self.second = house.gather(days.other_weekday, "Eva", "Fatema")
        self.meetings = 0
        self.sent_on: date | None = None

    def years(self) -> None:
        """Wahida pays nothing; then the flood."""
        house, days = self.house, self.days
        house.weeks.branch.count_vault("opening")
        house.agree("Wahida", "Fatema", LENT["Wahida"], bank_account=HERS)
        for name, guarantor in (
            ("Amena", "Bilkis"),
            ("Bilkis", "Champa"),
            ("Champa", "Amena"),
            ("Eva", "Fatema"),
        ):
            house.agree(name, guarantor, LENT[name])
        house.pay_out("Wahida", LENT["Wahida"], HERS)
        house.rest(days.begins_on + A_DAY, days.begins_on + 3 * WEEK - A_DAY)
        house.evening(days.begins_on + 3 * WEEK)
        house.evening()
        house.rest(house.on() + A_DAY, days.lent_on - A_DAY)
        house.evening(days.lent_on)

    def lend(self) -> None:
        for name in ("Amena", "Bilkis", "Champa", "Eva"):
            self.house.deposit(name, SAVED)
            self.house.pay_out(name, LENT[name])
        self.house.deposit("Fatema", 700)
        self.house.repay("Champa", 500)
        self.house.meet(self.first, {"Amena": 50, "Bilkis": 50}, {}, absent=("Wahida",))

    def morning(self, on: date) -> None:
        house, days = self.house, self.days
        if self.sent_on:
            stated = Stated(("Amena", 50), saved=("Fatema", 150), repaid=("Bilkis", 100), unnamed=75)
            import_file(house, self.sent_on, stated)
            name_the_unnamed(house, "Eva", self.sent_on)
            self.sent_on = None
        if on == Calendar.working(days.first_meeting + WEEK + A_DAY):
            house.rest(days.first_meeting + 2 * WEEK, days.first_meeting + 2 * WEEK)
            house.deposit_by_mistake("Fatema", 200)
            house.withdraw("Fatema", 100)
        if on == Calendar.working(days.first_meeting + 2 * WEEK + A_DAY):
            house.settle("Eva")
        if on == days.written_off_on:
            house.write_off("Wahida", days.end)

    def meet_first(self, on: date) -> None:
        house, week = self.house, (on - self.days.first_meeting).days // 7
        repaid = house.to_pay("Amena", "Champa")
        if week == 0:
            repaid["Champa"] *= 2
        repaid |= {1: {"Bilkis": 500}, 3: {"Bilkis": 1000}}.get(week, {})
        absent = ("Wahida", "Bilkis") if week == 0 else ("Wahida",)
        fees = {"Amena": ("passbook_fee", 10), "Bilkis": ("risk_premium", 40), "Champa": ("form_fee", 15)}
        beside = Beside(fees=fees, by_telephone=("Amena",)) if week == 1 else Beside()
        self.sent_on = on if week == 1 else None
        house.meet(self.first, {"Amena": 50, "Champa": 30}, repaid, absent=absent, beside=beside)

    def meet_second(self, _on: date) -> None:
        self.meetings += 1
        short = 20 if self.meetings == 1 else 0
        self.house.meet(self.second, {"Eva": 40, "Fatema": 60}, self.house.to_pay("Eva"), short=short)


class South:
    """The branch with a loan settled within a period, and a death in the flood that is told late."""

    def __init__(self, house: House, days: Calendar) -> None:
        self.house, self.days = house, days
        self.first = house.gather(days.begins_on.weekday(), "Golapi", "Hasna", "Iffat")
        self.second = house.gather(days.other_weekday, "Jhorna", "Kona")
        self.seen: list[tuple[str, int, dict[str, Any]]] = []
        self.meetings = 0

    def years(self) -> None:
        self.house.weeks.branch.count_vault("opening")
        for name, guarantor in (
            ("Iffat", "Golapi"), ("Golapi", "Hasna"), ("Hasna", "Kona"), ("Jhorna", "Kona")
        ):  # fmt: skip
            self.house.agree(name, guarantor, LENT[name])
        self.begin_with("Iffat")
        self.house.rest(self.days.begins_on + A_DAY, self.days.lent_on - A_DAY)
        self.house.evening(self.days.lent_on)

    def lend(self) -> None:
        for name in ("Golapi", "Hasna", "Jhorna"):
            self.begin_with(name)
        self.house.deposit("Kona", 800)
        self.house.fee("Kona", "passbook", 10)
        save_for_a_year(self.house, "Kona", "term_savings", 500)
        save_for_a_year(self.house, "Jhorna", "lump_savings", 5000)
        self.house.meet(self.first, {"Golapi": 50, "Hasna": 50}, {}, absent=("Iffat",))

    def begin_with(self, name: str) -> None:
        self.house.deposit(name, SAVED)
        self.house.fee(name, "risk_premium", 40)
        self.house.pay_out(name, LENT[name])

    def morning(self, on: date) -> None:
        house, days = self.house, self.days
        if on == Calendar.working(days.first_meeting + WEEK + 2 * A_DAY):
            house.bury("Iffat", days.begins_on)
        if on == Calendar.working(days.first_meeting + 2 * WEEK + 3 * A_DAY):
            house.settle("Golapi")

    def meet_first(self, on: date) -> None:
        house, week = self.house, (on - self.days.first_meeting).days // 7
        repaid = house.to_pay("Golapi", "Hasna")
        if week == 1:
            repaid.pop("Hasna")
        absent = ("Hasna", "Iffat") if week == 1 else ("Iffat",)
        beside = Beside(before_it_is_counted=self.look if week == 0 else None)
        house.meet(self.first, {"Golapi": 50}, repaid, absent=absent, beside=beside)

    def meet_second(self, _on: date) -> None:
        self.meetings += 1
        beside = Beside(terms={"Kona": 500} if self.meetings == 1 else {})
        repaid = self.house.to_pay("Jhorna")
        self.house.meet(self.second, {"Jhorna": 50, "Kona": 50}, repaid, beside=beside)

    def look(self, samity: str, total: int) -> None:
        """What is on a sheet and not in the book yet."""
        branch = self.house.weeks.branch
        asked = {"office_id": branch.id, "on": self.house.on().isoformat()}
        self.seen.append((samity, total, branch.area_manager.get("/reports/unauthorised", **asked)))


def live(story: North | South) -> None:
    """Years, and then the month, day by day, until the first day after it."""
    house, days = story.house, story.days
    story.years()
    house.end_months(days.begins_on.replace(day=1), (days.lent_on.replace(day=1) - A_DAY).replace(day=1))
    house.rest(house.on() + A_DAY, days.opens_on - A_DAY)
    story.lend()
    house.evening(days.opens_on)
    house.end_months(days.lent_on.replace(day=1), (days.month - A_DAY).replace(day=1))
    while house.on() < days.last:
        meet(story)
        house.evening()
    meet(story)


def meet(story: North | South) -> None:
    on = story.house.on()
    story.morning(on)
    if on.weekday() == story.days.begins_on.weekday():
        story.meet_first(on)
    if on.weekday() == story.days.other_weekday:
        story.meet_second(on)


@pytest.mark.counts("audit")
@pytest.mark.rule("M7")
@pytest.mark.rule("M15")
@pytest.mark.rule("L3")
@pytest.mark.rule("L5")
def test_every_report_of_a_month_says_what_a_clerk_has_written(mikrof: Installation, town: Town) -> None:
    area = town.open_area()
    houses = [House.found(town, area, mikrof.database("transactions")) for _ in range(2)]
    days = Calendar(houses[0].on())
    with ThreadPoolExecutor(2) as pool:
        stories: list[Any] = list(pool.map(lambda of, house: of(house, days), (North, South), houses))
        list(pool.map(live, stories))
    end_the_month(area, houses, days)
    houses[0].recover("Wahida", 500)

    find_the_dormant(mikrof, houses[0])
    [unauthorised] = stories[1].seen
    assert unauthorised_rows(unauthorised[2]) == [(unauthorised[0], taka(unauthorised[1] * 100))]
    assert disagreements(area, houses, days) == []
    assert days_sealed(area, houses) == {house.weeks.branch.id: house.closed for house in houses}
    assert verified(mikrof) == (0, SOUND)


def end_the_month(area: str, houses: list[House], days: Calendar) -> None:
    """The area lets the month of both branches end at once."""
    person, asked = houses[0].weeks.branch.area_manager, {"month": days.month.isoformat()}
    assert person.post(f"/offices/{area}/month-ends", asked)["branches"] == 2
    path = f"/offices/{area}/month-ends"
    eventually(lambda: {one["state"] for one in person.get(path, **asked)["items"]} == {"closed"})
    for house in houses:
        house.book.end_of_month(house.name, days.month, house.on())


def find_the_dormant(mikrof: Installation, house: House) -> None:
    """The batch process looks for them once a month and branch, and whenever it has begun anew."""
    os.kill(mikrof.process_of("transactions.batch"), signal.SIGKILL)
    flagged = "SELECT count(*) FROM accounts WHERE member_id = %s AND dormant_since IS NOT NULL"
    eventually(lambda: house.ask(flagged, house.ids["Wahida"]), 30)


def days_sealed(area: str, houses: list[House]) -> Counter[str]:
    """How many days of each branch were sealed, as the register of who did what says (P12)."""
    person, found = houses[0].weeks.branch.area_manager, Counter[str]()
    asked: dict[str, Any] = {"office_id": area, "from_on": (today() - A_DAY).isoformat()}
    asked |= {"to_on": today().isoformat(), "limit": 200}
    page: dict[str, Any] = {"next": ""}
    while page["next"] is not None:
        page = person.get("/reports/audit", **asked, **({"after": page["next"]} if page["next"] else {}))
        keys = [column["key"] for column in page["columns"]]
        rows = [dict(zip(keys, row["cells"], strict=True)) for row in page["rows"] if row["kind"] == "row"]
        found.update(row["subject_id"] for row in rows if row["deed"] == "seal_day")
    return found


def unauthorised_rows(page: dict[str, Any]) -> list[tuple[str, str]]:
    keys = [column["key"] for column in page["columns"]]
    at = keys.index("samity_code"), keys.index("pending_amount")
    return [tuple(row["cells"][place] for place in at) for row in page["rows"] if row["kind"] == "row"]


def verified(mikrof: Installation) -> tuple[int, list[str]]:
    """What an operator is told."""
    environment = os.environ | {"MIKROF_RUN": str(mikrof.places.run)}
    command = [str(ROOT / "mikrof"), "verify"]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
    return said.returncode, said.stdout.splitlines()
