"""A branch that lives a month through HTTP while a clerk keeps its books by hand beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from demo.forms import receipt_number, row_form, submission_form
from demo.town import eventually, new_id, right_now, savings_of
from tests.support.agreed import Agreed, declining
from tests.support.hand_book import A_DAY, HALF_YEARS, MONTHLY, ClassRules, HandBook, Woman
from tests.support.lives import FOUR_WEEKS, Weeks, offer_loans
from tests.support.month_money import NOTHING_BESIDE, Beside

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from demo.town import Town

FRIDAY, WEEK, GRACE, MOST_DAYS = 4, timedelta(days=7), timedelta(days=15), 92
INSTALMENTS = 4
HEARD = 'SELECT count(*) FROM holidays WHERE office_id = %s AND "on" BETWEEN %s AND %s'


def due_days(first: date, weekday: int, free: set[date]) -> list[date]:
    """The first samity days from a day on, holidays skipped (domain 4.3)."""
    day = first
    found: list[date] = []
    while len(found) < INSTALMENTS:
        if day.weekday() == weekday and day not in free:
            found.append(day)
        day += A_DAY
    return found


def moved(agreed: Agreed, free: set[date]) -> Agreed:
    """A row on a holiday is a week later, and those behind it keep their distance (domain 4.3)."""
    rows: list[tuple[date, int, int]] = []
    for due_on, principal, charge in agreed.rows:
        day = max(due_on, rows[-1][0] + WEEK) if rows else due_on
        while day in free:
            day += WEEK
        rows.append((day, principal, charge))
    return Agreed(agreed.split, tuple(rows))


Row = dict[str, Any]


class Calendar:
    """The days of the story, from the day on which it begins.

    The loan that nobody pays falls due three weeks after it; it is bad a year later, and two years after that
    it may be written off at the end of a half-year (domain 4.9): the month is the one that ends so.
    """

    def __init__(self, begins_on: date) -> None:
        self.begins_on = begins_on
        bad = begins_on + 3 * WEEK + timedelta(days=365)
        may_go = date(bad.year + 2, bad.month, min(bad.day, 28)) + 3 * A_DAY
        first = may_go.replace(day=1)
        while first.month not in HALF_YEARS:
            first = (first + timedelta(days=32)).replace(day=1)
        self.month = first
        self.end = (first + timedelta(days=32)).replace(day=1) - A_DAY
        self.first_meeting = self.on_or_after(first, begins_on.weekday())
        self.lent_on = self.first_meeting - 3 * WEEK
        self.opens_on = self.working(first)
        self.written_off_on = self.working(self.end)
        self.last = self.working(self.end + A_DAY)

    @staticmethod
    def on_or_after(day: date, weekday: int) -> date:
        return day + (weekday - day.weekday()) % 7 * A_DAY

    @staticmethod
    def working(day: date) -> date:
        return day + A_DAY if day.weekday() == FRIDAY else day

    @property
    def other_weekday(self) -> int:
        """On which the second samities meet."""
        weekday = (self.begins_on.weekday() + 2) % 7
        return weekday if weekday != FRIDAY else (weekday + 1) % 7


@dataclass
class House:
    """One branch with two samities, and its clerk."""

    weeks: Weeks
    book: HandBook
    ledger: connection
    town: Town
    samities: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The id of each, and the weekday on which it meets."""
    ids: dict[str, str] = field(default_factory=dict)
    free: set[date] = field(default_factory=set)
    closed: int = 0

    @classmethod
    def found(cls, town: Town, area: str, ledger: connection) -> House:
        branch = town.open_branch(below=area)
        weeks = Weeks(branch, offer_loans(town, f"L{branch.code}", FOUR_WEEKS), "", [])
        book = HandBook()
        for rules in town.administrator.get("/class-rules")["rules"]:
            if rules["proposed_by"]:
                shares = tuple((one["from_days"], one["provision_bps"]) for one in rules["classes"])
                since = date.fromisoformat(rules["effective_on"])
                book.class_rules.append(ClassRules(since, shares, tuple(rules["provision_months"])))
        book.class_rules.sort(key=lambda rules: rules.since)
        return cls(weeks, book, ledger, town)

    @property
    def name(self) -> str:
        return f"Branch {self.weeks.branch.code}"

    def gather(self, weekday: int, *names: str) -> str:
        """A samity with its members; answers its code."""
        branch = self.weeks.branch
        counted = (weekday + 2) % 7 + 1  # Saturday is the first
        samity = branch.open_samity(weekday=counted)
        code = str(eventually(lambda: self.ask("SELECT code FROM samities WHERE id = %s", samity)))
        self.samities[code] = samity, weekday
        self.book.samities[code] = self.name
        for name in names:
            self.ids[name] = member = branch.admit(samity, name_en=name)
            savings = self.ask("SELECT code FROM accounts WHERE member_id = %s AND ledger = '2110'", member)
            hers = str(branch.manager.get(f"/members/{member}")["code"])
            self.book.women[name] = Woman(name, hers, self.name, code, savings)
        return code

    def ask(self, question: str, *values: Any) -> Any:
        """One value out of the ledger's tables: a code, or how many rows there are."""
        with self.ledger.cursor() as cursor:
            cursor.execute(question, values)
            (found,) = cursor.fetchone() or (None,)
        return found

    # Days.

    def on(self) -> date:
        return self.weeks.branch.on

    def evening(self, next_on: date | None = None) -> None:
        """Who did not come today does not come; the day is closed."""
        branch = self.weeks.branch
        for sheet in branch.officer.get("/sheets", on=self.on().isoformat())["items"]:
            if sheet["status"] == "issued":
                claim = branch.officer.post(f"/sheets/{sheet['id']}/not-held", {"reason": "বৃষ্টি"})
                self.weeks.approve(claim["approval_id"])
        self.weeks.close()
        self.closed += 1
        assert next_on in (None, self.on()), (next_on, self.on())

    def rest(self, first: date, last: date) -> None:
        """Holidays by the area's word, a quarter of a year at a time; what falls due on them is later."""
        branch = self.weeks.branch
        while first <= last:
            until = min(last, first + (MOST_DAYS - 1) * A_DAY)
            holiday, days = new_id(), {"on": first.isoformat(), "until_on": until.isoformat()}
            said = {"set": "branch", "office_id": branch.id, "samity_id": None, "reason": "বন্যা"}
            names = {"name_bn": "বন্যার ছুটি", "name_en": "Flood"}
            branch.manager.put(f"/holidays/{holiday}", said | days | names)
            branch.area_manager.post(f"/approvals/accounts/{holiday}/decision", {"approve": True})
            self.free |= {first + number * A_DAY for number in range((until - first).days + 1)}
            self.wait_until_heard(first, until)
            self.move_loans()
            first = until + A_DAY

    def wait_until_heard(self, first: date, last: date) -> None:
        free = (last - first).days + 1
        eventually(lambda: self.ask(HEARD, self.weeks.branch.id, first, last) == free)

    def move_loans(self) -> None:
        """Write the new days down, and wait until the loans' cards show them."""
        for name, loan in self.book.loans.items():
            if loan.ended is None:
                loan.schedules.append((self.on(), moved(loan.rows(self.on()), self.free)))
                self.wait_until_shown(name, [row[0].isoformat() for row in loan.rows(self.on()).rows])

    def wait_until_shown(self, name: str, days: list[str]) -> None:
        def shown() -> list[str]:
            return [row["due_on"] for row in self.weeks.card(self.ids[name])["rows"]]

        eventually(lambda: shown() == days)

    def end_months(self, first: date, last: date) -> None:
        """Month after month comes to its end (M15)."""
        while first <= last:
            self.ask_month_end(first)
            self.book.end_of_month(self.name, first, self.on())
            first = (first + timedelta(days=32)).replace(day=1)

    def ask_month_end(self, month: date) -> None:
        branch, asked = self.weeks.branch, {"month": month.isoformat()}
        branch.manager.post(f"/offices/{branch.id}/month-ends", asked)
        path = f"/offices/{branch.id}/month-end"
        eventually(lambda: branch.manager.get(path, **asked)["state"] == "closed")

    # Deeds, each told to the product and written down.

    def deposit(self, name: str, taka: int) -> str:
        entry = self.put_in(savings_of(self.weeks.branch.manager, self.ids[name])["account_id"], taka)
        self.book.deposit(name, self.on(), taka * 100)
        return entry

    def put_in(self, account: str, taka: int) -> str:
        """Money at the counter for an account; answers the entry's id."""
        entry = new_id()
        said = {"account_id": account, "amount": f"{taka}.00", "paid_by": "self"}
        self.weeks.branch.accountant.put(f"/deposits/{entry}", said)
        return entry

    def deposit_by_mistake(self, name: str, taka: int) -> None:
        """Money that goes back the same day (M12)."""
        entry, reversal = self.deposit(name, taka), new_id()
        said = {"entry_id": entry, "kind": "money_returned", "reason": "ভুল", "evidence": "টিপসই ২"}
        self.weeks.branch.accountant.put(f"/reversals/{reversal}", said)
        self.weeks.approve(reversal)
        self.book.undo(self.book.entries[-1], self.on())

    def withdraw(self, name: str, taka: int) -> None:
        branch, withdrawal = self.weeks.branch, new_id()
        account = savings_of(branch.manager, self.ids[name])["account_id"]
        wish = {"account_id": account, "amount": f"{taka}.00"}
        asked = branch.officer.put(f"/withdrawals/{withdrawal}", wish)
        if asked["state"] == "requested":
            self.weeks.approve(asked["approval_id"])
        evidence = {"mark": "thumb", "witness_id": branch.ids["branch_manager"]}
        branch.accountant.post(f"/withdrawals/{withdrawal}/payment", {"evidence": evidence})
        self.book.withdraw(name, self.on(), taka * 100)

    def fee(self, name: str, kind: str, taka: int) -> None:
        said = {"member_id": self.ids[name], "kind": kind, "amount": f"{taka}.00", "paid_by": "self"}
        self.weeks.branch.accountant.put(f"/fees/{new_id()}", said)
        self.book.fee(name, self.on(), taka * 100, kind)

    def agree(self, name: str, guarantor: str, taka: int, **wishes: Any) -> None:
        """Her wish, the visit at her home, and the manager's word."""
        loan = self.weeks.agree(self.ids[name], self.ids[guarantor], taka, **wishes)
        self.weeks.loans[self.ids[name]] = loan

    def pay_out(self, name: str, taka: int, bank_account: str | None = None) -> None:
        loan = self.weeks.loans[self.ids[name]]
        how = ("bank", bank_account[-4:]) if bank_account else ("cash", None)
        self.weeks.pay_out(self.ids[name], loan, *how)
        code = str(self.ask("SELECT code FROM loans WHERE id = %s", loan))
        samity = self.book.women[name].samity
        days = due_days(self.on() + GRACE, self.samities[samity][1], self.free)
        worked = declining(self.on(), taka, INSTALMENTS)
        rows = tuple((day, *row[1:]) for day, row in zip(days, worked.rows, strict=True))
        self.book.lend(name, code, self.on(), Agreed(worked.split, rows), how[0])

    def repay(self, name: str, taka: int) -> None:
        self.weeks.repay(self.ids[name], taka)
        self.book.repay(name, self.on(), taka * 100)

    def settle(self, name: str) -> None:
        self.weeks.settle(self.ids[name])
        self.book.settle(name, self.on())

    def meet(
        self,
        samity: str,
        saved: dict[str, int],
        repaid: dict[str, int],
        *,
        absent: tuple[str, ...] = (),
        short: int = 0,
        beside: Beside = NOTHING_BESIDE,
    ) -> None:
        """A samity's meeting into the book, in taka; who pays nothing has no money, or does not come."""
        branch, (samity_id, _) = self.weeks.branch, self.samities[samity]
        sheet = branch.todays_sheet(samity_id)
        holding = branch.officer.post(f"/sheets/{sheet['id']}/holding", {"take_over": False})
        rows = self.rows_of(sheet, holding, (saved, repaid, absent), beside)
        branch.officer.put(f"/sheets/{sheet['id']}/submissions/{new_id()}", submission_form(holding, rows))
        sent = sum(saved[name] for name in beside.by_telephone)
        total = sum(int(row["amount"].split(".")[0]) for row in rows if row["amount"]) - sent
        if beside.before_it_is_counted:
            beside.before_it_is_counted(samity, total)
        handover = branch.hand_over([sheet["id"]], f"{total}.00")
        branch.authorise(handover, total - short)
        if short:
            [asked] = [one for one in branch.manager.get("/approvals")["items"] if one["kind"] == "shortage"]
            self.weeks.approve(asked["id"])
        branch.manager.post(f"/sheets/{sheet['id']}/check")
        self.write_down(samity, saved, repaid, beside)
        self.book.hand_over(self.name, self.on(), total * 100, short * 100)

    def rows_of(
        self,
        sheet: Row,
        holding: Row,
        said: tuple[dict[str, int], dict[str, int], tuple[str, ...]],
        beside: Beside,
    ) -> list[Row]:
        """What the officer's phone writes: a row for each account, and one for each fee."""
        (saved, repaid, absent), rows = said, list[Row]()
        names = {member: name for name, member in self.ids.items()}

        def write(line: Row, account: str, taka: int | None, nothing: str | None = None, **more: str) -> None:
            facts: Row = {
                "row_id": new_id(),
                "receipt": receipt_number(holding, len(rows)),
                "nothing": nothing,
            }
            facts |= {"amount": taka and f"{taka}.00", "paid_by": more.pop("paid_by", "self")}
            rows.append(row_form(line, account, right_now(), **facts) | more)

        for line in sheet["rows"]:
            name = names[line["member_id"]]
            for account in line["accounts"]:
                to = repaid if account["loan"] else beside.terms if account["term"] else saved
                nothing = None if to.get(name) else "absent" if name in absent else "no_money"
                sent = "mobile_money" if to is saved and name in beside.by_telephone else "self"
                write(line, account["account_id"], to.get(name), nothing, paid_by=sent)
            if name in beside.fees:
                kind, taka = beside.fees[name]
                place = "premium_account_id" if kind == "risk_premium" else "fee_account_id"
                write(line, line[place], taka, kind=kind)
        return rows

    def write_down(self, samity: str, saved: dict[str, int], repaid: dict[str, int], beside: Beside) -> None:
        """What the sheet says, into the clerk's book: fees are entries of their own."""
        women, on = self.book.women, self.on()
        onto = {women[name].accounts[0]: taka * 100 for name, taka in saved.items()}
        onto |= {women[name].of(MONTHLY): taka * 100 for name, taka in beside.terms.items()}
        sent = sum(saved[name] for name in beside.by_telephone)
        self.book.collect(samity, on, onto, {name: taka * 100 for name, taka in repaid.items()}, sent * 100)
        for name in [name for name in women if name in beside.fees]:
            kind, taka = beside.fees[name]
            self.book.fee(name, on, taka * 100, kind, in_field=True)

    def to_pay(self, *names: str) -> dict[str, int]:
        """What each is asked for today, in taka; who owes nothing is left out."""
        asked = {name: self.book.to_pay(name, self.on()) // 100 for name in names if self.owes(name)}
        return {name: taka for name, taka in asked.items() if taka}

    def owes(self, name: str) -> bool:
        return self.book.loans[name].ended is None

    def write_off(self, name: str, value_on: date) -> None:
        asked, branch = new_id(), self.weeks.branch
        loan = self.weeks.loans[self.ids[name]]
        said = {"loan_id": loan, "resolution": "পর্ষদ ১৪/২০২৯", "reason": "দুই বছরের কু-ঋণ"}
        branch.manager.put(f"/write-offs/{asked}", said)
        branch.area_manager.post(f"/approvals/transactions/{asked}/decision", {"approve": True})
        self.book.write_off(name, self.on(), value_on)

    def recover(self, name: str, taka: int) -> None:
        said = {"loan_id": self.weeks.loans[self.ids[name]], "amount": f"{taka}.00", "paid_by": "self"}
        self.weeks.branch.accountant.put(f"/recoveries/{new_id()}", said)
        self.book.recover(name, self.on(), taka * 100)

    def bury(self, name: str, died_on: date) -> None:
        """Her death is agreed to; the fund bears her loan, her husband gets her savings (L5)."""
        branch, member, case = self.weeks.branch, self.ids[name], new_id()
        self.book.women[name].died_on = died_on
        died = {"died_on": died_on.isoformat(), "certificate": "UP-2026-0451"}
        said = {"member_id": member, "whose": "member", "reported_by": "স্বামী করিম শেখ"}
        branch.accountant.put(f"/death-cases/{case}", said | died)
        for person, kind in ((branch.manager, "death"), (branch.area_manager, "death_area")):
            [asked] = [one for one in person.get("/approvals")["items"] if one["kind"] == kind]
            person.post(f"/approvals/accounts/{asked['id']}/decision", {"approve": True})
        waiver, loan = new_id(), self.weeks.loans[member]
        words = {"loan_id": loan, "kind": "with_charge", "reason": "সদস্য মারা গেছেন"}
        eventually(lambda: self.ask("SELECT deceased_on FROM members WHERE id = %s", member) == died_on)
        branch.manager.put(f"/waivers/{waiver}", words | died)
        branch.area_manager.post(f"/approvals/transactions/{waiver}/decision", {"approve": True})
        self.book.waive(name, self.on())
        eventually(lambda: self.ask("SELECT state FROM nominee_claims WHERE id = %s", case) == "agreed")
        branch.accountant.post(f"/nominee-claims/{case}/closing")
        (all_of_it,) = self.book.close_estate(name, self.on(), (100,))
        evidence = {"mark": "thumb", "witness_id": branch.ids["branch_manager"]}
        branch.accountant.put(
            f"/nominee-claims/{case}/payments/{new_id()}", {"number": 1, "evidence": evidence}
        )
        self.book.pay_nominee(name, self.on(), all_of_it)
