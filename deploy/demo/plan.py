"""The institution on paper: who works where and who belongs to which samity, fixed by seed and anchor date.

Pure: the same seed and anchor give the same plan, ids included. Passwords and PINs are not part of it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from faker import Faker

from demo.romanize import romanize

FRIDAY = 4
BRANCHES = (("101", "বগুড়া সদর", "Bogura Sadar"), ("102", "শেরপুর", "Sherpur"))
VILLAGES = (
    ("ঠেঙ্গামারা", "Thengamara"), ("গোকুল", "Gokul"), ("নামুজা", "Namuja"),
    ("শাখারিয়া", "Shakharia"), ("মাদলা", "Madla"), ("নিশিন্দারা", "Nishindara"),
    ("খানপুর", "Khanpur"), ("গাড়িদহ", "Garidaha"), ("কুসুম্বী", "Kusumbi"),
    ("মির্জাপুর", "Mirzapur"), ("সুঘাট", "Sughat"), ("ভবানীপুর", "Bhabanipur"),
)  # fmt: skip
SAMITIES_PER_BRANCH = 6
MEMBERS_PER_SAMITY = 25
WORKING_DAYS_BACK = 12


@dataclass(frozen=True, slots=True)
class Name:
    """A person's or a place's name in both scripts."""

    bn: str
    en: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office of the tree; `parent` is the id of the one above."""

    id: str
    code: str
    level: str
    name: Name
    parent: str | None


@dataclass(frozen=True, slots=True)
class Staff:
    """A staff person with a first posting; `key` is how demo.json calls the first of each role."""

    id: str
    key: str
    username: str
    role: str
    office: str
    name: Name
    mobile: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the admission form has her."""

    id: str
    name: Name
    husband: Name
    birth_on: date
    nid: str
    mobile: str
    husband_birth_on: date
    weekly_savings: int


@dataclass(frozen=True, slots=True)
class Samity:
    """A samity with its meeting weekday (1 = Saturday … 6 = Thursday)."""

    id: str
    branch: str
    name: Name
    village: Name
    weekday: int
    officer: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the demo will make."""

    seed: int
    anchor: date
    first_day: date
    offices: tuple[Office, ...]
    staff: tuple[Staff, ...]
    samities: tuple[Samity, ...]
    applicants: tuple[Member, ...]

    def id_of(self, *parts: object) -> str:
        """The id of anything of this plan: the same words give the same id."""
        return made_id(self.seed, *parts)

    def branches(self) -> tuple[Office, ...]:
        """The branches, in order of their codes."""
        return tuple(office for office in self.offices if office.level == "branch")

    def person(self, role: str, office: str) -> Staff:
        """The first person of a role at an office."""
        return next(one for one in self.staff if one.role == role and one.office == office)


def made_id(seed: int, *parts: object) -> str:
    """A version-5 UUID of the seed and some words."""
    return str(uuid5(NAMESPACE_URL, "mikrof-demo/" + "/".join(str(part) for part in (seed, *parts))))


def working_day(day: date) -> date:
    """The day itself, or the last one before it that is not a Friday."""
    return day - timedelta(days=1) if day.weekday() == FRIDAY else day


def working_days_before(anchor: date, count: int) -> list[date]:
    """The working days before an anchor, oldest first; Friday is the weekly holiday."""
    days: list[date] = []
    day = anchor
    while len(days) < count:
        day = working_day(day - timedelta(days=1))
        days.append(day)
    return days[::-1]


def meeting_weekday(day: date) -> int:
    """The field's number of a weekday: Saturday is 1, Friday 7."""
    return (day.weekday() - 5) % 7 + 1


