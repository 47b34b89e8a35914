"""What a branch's members complain of, and what is done about it, for tests of the register (rule P4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contracts.transactions.complaints import (
    ACKNOWLEDGE_COMPLAINT,
    ANSWER_COMPLAINT,
    GET_COMPLAINT,
    LIST_COMPLAINTS,
    MAKE_OWN_COMPLAINT,
    TAKE_COMPLAINT,
)
from tests.support.branch import new_id

if TYPE_CHECKING:
    from contracts.actor import Actor
    from tests.support.branch import Branch

MISSING = {"about": "no_entry", "on": "2026-11-20", "said": "I gave 200 taka and it is not in the app"}
RIGHT = {"outcome": "book_right", "answer": "She had paid on the day after"}


def code(branch: Branch, name: str) -> str:
    return f"GS.{branch.code}.{name}.01"


def say(branch: Branch, name: str = "Rahima", complaint_id: str | None = None, **more: Any) -> str:
    """Let a member say herself what is wrong: a missing line, unless it is something else."""
    asked = {"id": complaint_id or new_id(), **MISSING, "account_code": code(branch, name), **more}
    return str(branch.ask(MAKE_OWN_COMPLAINT, branch.member(name), **asked)["id"])


def take(branch: Branch, by: Actor, **more: Any) -> dict[str, Any]:
    """Let somebody of the staff write down what Rahima says of a missing line."""
    asked = {"id": new_id(), **MISSING, "account_code": code(branch, "Rahima"), "via": "counter", **more}
    return branch.ask(TAKE_COMPLAINT, by, **{"member_code": f"{branch.code}.Rahima", **asked})


def of_behavior(branch: Branch, name: str = "Rahima", **more: Any) -> str:
    said = {"about": "conduct", "said": "He shouted at me", "account_code": None, "on": None}
    return say(branch, name, **(said | more))


def case(branch: Branch, complaint_id: str, by: Actor | None = None) -> dict[str, Any]:
    return branch.ask(GET_COMPLAINT, by or branch.manager, id=complaint_id)


def answer(branch: Branch, complaint_id: str, by: Actor, **found: Any) -> dict[str, Any]:
    return branch.ask(ANSWER_COMPLAINT, by, id=complaint_id, **(RIGHT | found))


def acknowledge(branch: Branch, complaint_id: str, by: Actor | None = None, **more: Any) -> dict[str, Any]:
    return branch.ask(ACKNOWLEDGE_COMPLAINT, by or branch.manager, id=complaint_id, **more)


def listed(branch: Branch, by: Actor, **asked: Any) -> list[str]:
    answered = branch.ask(LIST_COMPLAINTS, by, office_id=branch.id, **asked)
    return [one["id"] for one in answered["items"]]
