"""The closing of a day as work that goes on after a crash: what was done last, what comes next. Pure."""

from dataclasses import dataclass
from datetime import date

from transactions.domain.days import STAGES, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """One closing of one office's day; `number` 2 and up close a supplement to it (rule M16)."""

    id: str
    office_id: str
    on: date
    asked_by: str
    stage: Stage = Stage.ASKED
    next_on: date | None = None
    number: int = 1

    @property
    def done(self) -> int:
        """How many stages are behind it."""
        return STAGES.index(self.stage)

    @property
    def next_stage(self) -> Stage | None:
        """What is to be done next; None when the next day is open."""
        return STAGES[self.done + 1] if self.stage is not Stage.OPENED else None