@dataclass(slots=True)
class People:
    """Draws believable persons, always the same ones for a seed."""

    seed: int
    faker: Faker = field(init=False)
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.faker = Faker("bn_BD")
        self.faker.seed_instance(self.seed)
        self.dice = random.Random(self.seed)

    def woman(self) -> Name:
        """A woman's name."""
        return self.both(f"{self.faker.first_name_female()} {self.faker.last_name_female()}")

    def man(self) -> Name:
        """A man's name."""
        return self.both(f"{self.faker.first_name_male()} {self.faker.last_name_male()}")

    def both(self, bangla: str) -> Name:
        """The name with its Latin twin."""
        return Name(bangla, romanize(bangla))

    def mobile(self) -> str:
        """A mobile number as people write it: eleven digits."""
        return f"01{self.dice.choice('3456789')}{self.dice.randrange(10**8):08d}"

    def nid(self, born: date) -> str:
        """A seventeen-digit national identity number, which begins with the birth year."""
        return f"{born.year}{self.dice.randrange(10**13):013d}"

    def born(self, today: date, youngest: int, oldest: int) -> date:
        """A birth date for an age between two bounds, in years."""
        return today - timedelta(days=self.dice.randint(youngest * 366, oldest * 365))


def make_plan(seed: int, anchor: date) -> Plan:
    """The whole institution for a seed; the anchor is the open day (a Friday becomes its Thursday)."""
    anchor = working_day(anchor)
    people = People(seed)
    offices = plan_offices(seed)
    branches = tuple(office for office in offices if office.level == "branch")
    staff = plan_staff(seed, people, offices)
    samities = tuple(
        plan_samity(seed, people, anchor, (branch, staff), number)
        for branch in branches
        for number in range(SAMITIES_PER_BRANCH)
    )
    first_day = working_days_before(anchor, WORKING_DAYS_BACK)[0]
    applicants = tuple(
        plan_member(made_id(seed, "applicant", branch.code), people, anchor) for branch in branches
    )
    return Plan(seed, anchor, first_day, offices, staff, samities, applicants)


def plan_offices(seed: int) -> tuple[Office, ...]:
    """An area and its two branches; the head office was founded before."""
    area = Office(made_id(seed, "area"), "A01", "area", Name("বগুড়া এলাকা", "Bogura Area"), None)
    branches = (
        Office(made_id(seed, "branch", code), code, "branch", Name(f"{bn} শাখা", f"{en} Branch"), area.id)
        for code, bn, en in BRANCHES
    )
    return (area, *branches)


def plan_staff(seed: int, people: People, offices: tuple[Office, ...]) -> tuple[Staff, ...]:
    """The people of the area and the branches, as many as a small branch has."""
    area, *branches = offices
    places = [("area_manager", "area_manager", area, "area"), ("auditor", "auditor", area, "auditor")]
    for number, branch in enumerate(branches, start=1):
        places += [
            ("branch_manager", "branch_manager", branch, f"manager{number}"),
            ("accountant", "accountant", branch, f"accountant{number}"),
            ("field_officer", "field_officer", branch, f"officer{number}a"),
            ("field_officer", "field_officer_2", branch, f"officer{number}b"),
        ]
    return tuple(
        Staff(made_id(seed, "staff", username), key, username, role, office.id, people.man(), people.mobile())
        for role, key, office, username in places
    )


def plan_samity(
    seed: int, people: People, anchor: date, place: tuple[Office, tuple[Staff, ...]], number: int
) -> Samity:
    """A samity: the first of a branch meets on the anchor's weekday: there is something to collect."""
    branch, staff = place
    officers = [one for one in staff if one.role == "field_officer" and one.office == branch.id]
    village = Name(*VILLAGES[number + SAMITIES_PER_BRANCH * (branch.code == BRANCHES[1][0])])
    words = (branch.code, number)
    return Samity(
        made_id(seed, "samity", *words),
        branch.id,
        Name(f"{village.bn} মহিলা সমিতি", f"{village.en} Mohila Samity"),
        village,
        (meeting_weekday(anchor) - 1 + number) % 6 + 1,
        officers[number % len(officers)].id,
        tuple(
            plan_member(made_id(seed, "member", *words, i), people, anchor) for i in range(MEMBERS_PER_SAMITY)
        ),
    )


def plan_member(member: str, people: People, anchor: date) -> Member:
    """A member between 20 and 55, with her husband as nominee and a usual weekly saving in taka."""
    born = people.born(anchor, 20, 55)
    return Member(
        member,
        people.woman(),
        people.man(),
        born,
        people.nid(born),
        people.mobile(),
        people.born(anchor, 22, 60),
        people.dice.choice((20, 30, 50, 50, 100, 100, 150, 200)),
    )
