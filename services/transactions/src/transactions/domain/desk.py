"""How far the work of a day has come, by whom its sheets wait for. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields

from contracts.money import NOTHING, Paisa
from contracts.transactions.collection_words import SheetStatus

_WAITS_FOR = {
    SheetStatus.ISSUED: "awaited",
    SheetStatus.COLLECTING: "awaited",
    SheetStatus.RETURNED: "awaited",
    SheetStatus.NOT_HELD_CLAIMED: "claimed",
    SheetStatus.SUBMITTED: "submitted",
    SheetStatus.HANDED_OVER: "handed_over",
    SheetStatus.AUTHORISED: "unchecked",
    SheetStatus.NOT_HELD: "finished",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Sheets by whom they wait for, and their money in paisa; what is late is counted there too."""

    sheets: int = 0
    awaited: int = 0
    claimed: int = 0
    submitted: int = 0
    handed_over: int = 0
    unchecked: int = 0
    finished: int = 0
    late: int = 0
    taken: Paisa = NOTHING
    booked: Paisa = NOTHING

    def __add__(self, other: Work) -> Work:
        return Work(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Some sheets of one branch and officer that stand alike.

    Attributes:
        office_id: The branch.
        officer_id: Whose they are; None where a samity has no officer.
        officer_name_bn: His name; None likewise.
        officer_name_en: The same in Latin letters.
        status: Where they stand.
        checked: Whether the manager has marked them (rule M8).
        late: Whether they met before the open day.
        sheets: How many.
        taken: What was recorded on them.
        booked: What of it is in the book.
    """

    office_id: str
    officer_id: str | None
    officer_name_bn: str | None
    officer_name_en: str | None
    status: SheetStatus
    checked: bool
    late: bool
    sheets: int
    taken: Paisa
    booked: Paisa

    @property
    def work(self) -> Work:
        """What they are of the day's work."""
        waits_for = "finished" if self.checked else _WAITS_FOR[self.status]
        return Work(
            sheets=self.sheets,
            late=self.sheets if self.late else 0,
            taken=self.taken,
            booked=self.booked,
            **{waits_for: self.sheets},
        )
