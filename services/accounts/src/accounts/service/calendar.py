"""Holidays as other processes call them: load, ask the books, act, answer."""

from typing import Any

from accounts.domain.holidays import check_not_collected
from accounts.domain.scope import Scope
from accounts.operations import holidays
from accounts.queries import holidays as holiday_questions
from accounts.schemas import calendar as schemas
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts.holidays import DECLARE_HOLIDAY, EXPORT_HOLIDAYS, LIST_HOLIDAYS
from contracts.transactions.meetings import FIND_MEETINGS


class Calendar(Entrypoints):
    """Which days are holidays where."""

    @serve(DECLARE_HOLIDAY)
    def declare_holiday(self, command: dict[str, Any]) -> dict[str, Any]:
        """Take down a holiday that a second person decides; the books are asked first who has collected."""
        holiday, scope = schemas.holiday(command), Scope.of(self.call.actor)
        with self.books() as register:
            holidays.hold_place(register, holiday, scope=scope)
            known = register.approvals.find(holiday.id)
        if known is None:
            place = {name: command[name] for name in ("office_id", "samity_id", "on", "until_on")}
            found = self.ledger.ask(FIND_MEETINGS, place)
            check_not_collected(found["samity_ids"], day_begun=found["day_begun"])
        with self.books() as register:
            stage, loans = holidays.declare_holiday(
                register,
                holiday,
                self._desk(),
                scope=scope,
                fingerprint=schemas.holiday_fingerprint(command),
            )
        return {"id": holiday.id, "state": stage, "loans": loans}

    @serve(LIST_HOLIDAYS)
    def list_holidays(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer the holidays that hold for an office between two days."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return holiday_questions.list_holidays(register, command, scope=scope)

    @serve(EXPORT_HOLIDAYS)
    def export_holidays(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the feed of holidays."""
        with self.books() as register:
            return holiday_questions.export_holidays(register, command)
