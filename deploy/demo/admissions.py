"""Three hundred women join: the officers' forms, the managers' approvals, one app account."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from demo.client import Person
from demo.credentials import new_pin
from demo.forms import admission_form

if TYPE_CHECKING:
    from demo.institution import Crew
    from demo.plan import Member, Plan, Samity

AT_ONCE = 6


def admit_everybody(crew: Crew) -> None:
    """Admit and approve every member of the plan."""
    forms = [(samity, member) for samity in crew.plan.samities for member in samity.members]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(lambda form: admit(crew, *form), forms):
            pass


def admit(crew: Crew, samity: Samity, member: Member) -> None:
    """The officer enters the form, the manager approves it; her savings account is opened with it."""
    applicant = crew.officer(samity).put(f"/members/{member.id}", form_of(crew.plan, samity, member))
    if applicant["status"] == "applicant":
        manager = crew.of("branch_manager", samity.branch)
        manager.post(f"/approvals/accounts/{applicant['approval_id']}/decision", {"approve": True})


def leave_applicants(crew: Crew) -> None:
    """One more woman in each branch has signed her form, and waits for the manager."""
    for branch, applicant in zip(crew.plan.branches(), crew.plan.applicants, strict=True):
        samity = next(one for one in crew.plan.samities if one.branch == branch.id)
        crew.officer(samity).put(f"/members/{applicant.id}", form_of(crew.plan, samity, applicant))


def form_of(plan: Plan, samity: Samity, member: Member) -> dict[str, Any]:
    """The signed paper form, typed."""
    signed_at = datetime.combine(plan.first_day, time(4, 30), UTC).isoformat().replace("+00:00", "Z")
    return admission_form(
        samity.id,
        name=member.name,
        husband=member.husband,
        husband_birth_on=member.husband_birth_on,
        birth_on=member.birth_on,
        nid=member.nid,
        mobile=member.mobile,
        village=samity.village,
        signed_at=signed_at,
    )


def issue_app_account(crew: Crew, samity: Samity, member: Member) -> dict[str, str]:
    """The accountant issues, the manager approves, she turns the slip's code into her PIN. Rule P1."""
    known = crew.notebook.page("member")
    if known:
        return known
    accountant, manager = (crew.of(role, samity.branch) for role in ("accountant", "branch_manager"))
    issue = crew.plan.id_of("login", member.id)
    approval = accountant.put(f"/members/{member.id}/login/issues/{issue}", {})
    decision = manager.post(f"/approvals/identity/{approval['id']}/decision", {"approve": True})
    code = accountant.get(f"/members/{member.id}")["code"]
    pin = new_pin()
    Person.arrive(crew.base_url, crew.plan.id_of("device", member.id)).activate(code, decision["secret"], pin)
    crew.notebook.note("member", "member_code", code)
    crew.notebook.note("member", "pin", pin)
    return {"member_code": code, "pin": pin}
