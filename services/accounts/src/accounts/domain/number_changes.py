"""Changing a member's telephone number: who has which part in it, and when. Pure. Rule P1."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from contracts.actor import Actor
from contracts.errors import MakerIsChecker, PersonExcluded

CODE_LIFE = timedelta(minutes=5)
TRIES = 5
SENDS = 3
"""Domain §7: six digits, five minutes, five tries, three sends."""


class ChangeState(StrEnum):
    """Where a change of a number stands; `confirmed` by the code, it waits for the manager."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    APPROVED = "approved"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberChange:
    """A change of a member's number.

    Attributes:
        mobile: The new number, encrypted for its row.
        mobile_index: Its blind index.
        code_index: The keyed digest of the code that went to it last.
        warnings: What maker and checker should look at: on how many members the number is.
        called: On which number she was called back, `old` or `new`; None before.
    """

    id: str
    member_id: str
    mobile: str
    mobile_index: str
    reason: str
    warnings: tuple[str, ...]
    fingerprint: str
    maker_id: str
    proposed_at: datetime
    code_index: str
    code_ends_at: datetime
    tries_left: int = TRIES
    sends: int = 1
    state: ChangeState = ChangeState.ASKED
    called_by: str | None = None
    called_at: datetime | None = None
    called: str | None = None
    call_note: str | None = None

    def may_be_tried(self, now: datetime) -> bool:
        """Tell whether its code still opens anything."""
        return self.tries_left > 0 and now < self.code_ends_at


def is_hers(actor: Actor, officer_id: str) -> bool:
    """Tell whether somebody is a member's own field officer, whatever post he uses now."""
    return actor.person_id == officer_id


def check_caller(change: NumberChange, caller: Actor) -> None:
    """Let somebody write that he has called her back.

    Raises:
        MakerIsChecker: whoever proposed the change does not call back himself (P1).
        PersonExcluded: she is the caller himself or declared kin (M8).
    """
    if change.maker_id == caller.person_id:
        raise MakerIsChecker
    if change.member_id in caller.excluded_members:
        raise PersonExcluded
