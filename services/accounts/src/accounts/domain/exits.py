"""Leaving for good: what must be settled first, and for how long it can be undone (rule L7). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from contracts.accounts.errors import ExitBlocked, ExitNotUndoable
from contracts.accounts.exit_words import ExitCheck, ExitState
from contracts.money import Paisa, format_taka


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitWish:
    """What is asked for a member who leaves.

    Attributes:
        mark: Her signature or thumb on the form, which `witness` saw.
        blacklist: She may not join again.
    """

    id: str
    member_id: str
    reason: str
    mark: str
    witness: str
    blacklist: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """A member's leaving as it stands."""

    id: str
    member_id: str
    state: ExitState
    reason: str
    mark: str
    witness: str
    blacklist: bool
    checklist: Sequence[Mapping[str, Any]]
    closed_on: date | None
    undo_id: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """What accounts itself knows to be open with a member.

    Attributes:
        requests: Waiting for a second person or a step, about her: her leaving and her loans apart, savings
            that are agreed and not in the book among them.
        agreed_loans: Loans of hers that were asked for or paid out, and not ended.
        guarantees: Other members' loans that she guarantees.
        cases: Open cases about her.
        passbook: The number of the book that she holds.
    """

    requests: int = 0
    agreed_loans: int = 0
    guarantees: int = 0
    cases: int = 0
    passbook: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist; the facts say what stands in the way."""

    code: ExitCheck
    clear: bool
    facts: Mapping[str, Any]

    def plain(self) -> dict[str, Any]:
        """Return it in its wire form."""
        return {**asdict(self), "code": str(self.code)}


def checklist(standing: Mapping[str, Any], here: InHand) -> tuple[Check, ...]:
    """Return all that must be so before a member leaves, in the order in which a branch settles it.

    Args:
        standing: How she stands with the book, as transactions answers it.
        here: What accounts itself knows.
    """
    running = [loan for loan in standing["loans"] if loan["status"] == "running"]
    owed = sum(loan["outstanding"] + loan["remaining_charge"] for loan in running)
    unpaid = [account["code"] for account in standing["accounts"] if not account["closed"]]
    unallocated, cases = standing["unallocated"], here.cases + standing["complaints"]
    return (
        Check(
            ExitCheck.NOTHING_PENDING,
            not standing["has_pending"] and not here.requests,
            {"waiting": standing["waiting"] + here.requests},
        ),
        Check(
            ExitCheck.NO_RUNNING_LOAN,
            not running and not here.agreed_loans,
            {"loans": [loan["code"] for loan in running], "owed": format_taka(Paisa(owed))},
        ),
        Check(ExitCheck.NO_GUARANTEE, not here.guarantees, {"loans": here.guarantees}),
        Check(ExitCheck.NO_OPEN_CASE, not cases, {"cases": cases}),
        Check(ExitCheck.NOTHING_UNALLOCATED, not unallocated, {"amount": format_taka(Paisa(unallocated))}),
        Check(ExitCheck.SAVINGS_CLOSED, not unpaid, {"accounts": unpaid}),
        Check(ExitCheck.PASSBOOK_RETURNED, here.passbook is None, {"number": here.passbook}),
    )


def in_the_way(checks: Sequence[Check]) -> list[dict[str, Any]]:
    """Return what is not settled yet, each with its facts."""
    return [{"code": str(check.code), "facts": dict(check.facts)} for check in checks if not check.clear]


def require_clear(checks: Sequence[Check]) -> None:
    """Let a member leave when nothing stands in the way.

    Raises:
        ExitBlocked: with everything that does.
    """
    items = in_the_way(checks)
    if items:
        raise ExitBlocked(items=items)


def require_same_day(closed_on: date | None, business_on: date | None) -> None:
    """Let a leaving be undone on its own business day (rule L7).

    Raises:
        ExitNotUndoable: the day is over, or the branch has none open.
    """
    if closed_on is None or closed_on != business_on:
        raise ExitNotUndoable(closed_on=_text(closed_on), business_on=_text(business_on))


def _text(on: date | None) -> str | None:
    return on.isoformat() if on else None
