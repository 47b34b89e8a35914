"""What follows from a holiday, a samity's new day or a member's move: the books are told (rules L3, L6)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.domain.lending.redating import NewDay
from accounts.operations import holidays, redating, reschedules, transfers
from accounts.operations.holidays import PUT_HOLIDAY_IN_FORCE, REDATE_LOANS
from accounts.operations.redating import FOLLOW_NEW_DAY, HAND_SCHEDULE_OVER
from accounts.operations.transfers import TRANSFER_MEMBER
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from accounts.repository.rows import Row
from chassis.injection import Keys, ServiceCaller
from chassis.rounds import Step, step
from chassis.work import UnitOfWork
from contracts.calls import load
from contracts.transactions.lending import REPLACE_SCHEDULE
from contracts.transactions.lending_commands import ReplaceSchedule
from contracts.transactions.lending_errors import LoanEnded
from contracts.transactions.meetings import FIND_MEETINGS
from contracts.transactions.nominee_errors import MemberDeceased
from contracts.transactions.savings_errors import MoneyOnItsWay
from contracts.transactions.standing import MEMBER_STANDING
from contracts.transactions.transfer_errors import AccountLeftBehind, MoneyUnallocated
from contracts.transactions.transfers import TRANSFER_ACCOUNTS


class CalendarSteps:
    """Steps of the calendar; each may be taken again at any point."""

    books = UnitOfWork(Register)
    keys = Keys()
    ledger = ServiceCaller("transactions")

    @step(PUT_HOLIDAY_IN_FORCE)
    def put_holiday_in_force(self, planned: Step) -> None:
        """Let an agreed holiday count, unless somebody has collected for the day meanwhile."""
        with self.books() as register:
            holiday = register.calendar.get(planned.id)
        days = {"on": holiday.on, "until_on": holiday.until_on}
        place = {"office_id": holiday.office_id, "samity_id": holiday.samity_id} | days
        found = self.ledger.ask(FIND_MEETINGS, place, on_behalf_of=planned.actor)
        with self.books(actor=planned.actor) as register:
            holidays.put_in_force(register, holiday, found["samity_ids"], day_begun=found["day_begun"])

    @step(REDATE_LOANS)
    def redate_loans(self, planned: Step) -> None:
        """Move what is due on a holiday, some loans a transaction; after a crash it goes on where it was."""
        with self.books() as register:
            holiday = register.calendar.get(planned.payload["holiday_id"])
        more = True
        while more:
            with self.books(actor=planned.actor) as register:
                more = redating.move_around(register, holiday)

    @step(FOLLOW_NEW_DAY)
    def follow_new_day(self, planned: Step) -> None:
        """Move what is due from a samity's new day on, some loans a transaction."""
        said = planned.payload
        new_day = NewDay(int(said["weekday"]), date.fromisoformat(said["from_on"]))
        after: str | None = None
        more = True
        while more:
            with self.books(actor=planned.actor) as register:
                after = redating.move_with_samity(register, said["samity_id"], new_day, after)
            more = after is not None

    @step(TRANSFER_MEMBER)
    def transfer_member(self, planned: Step) -> None:
        """Move a member, with her accounts where the branch is another; or write why the books refuse."""
        transfer_id = planned.id
        with self.books() as register:
            transfer = register.transfers.hold(transfer_id)
        asked = {"member_id": transfer["member_id"]}
        standing = self.ledger.ask(MEMBER_STANDING, asked, on_behalf_of=planned.actor)
        with self.books(actor=planned.actor) as register:
            codes = transfers.codes_of(register, transfer_id, standing)
        try:
            answer = self._moved(planned, transfer, codes, standing)
        except (AccountLeftBehind, MemberDeceased, MoneyOnItsWay, MoneyUnallocated) as refusal:
            with self.books(actor=planned.actor) as register:
                transfers.record_refused(register, transfer_id, refusal)
            return
        with self.books(actor=planned.actor) as register:
            transfers.record_moved(register, transfer_id, answer, PrivateNumbers.of(self.keys))

    def _moved(
        self, planned: Step, transfer: Row, codes: Mapping[str, str] | None, standing: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Ask the books to move her accounts; inside a branch none does, but nothing may be on its way."""
        if codes is None:
            transfers.require_settled(standing)
            return {"value_on": standing["business_on"], "accounts": ()}
        command = {
            "id": transfer["id"],
            "member_id": transfer["member_id"],
            "from_office_id": transfer["from_branch_id"],
            "to_office_id": transfer["to_branch_id"],
            "codes": [{"account_id": each, "code": code} for each, code in codes.items()],
        }
        return self.ledger.ask(TRANSFER_ACCOUNTS, command, on_behalf_of=planned.actor)

    @step(HAND_SCHEDULE_OVER)
    def hand_schedule_over(self, planned: Step) -> None:
        """Put a version of a schedule into the books; a loan that ended meanwhile needs none."""
        command = load(ReplaceSchedule, planned.payload["command"])
        loan_id, version = command["loan_id"], command["version"]
        try:
            answer = self.ledger.ask(REPLACE_SCHEDULE, command, on_behalf_of=planned.actor)
        except LoanEnded as refusal:
            with self.books(actor=planned.actor) as register:
                reschedules.record_refused(register, loan_id, version, refusal)
            return
        with self.books(actor=planned.actor) as register:
            reschedules.record_in_force(register, loan_id, version, answer["business_on"])
