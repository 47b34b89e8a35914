"""A small town for tests and benchmarks: branches with people, samities and members, through HTTP only.

Every test opens a branch of its own, so that no test meets the money of another.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from demo.client import Person
from demo.credentials import new_password, new_pin
from demo.days import notes
from demo.forms import admission_form, office_form, row_form, samity_form, staff_form
from demo.plan import Name, meeting_weekday, working_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS = 15
PASSWORD = new_password()
PIN = new_pin()
NAME = Name("আয়েশা খাতুন", "Ayesha Khatun")
HUSBAND = Name("করিম শেখ", "Karim Sheikh")
VILLAGE = Name("গোকুল", "Gokul")


def today() -> date:
    """The calendar day in Bangladesh, where the branches are."""
    return datetime.now(ZoneInfo("Asia/Dhaka")).date()


def new_id() -> str:
    """An id of the client's making."""
    return str(uuid4())


def eventually(question: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """Ask again until the answer is true, for what the product promises «within seconds»."""
    give_up = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < give_up, "it did not come true in time"
        time.sleep(0.1)
    return answer


@dataclass(slots=True)
class Town:
    """The institution of a test session, with its two founding administrators signed in."""

    base_url: str
    administrator: Person
    second: Person
    head_office: str
    serial: int = 0

    @classmethod
    def found(cls, base_url: str, founding: Path) -> Town:
        """The founders' first sign-in, after which their one-time passwords are worth nothing."""
        founders = json.loads(founding.read_text())["administrators"]
        first, second = (
            Person.arrive(base_url).choose_password(one["username"], one["password"], PASSWORD)
            for one in founders
        )
        offices = first.get("/offices")["items"]
        return cls(base_url, first, second, next(o["id"] for o in offices if o["level"] == "head_office"))

    def open_area(self) -> str:
        """An area below the head office; answers its id."""
        self.serial += 1
        area, code = new_id(), f"A{self.serial}"
        name = Name(f"এলাকা {code}", f"Area {code}")
        form = office_form(code, "area", self.head_office, name, today() - timedelta(days=500))
        self.administrator.put(f"/offices/{area}", form)
        return area

    def open_branch(self, on: date | None = None, *, below: str | None = None) -> Branch:
        """A branch with a manager, an accountant and an officer, and its first day open.

        Below an area, an area manager stands above it.
        """
        self.serial += 1
        branch = Branch(self, new_id(), f"{200 + self.serial}", working_day(on or today()))
        name = Name(f"শাখা {branch.code}", f"Branch {branch.code}")
        above = below or self.head_office
        form = office_form(branch.code, "branch", above, name, branch.on - timedelta(days=400))
        self.administrator.put(f"/offices/{branch.id}", form)
        for role in ("branch_manager", "accountant", "field_officer"):
            self.hire(branch, role)
        if below:
            self.hire(branch, "area_manager", office_id=below)
        eventually(lambda: opened(branch))
        return branch

    def hire(
        self, branch: Branch, role: str, name: str | None = None, *, office_id: str | None = None
    ) -> Person:
        """A staff person: proposed by one administrator, approved by the other. Rule P7."""
        username = f"{name or role}{branch.code}".replace("_", "")
        staff = new_id()
        form = staff_form(
            username,
            role,
            office_id or branch.id,
            name=Name("রহিমা খাতুন", f"Rahima {role}"),
            mobile=f"017{uuid4().int % 10**8:08d}",
            from_on=branch.on - timedelta(days=300),
        )
        approval = self.administrator.put(f"/staff/{staff}", form)
        decision = self.second.post(f"/approvals/identity/{approval['id']}/decision", {"approve": True})
        person = Person.arrive(self.base_url, new_id())
        person.choose_password(username, decision["secret"], PASSWORD)
        branch.people[name or role] = person
        branch.ids[name or role] = staff
        branch.usernames[name or role] = username
        return person


def opened(branch: Branch) -> bool:
    """Open the first day, once the news of the branch has reached the ledger."""
    day = branch.manager.get(f"/offices/{branch.id}/day")
    if day["status"] == "none":
        branch.manager.post(f"/offices/{branch.id}/days", {"on": branch.on.isoformat()})
    return True


@dataclass(slots=True)
class Branch:
    """One branch of the town, on its open day."""

    town: Town
    id: str
    code: str
    on: date
    people: dict[str, Person] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    usernames: dict[str, str] = field(default_factory=dict)

    @property
    def manager(self) -> Person:
        """The branch's manager, signed in."""
        return self.people["branch_manager"]

    @property
    def accountant(self) -> Person:
        """The branch's accountant, signed in."""
        return self.people["accountant"]

    @property
    def area_manager(self) -> Person:
        """Who stands above the branch, signed in; only of one that was opened below an area."""
        return self.people["area_manager"]

    @property
    def officer(self) -> Person:
        """The branch's first field officer, signed in."""
        return self.people["field_officer"]

    def open_samity(self, officer: str = "field_officer", weekday: int | None = None) -> str:
        """A samity that meets on the open day; answers its id."""
        samity = new_id()
        body = samity_form(
            self.id,
            self.ids[officer],
            weekday or meeting_weekday(self.on),
            name=Name("শাপলা মহিলা সমিতি", "Shapla Mohila Samity"),
            village=VILLAGE,
            opened_on=self.on - timedelta(days=100),
            max_members=100,
        )
        eventually(lambda: self.town.administrator.put(f"/samities/{samity}", body))
        return samity

    def admit(self, samity: str, **changes: Any) -> str:
        """A member whose admission is approved and whose savings account is open; answers her id."""
        member = new_id()
        applicant = self.officer.put(f"/members/{member}", admission(samity, self.on) | changes)
        self.manager.post(f"/approvals/accounts/{applicant['approval_id']}/decision", {"approve": True})
        eventually(lambda: savings_of(self.manager, member)["status"] == "open")
        return member

    def issue_login(self, member: str) -> Person:
        """Her app account: issued, approved, and the slip's code turned into a PIN. Rule P1."""
        approval = eventually(lambda: self.accountant.put(f"/members/{member}/login/issues/{new_id()}", {}))
        decision = self.manager.post(f"/approvals/identity/{approval['id']}/decision", {"approve": True})
        code = self.accountant.get(f"/members/{member}")["code"]
        return Person.arrive(self.town.base_url, new_id()).activate(code, decision["secret"], PIN)

    def todays_sheet(self, samity: str) -> dict[str, Any]:
        """The samity's regular sheet of the open day, with all of its members on it."""
        sheets = self.officer.get("/sheets", on=self.on.isoformat())["items"]
        found = next(one for one in sheets if one["samity_id"] == samity)
        return self.officer.get(f"/sheets/{found['id']}")

    def count_vault(self, moment: str, taka: int = 0) -> None:
        """The vault counted by one person and confirmed by another. Rule M7."""
        count = new_id()
        path = f"/offices/{self.id}/days/{self.on.isoformat()}/vault-counts/{count}"
        self.accountant.put(path, {"moment": moment, "denominations": notes(taka)})
        self.manager.post(f"/vault-counts/{count}/confirmation")

    def hand_over(self, sheets: list[str], total: str) -> str:
        """The officer puts the cash of some sheets on the table; answers the hand-over's id."""
        handover = new_id()
        self.officer.put(f"/hand-overs/{handover}", {"sheet_ids": sheets, "declared_total": total})
        return handover

    def authorise(self, handover: str, taka: int) -> dict[str, Any]:
        """The accountant counts the notes and posts the hand-over."""
        count = new_id()
        self.accountant.put(f"/hand-overs/{handover}/counts/{count}", {"denominations": notes(taka)})
        return self.accountant.post(f"/hand-overs/{handover}/authorisation", {"count_id": count})

    def trial_balance(self) -> dict[str, Any]:
        """The trial balance of the open day."""
        return self.manager.get(f"/offices/{self.id}/trial-balance")


def savings_of(person: Person, member: str) -> dict[str, Any]:
    """Her first savings account, as accounts knows it."""
    return dict(person.get(f"/members/{member}")["savings"][0])


def admission(samity: str, today: date) -> dict[str, Any]:
    """A complete admission form; a test changes what it is about."""
    born = date(today.year - 30, 2, 3)
    return admission_form(
        samity,
        name=NAME,
        husband=HUSBAND,
        husband_birth_on=date(1988, 5, 1),
        birth_on=born,
        nid=f"{born.year}{uuid4().int % 10**13:013d}",
        mobile=f"018{uuid4().int % 10**8:08d}",
        village=VILLAGE,
        signed_at=right_now(),
    )


def row(line: dict[str, Any], receipt: str, amount: str | None, nothing: str | None = None) -> dict[str, Any]:
    """One row for a member of a sheet: an amount, or the reason why there was none."""
    account = line["accounts"][0]["account_id"]
    said = {"row_id": new_id(), "receipt": receipt, "amount": amount, "nothing": nothing}
    return row_form(line, account, right_now(), **said)


def right_now() -> str:
    """This second, as the wire writes an instant."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
