"""Offices, staff and samities: the administrators' part of the demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from demo.client import Person
from demo.credentials import new_password
from demo.forms import office_form, samity_form, staff_form

if TYPE_CHECKING:
    from demo.notebook import Notebook
    from demo.plan import Plan, Samity, Staff

STAFF_JOINED_BEFORE = timedelta(days=400)


@dataclass(slots=True)
class Crew:
    """Everybody signed in, by user name; `notebook` keeps their passwords."""

    base_url: str
    plan: Plan
    notebook: Notebook
    people: dict[str, Person]

    def of(self, role: str, office: str) -> Person:
        """The signed-in person of a role at an office."""
        return self.people[self.plan.person(role, office).username]

    def officer(self, samity: Samity) -> Person:
        """The signed-in officer of a samity."""
        return self.people[next(one.username for one in self.plan.staff if one.id == samity.officer)]


def arrive(crew: Crew, username: str, one_time: str | None) -> Person:
    """Sign a staff person in; on the first arrival the one-time password becomes one's own."""
    person = Person.arrive(crew.base_url, crew.plan.id_of("device", username))
    known = crew.notebook.password_of(username)
    if known:
        person.sign_in_staff(username, known)
    else:
        password = new_password()
        person.choose_password(username, one_time or crew.notebook.slip_of(username), password)
        crew.notebook.keep_password(username, password)
    crew.people[username] = person
    return person


def found_institution(crew: Crew, founders: list[dict[str, str]]) -> None:
    """Open the offices, then create the staff: one administrator proposes, the other approves. Rule P7."""
    proposer, approver = (arrive(crew, founder["username"], founder["password"]) for founder in founders)
    head_office = next(
        office for office in proposer.get("/offices")["items"] if office["level"] == "head_office"
    )
    for office in crew.plan.offices:
        proposer.put(
            f"/offices/{office.id}",
            office_form(
                office.code,
                office.level,
                office.parent or head_office["id"],
                office.name,
                crew.plan.first_day - STAFF_JOINED_BEFORE,
            ),
        )
    for staff in crew.plan.staff:
        hire(crew, staff, proposer, approver)


def hire(crew: Crew, staff: Staff, proposer: Person, approver: Person) -> None:
    """Create one staff person, and let him choose his password."""
    if not crew.notebook.password_of(staff.username) and not crew.notebook.has_slip(staff.username):
        form = staff_form(
            staff.username,
            staff.role,
            staff.office,
            name=staff.name,
            mobile=staff.mobile,
            from_on=crew.plan.first_day - STAFF_JOINED_BEFORE,
        )
        approval = proposer.put(f"/staff/{staff.id}", form)
        decision = approver.post(f"/approvals/identity/{approval['id']}/decision", {"approve": True})
        crew.notebook.keep_slip(staff.username, decision["secret"])
    arrive(crew, staff.username, None)


def open_samities(crew: Crew, administrator: Person) -> None:
    """Open the samities of both branches."""
    for samity in crew.plan.samities:
        administrator.put(
            f"/samities/{samity.id}",
            samity_form(
                samity.branch,
                samity.officer,
                samity.weekday,
                name=samity.name,
                village=samity.village,
                opened_on=crew.plan.first_day - STAFF_JOINED_BEFORE / 2,
            ),
        )
