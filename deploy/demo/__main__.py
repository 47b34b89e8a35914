"""`python -m demo`: make the demonstration institution through the HTTP door, and say how to sign in."""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

from demo.admissions import admit_everybody, issue_app_account, leave_applicants
from demo.credentials import write_private
from demo.days import BranchStory
from demo.institution import Crew, found_institution, open_samities
from demo.notebook import Notebook
from demo.plan import make_plan
from demo.products import set_products
from demo.town import today


def main() -> None:
    """Make the demo; a second run goes on where the first one stopped."""
    wanted = arguments()
    plan = make_plan(wanted.seed, wanted.anchor)
    founders = json.loads(wanted.founding.read_text())["administrators"]
    crew = Crew(wanted.base_url, plan, Notebook.open(wanted.out.with_name("demo-notebook.json")), {})
    make_institution(crew, founders)
    samity = next(one for one in plan.samities if one.branch == plan.branches()[0].id)
    member = issue_app_account(crew, samity, samity.members[0])
    write_private(wanted.out, sign_ins(crew, founders, member))


def arguments() -> argparse.Namespace:
    """What the demo is told."""
    parser = argparse.ArgumentParser(prog="demo", description=__doc__)
    parser.add_argument("--base-url", required=True, help="the gateway, for example http://127.0.0.1:8000")
    parser.add_argument(
        "--founding", type=Path, required=True, help="the founding administrators' one-time passwords"
    )
    parser.add_argument("--out", type=Path, required=True, help="where the sign-ins are written")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument(
        "--anchor",
        type=date.fromisoformat,
        default=datetime.now().astimezone().date(),
        help="the branches' open day",
    )
    return parser.parse_args()


def make_institution(crew: Crew, founders: list[dict[str, str]]) -> None:
    """Everything of the plan, in the order in which an institution grows."""
    found_institution(crew, founders)
    proposer, approver = (crew.people[founder["username"]] for founder in founders)
    set_products(proposer, approver, today=today(), id_of=crew.plan.id_of)
    open_samities(crew, proposer)
    stories = [BranchStory(crew, branch) for branch in crew.plan.branches()]
    for story in stories:
        story.open_first_day()
    admit_everybody(crew)
    with ThreadPoolExecutor(len(stories)) as pool:
        for _ in pool.map(BranchStory.live, stories):
            pass
    stories[-1].leave_cash_on_the_table()
    leave_applicants(crew)


def sign_ins(crew: Crew, founders: list[dict[str, str]], member: dict[str, str]) -> dict[str, object]:
    """The demo's facts for programs: one sign-in for each role, of the first branch."""
    names = dict(
        zip(("administrator", "second_administrator"), (one["username"] for one in founders), strict=True)
    )
    for staff in crew.plan.staff:
        names.setdefault(staff.key, staff.username)
    users: dict[str, dict[str, str]] = {
        key: {"username": name, "password": crew.notebook.password_of(name) or ""}
        for key, name in names.items()
    }
    return {"base_url": crew.base_url, "users": {**users, "member": member}}


if __name__ == "__main__":
    main()
