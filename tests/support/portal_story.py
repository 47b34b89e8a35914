"""A new branch and its people at their desks: the product's main job, clicked through the portal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from contracts.digits import to_bangla, to_latin
from demo.client import Person
from demo.forms import receipt_number, submission_form
from demo.plan import meeting_weekday
from demo.town import PASSWORD, admission, eventually, new_id, row
from gateway.words.formats import WEEKDAYS
from tests.support.desk import MILLISECONDS, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CODE = "950"
PIN = "826057"
BRANCH = ("গাবতলী শাখা", "Gabtoli branch")
SAMITY = ("শাপলা মহিলা সমিতি", "Shapla women's samity")
MEMBER = ("আয়েশা খাতুন", "Ayesha Khatun")
PEOPLE = {
    "branch_manager": ("সুরাইয়া বেগম", "Suraiya Begum"),
    "accountant": ("করিম হক", "Karim Haque"),
    "field_officer": ("নাদিরা সুলতানা", "Nadira Sultana"),
}
WORKED_FOR = timedelta(days=300)


@dataclass
class Story:
    """Who sits where, and what has come of it so far."""

    browser: Browser
    base_url: str
    on: date
    desks: dict[str, Desk] = field(default_factory=dict)
    members: list[str] = field(default_factory=list)

    def username(self, role: str) -> str:
        """How somebody of this branch signs in."""
        return f"{role.replace('_', '.')}.{CODE}"

    def sit_down(self, role: str, username: str, password: str, language: str = "bn") -> Desk:
        """Somebody who has a password signs in."""
        self.desks[role] = Desk(self.browser, self.base_url, language).sign_in(username, password)
        self.desks[role].sees_text("")
        return self.desks[role]

    def day(self, before: timedelta = timedelta()) -> str:
        """A day as it is written in a form."""
        return to_bangla(f"{self.on - before:%d-%m-%Y}")

    def open_branch(self) -> None:
        """The administrator opens a branch under the head office."""
        desk = self.desks["administrator"]
        desk.go_to("place.offices")
        desk.follow("office.new")
        desk.look()
        desk.choose(parent_id=to_bangla("HO"), level=desk.t("level.branch"))
        desk.fill(code=to_bangla(CODE), name_bn=BRANCH[0], name_en=BRANCH[1], opened_on=self.day(WORKED_FOR))
        desk.press("office.act")
        desk.sees("office.opened", name=BRANCH[0])

    def hire(self, role: str, language: str) -> None:
        """One administrator proposes, another approves; the person chooses a password. Rules P6, P7."""
        first, second = self.desks["administrator"], self.desks["second"]
        name_bn, name_en = PEOPLE[role]
        first.go_to("place.staff")
        first.follow("staff.new")
        first.choose(role=first.t(f"role.{role}"), office_id=BRANCH[0])
        first.fill(name_bn=name_bn, name_en=name_en, username=self.username(role))
        first.fill(mobile=to_bangla(f"0171{len(self.desks):07d}"), from_on=self.day(WORKED_FOR))
        first.press("staff.propose")
        first.sees("staff.proposed")
        one_time = second.decide(name_en if second.language == "en" else name_bn)
        assert one_time
        desk = self.desks[role] = Desk(self.browser, self.base_url, language)
        desk.choose_password(self.username(role), one_time, PASSWORD)

    def open_samity(self) -> None:
        """The manager opens the branch's first day, and a samity that meets on it."""
        desk = self.desks["branch_manager"]
        desk.go_to("place.day")
        desk.fill(on=self.day())
        desk.press("day.open_act")
        desk.sees("day.opened")
        desk.go_to("place.samities")
        desk.follow("samity.new")
        desk.choose(
            branch_id=BRANCH[0], officer_id=PEOPLE["field_officer"][0], kind=desk.t("samity_kind.female")
        )
        desk.choose(meeting_weekday=WEEKDAYS["bn"][meeting_weekday(self.on) - 1])
        desk.fill(name_bn=SAMITY[0], name_en=SAMITY[1], village="গোকুল", meeting_time="৯:৩০")
        desk.fill(opened_on=self.day(WORKED_FOR), max_members="৩০")
        desk.press("samity.act")
        desk.sees_text(f"{SAMITY[0]} সমিতি খোলা হয়েছে")

    def officer(self) -> Person:
        """The field officer at the app's door; the app itself has tests of its own."""
        return Person.arrive(self.base_url, new_id()).sign_in_staff(self.username("field_officer"), PASSWORD)

    def admit(self, officer: Person) -> None:
        """The officer sends two admission forms; the manager compares and approves. Rule P10."""
        samity = eventually(lambda: officer.get("/samities")["items"])[0]["id"]
        for _ in range(2):
            self.members.append(new_id())
            officer.put(f"/members/{self.members[-1]}", admission(samity, self.on))
        manager = self.desks["branch_manager"]
        for _ in self.members:
            manager.go_to("place.approvals")
            manager.row(MEMBER[0]).get_by_role("link", name=manager.t("approval.decide")).click()
            manager.look()
            manager.press("approval.approve")
            manager.sees("approval.opening")
        eventually(lambda: all(opened(officer, member) for member in self.members))

    def issue_login(self) -> Person:
        """The accountant proposes her app account, the manager approves; she makes a PIN. Rule P1."""
        desk, manager = self.desks["accountant"], self.desks["branch_manager"]
        desk.page.goto(f"{self.base_url}/members/{self.members[0]}")
        desk.look()
        member_code = to_latin(desk.page.locator(".lead-line").inner_text())
        desk.follow("login.act_issue")
        desk.press("login.act_issue")
        desk.sees("login.proposed")
        code = manager.decide(MEMBER[0])
        assert code
        return Person.arrive(self.base_url, new_id()).activate(member_code, code, PIN)

    def collect(self, officer: Person) -> str:
        """The officer enters 220 taka and one absent, and hands the cash over; answers the sheet's id."""
        sheet = eventually(lambda: whole_sheet(officer, self.on, len(self.members)))
        holding = officer.post(f"/sheets/{sheet['id']}/holding", {"take_over": False})
        lines = {line["member_id"]: line for line in sheet["rows"]}
        rows = [
            row(lines[self.members[0]], receipt_number(holding, 0), "220.00"),
            row(lines[self.members[1]], "", None, "absent"),
        ]
        submission = f"/sheets/{sheet['id']}/submissions/{new_id()}"
        officer.put(submission, submission_form(holding, rows))
        body: dict[str, Any] = {"sheet_ids": [sheet["id"]], "declared_total": "220.00"}
        officer.put(f"/hand-overs/{new_id()}", body)
        return str(sheet["id"])

    def count_vault(self, moment: str, notes: dict[int, int]) -> None:
        """The accountant counts, the manager confirms. Rule M7."""
        accountant, manager = self.desks["accountant"], self.desks["branch_manager"]
        accountant.go_to("place.day")
        accountant.sees(f"day.count_act_{moment}")
        accountant.count(notes)
        accountant.press("day.save_count")
        accountant.sees("day.counted")
        manager.go_to("place.day")
        manager.press("day.confirm_act")
        manager.sees("day.confirmed")

    def authorise(self) -> None:
        """The accountant counts the officer's notes and puts the sheet into the book. Rules M7, M8."""
        desk = self.desks["accountant"]
        desk.go_to("place.handovers")
        desk.page.get_by_role("row").filter(has_text=desk.t("handover_status.declared")).get_by_role(
            "link"
        ).click()
        desk.count({100: 2, 20: 1})
        expect(desk.page.locator("[data-total]")).to_have_text(re.compile("220"))
        desk.look()
        desk.press("handover.save_count")
        desk.sees("handover.counted")
        desk.press("handover.authorise")
        desk.sees("handover.authorised")

    def check(self, sheet: str) -> None:
        """The manager marks the sheet as checked. Rule M8."""
        desk = self.desks["branch_manager"]
        desk.page.goto(f"{self.base_url}/sheets/{sheet}")
        desk.look()
        desk.press("sheet.check_act")
        desk.sees("sheet.checked")

    def close(self) -> None:
        """The manager closes the day, and sees by itself when it is done."""
        desk = self.desks["branch_manager"]
        desk.go_to("place.day")
        desk.sees("day.nothing_missing")
        desk.press("day.close_act")
        expect(desk.row(self.day())).to_contain_text(desk.t("day_status.closed"), timeout=MILLISECONDS)


def opened(person: Person, member: str) -> bool:
    """Whether her savings account can take money."""
    return bool(person.get(f"/members/{member}")["savings"][0]["status"] == "open")


def whole_sheet(officer: Person, on: date, members: int) -> dict[str, Any] | None:
    """The officer's sheet of the day, once all members are on it."""
    sheets = officer.get("/sheets", on=on.isoformat())["items"]
    sheet = officer.get(f"/sheets/{sheets[0]['id']}") if sheets else None
    return sheet if sheet and len(sheet["rows"]) == members else None
