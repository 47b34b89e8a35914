"""What others tell of offices, staff, samities, members, overrides is kept; the newer version wins (T4)."""

from collections.abc import Mapping
from typing import Any

from transactions.models.applicants import applicants
from transactions.models.days import holidays
from transactions.models.projections import members, offices, overrides, samities, staff
from transactions.models.savings import member_contacts
from transactions.repository import Books


def project_office(books: Books, state: Mapping[str, Any]) -> None:
    """Keep an office as it is now."""
    books.people.project(offices, state)


def project_staff(books: Books, state: Mapping[str, Any]) -> None:
    """Keep a staff person in the posting he holds."""
    books.people.project(staff, {**state, "id": state["staff_id"]})


def project_samity(books: Books, state: Mapping[str, Any]) -> None:
    """Keep a samity as it is now."""
    books.people.project(samities, state)


def project_member(books: Books, state: Mapping[str, Any]) -> None:
    """Keep a member as she is now; who died is no member to be collected from (rule L5)."""
    deceased_on = state.get("deceased_on")
    frozen = deceased_on is not None and state["status"] in ("active", "closing")
    status = "deceased" if frozen else state["status"]
    books.people.project(members, {**state, "status": status, "deceased_on": deceased_on})


def project_applicant(books: Books, state: Mapping[str, Any]) -> None:
    """Keep who asked to become a member: the branch may hold money of hers (rule L8)."""
    books.people.project(applicants, state)


def project_contact(books: Books, state: Mapping[str, Any]) -> None:
    """Keep since when a member is reached at another number: money goes out with care then (rule M9)."""
    changed_on = state.get("mobile_changed_on")
    books.people.project(
        member_contacts,
        {"id": state["member_id"], "mobile_changed_on": changed_on, "version": state["version"]},
    )


def project_holiday(books: Books, state: Mapping[str, Any]) -> None:
    """Keep a declared holiday: sheets that nobody touched are taken back by the next round (rule L3)."""
    books.people.project(holidays, state)


def project_override(books: Books, state: Mapping[str, Any]) -> None:
    """Keep what two people let pass of the law, for its report (rule L2)."""
    books.people.project(overrides, state)
