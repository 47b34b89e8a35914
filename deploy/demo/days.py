"""A fortnight of a branch: open, collect, hand over, count, authorise, check, close; day after day."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demo.forms import receipt_number, row_form, submission_form
from demo.plan import meeting_weekday, working_days_before

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from demo.client import Person
    from demo.institution import Crew
from demo.plan import Office, Samity

NOTES = (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
ABSENT_IN_100 = 6
NO_MONEY_IN_100 = 3
SHORT_DAY, EXCESS_DAY = 3, 6
DIFFERENCE_TAKA = 10
CLOSING_PATIENCE_SECONDS = 60
NEWS_PATIENCE_SECONDS = 120


@dataclass(slots=True)
class BranchStory:
    """One branch and the people who work its days."""

    crew: Crew
    branch: Office

    def manager(self) -> Person:
        """The branch's manager."""
        return self.crew.of("branch_manager", self.branch.id)

    def accountant(self) -> Person:
        """The branch's accountant."""
        return self.crew.of("accountant", self.branch.id)

    def open_first_day(self) -> None:
        """Open the branch's first business day."""
        day = self.manager().get(f"/offices/{self.branch.id}/day")
        if day["status"] == "none":
            self.manager().post(
                f"/offices/{self.branch.id}/days", {"on": self.crew.plan.first_day.isoformat()}
            )

    def live(self) -> None:
        """Work every day before the anchor, and begin the anchor day."""
        anchor = self.crew.plan.anchor
        open_on = self.manager().get(f"/offices/{self.branch.id}/day")["on"]
        for number, day in enumerate(working_days_before(anchor, self.working_days())):
            if day.isoformat() >= open_on:
                self.work(day, number)
                self.close(day)
        self.count_vault(anchor, "opening")

    def leave_cash_on_the_table(self) -> None:
        """Collect the anchor day's samities and hand over, for the accountant to count."""
        for samity in self.meeting_on(self.crew.plan.anchor):
            sheet = self.sheet_of(samity, self.crew.plan.anchor)
            if sheet["status"] in {"issued", "collecting"}:
                self.collect(samity, sheet["id"])
                self.declare(samity, sheet["id"])

    def working_days(self) -> int:
        """How many working days the plan has before its anchor."""
        plan = self.crew.plan
        return next(n for n in range(1, 60) if working_days_before(plan.anchor, n)[0] <= plan.first_day)

    def work(self, day: date, number: int) -> None:
        """One day: count the vault, collect every samity that meets, count what comes home."""
        self.count_vault(day, "opening")
        for samity in self.meeting_on(day):
            sheet = self.sheet_of(samity, day)
            if sheet["status"] in {"issued", "collecting"}:
                self.collect(samity, sheet["id"])
            if sheet["status"] != "authorised":
                self.hand_over(samity, sheet["id"], number)
            if not sheet["checked"]:
                self.manager().post(f"/sheets/{sheet['id']}/check")

    def meeting_on(self, day: date) -> Iterator[Samity]:
        """The branch's samities that meet on a day."""
        return (
            samity
            for samity in self.crew.plan.samities
            if samity.branch == self.branch.id and samity.weekday == meeting_weekday(day)
        )

    def sheet_of(self, samity: Samity, day: date) -> dict[str, Any]:
        """The samity's sheet of a day."""
        sheets = self.crew.officer(samity).get("/sheets", on=day.isoformat())["items"]
        return dict(next(sheet for sheet in sheets if sheet["samity_id"] == samity.id))

    def collect(self, samity: Samity, sheet_id: str) -> None:
        """The officer fills the sheet and sends it."""
        officer = self.crew.officer(samity)
        holding = officer.post(f"/sheets/{sheet_id}/holding", {"take_over": False})
        sheet = self.whole_sheet(samity, sheet_id)
        rows = [
            self.row_of(samity, sheet, member, receipt_number(holding, number))
            for number, member in enumerate(sheet["rows"])
        ]
        submission = self.crew.plan.id_of("submission", sheet_id)
        officer.put(f"/sheets/{sheet_id}/submissions/{submission}", submission_form(holding, rows))

    def whole_sheet(self, samity: Samity, sheet_id: str) -> dict[str, Any]:
        """The sheet, once the news of every member and her account has reached the book."""
        give_up = time.monotonic() + NEWS_PATIENCE_SECONDS
        while True:
            sheet = self.crew.officer(samity).get(f"/sheets/{sheet_id}")
            if len(sheet["rows"]) == len(samity.members):
                return sheet
            if time.monotonic() > give_up:
                raise TimeoutError(f"the book does not know all members of {samity.name.en}")
            time.sleep(0.2)

    def row_of(
        self, samity: Samity, sheet: dict[str, Any], member: dict[str, Any], receipt: str
    ) -> dict[str, Any]:
        """What one member brings: usually her saving, now and then nothing, with the reason."""
        weekly = next(one.weekly_savings for one in samity.members if one.id == member["member_id"])
        account = member["accounts"][0]["account_id"]
        dice = random.Random(f"{self.crew.plan.seed}/{sheet['meeting_on']}/{account}")
        fate = dice.randrange(100)
        return row_form(
            member,
            account,
            f"{sheet['meeting_on']}T04:{dice.randrange(10, 59)}:00Z",
            row_id=self.crew.plan.id_of("row", sheet["meeting_on"], account),
            amount=f"{weekly + 10 * dice.randrange(3)}.00",
            nothing=nothing_of(fate),
            receipt=receipt,
            paid_by="self" if fate % 10 else "neighbour",
        )

    def hand_over(self, samity: Samity, sheet_id: str, number: int) -> None:
        """The officer brings the cash; the accountant counts and authorises; a difference is never hidden."""
        handover, expected = self.declare(samity, sheet_id)
        accountant = self.accountant()
        counted = int(expected.split(".")[0]) + difference(number)
        count = self.crew.plan.id_of("count", handover)
        accountant.put(f"/hand-overs/{handover}/counts/{count}", {"denominations": notes(counted)})
        accountant.post(f"/hand-overs/{handover}/authorisation", {"count_id": count})
        self.accept_shortages()

    def declare(self, samity: Samity, sheet_id: str) -> tuple[str, str]:
        """The officer puts the sheet's cash on the table; answers the hand-over and its sum."""
        handover = self.crew.plan.id_of("hand-over", sheet_id)
        expected = self.crew.officer(samity).get(f"/sheets/{sheet_id}")["cash"]
        body = {"sheet_ids": [sheet_id], "declared_total": expected}
        self.crew.officer(samity).put(f"/hand-overs/{handover}", body)
        return handover, str(expected)

    def accept_shortages(self) -> None:
        """The manager takes note of what is missing: it is the officer's debt now. Rule M7."""
        for approval in self.manager().get("/approvals")["items"]:
            if approval["kind"] == "shortage" and approval["service"] == "transactions":
                path = f"/approvals/transactions/{approval['id']}/decision"
                self.manager().post(path, {"approve": True, "reason": "গণনায় কম"})

    def count_vault(self, day: date, moment: str) -> None:
        """Two people count the vault: the accountant by notes, the manager confirms."""
        state = self.manager().get(f"/offices/{self.branch.id}/day")
        made, booked = state[f"{moment}_count"], state["vault"]
        if made and made["confirmed_by"] and made["total"] == booked:
            return
        count = self.crew.plan.id_of("vault", self.branch.id, day, moment, booked)
        body = {"moment": moment, "denominations": notes(int(booked.split(".")[0]))}
        path = f"/offices/{self.branch.id}/days/{day.isoformat()}/vault-counts/{count}"
        self.accountant().put(path, body)
        self.manager().post(f"/vault-counts/{count}/confirmation")

    def close(self, day: date) -> None:
        """Count the vault once more and close the day."""
        self.count_vault(day, "closing")
        self.manager().post(f"/offices/{self.branch.id}/days/{day.isoformat()}/closing")
        give_up = time.monotonic() + CLOSING_PATIENCE_SECONDS
        while self.manager().get(f"/offices/{self.branch.id}/day")["on"] == day.isoformat():
            if time.monotonic() > give_up:
                raise TimeoutError(f"{self.branch.name.en} did not close {day}")
            time.sleep(0.05)


def nothing_of(fate: int) -> str | None:
    """Why a member brings nothing, by a throw of a hundred; mostly she does bring her saving."""
    if fate < ABSENT_IN_100:
        return "absent"
    return "no_money" if fate < ABSENT_IN_100 + NO_MONEY_IN_100 else None


def notes(taka: int) -> dict[str, int]:
    """An amount in the fewest notes and coins; a denomination that is not needed is left out."""
    slip: dict[str, int] = {}
    for note in NOTES:
        count, taka = divmod(taka, note)
        if count:
            slip[str(note)] = count
    return slip


def difference(number: int) -> int:
    """How far the count is from the sheet on the demo's odd days, in taka."""
    return {SHORT_DAY: -DIFFERENCE_TAKA, EXCESS_DAY: DIFFERENCE_TAKA}.get(number, 0)
