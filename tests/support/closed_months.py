"""Two branches with three closed months, and every kind of movement in them, each of another amount.

Women and men, two funds, loans of every age; loans that are paid out, paid, paid ahead, moved to other dates,
waived, written off and taken along; savings of every family. No two lines of a regulator's form may say the
same over these months, so that two of them exchanged are found. What must be said is counted again from raw
rows, see `recomputed_snapshots.py`, and from the classes of domain 4.9 as they stand there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from contracts.accounts.events import MEMBER_CHANGED
from contracts.money import Paisa
from contracts.transactions.months import CLOSE_MONTH
from contracts.transactions.transfers import TRANSFER_ACCOUNTS
from tests.support.agreed import Agreed
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.endings import waive, write_off
from tests.support.loan_book import LoanBook, weekly
from tests.support.loans import SNAPSHOT, pay_out, payout
from tests.support.purse import area_manager, decide, open_account
from tests.support.recomputed_snapshots import ask, loans_of, month_of, savings_by_account
from transactions.batch.duties import TransactionsBatch
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.lending.schedules import Amounts
from transactions.models.days import holidays

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.support.branch import Branch
    from tests.support.recomputed_snapshots import Told

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
MONTHS = (NOVEMBER, DECEMBER, JANUARY)
WORKED = {date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 2), date(2027, 2, 1)}
"""The days on which the branches work after their first; on two of them loans may be written off (4.9)."""
CLASSES = (("regular", 0, 1), ("watchful", 30, 5), ("sub_standard", 180, 25), ("doubtful", 365, 75))
"""Until how many days, and how much of a hundred is set aside (domain 4.9); older is bad, all of it."""
FUNDS = {"general_savings": "own", "voluntary_savings": "own", "term_savings": "PKSF", "lump_savings": "own"}
"""For which fund a family of savings is run here."""
SAVES_NOTHING = {"Lata", "Parul"}


@dataclass(frozen=True)
class Lent:
    """A loan as it stands at a month's end."""

    id: str
    who: str
    sex: str
    fund: str
    product: str
    outstanding: int
    overdue: int
    days: int
    told: Told

    @property
    def is_new(self) -> bool:
        return self.told["disbursed"] > 0

    @property
    def loan_class(self) -> str:
        return next((name for name, until, _ in CLASSES if self.days <= until), "bad")

    @property
    def provision(self) -> int:
        share = next((share for name, _, share in CLASSES if name == self.loan_class), 100)
        return self.outstanding * share // 100


@dataclass
class Register:
    """Who borrowed on which terms, in whichever branch she is now."""

    terms: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    sexes: dict[str, str] = field(default_factory=dict)

    def lent(self, name: str, loan_id: str, sex: str, fund: str, product: str) -> None:
        self.ids[name], self.names[loan_id] = loan_id, name
        self.terms[loan_id] = {"sex": sex, "fund": fund, "product_code": product}


@dataclass
class Months:
    """A branch, who belongs to it, and who did by the end of each month."""

    branch: Branch
    register: Register
    members: set[str] = field(default_factory=set)
    admitted: dict[date, set[str]] = field(default_factory=dict)
    roll: dict[date, frozenset[str]] = field(default_factory=dict)
    counted: dict[date, list[Lent]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = LoanBook(self.branch)

    @property
    def on(self) -> date:
        return date.fromisoformat(self.branch.day()["on"])

    def gather(self, samity: str, sexes: Mapping[str, str]) -> None:
        """Admit members, and give each an account of general savings; who never saves has a voluntary one."""
        self.register.sexes.update(sexes)
        self.members |= sexes.keys()
        for name, sex in sexes.items():
            state = self.branch.member_state(name, samity)
            admitted_on = min(self.on, date(2026, 11, 1)) if self.on == MONDAY else self.on
            self.branch.harness.hear(MEMBER_CHANGED, state | {"admitted_on": admitted_on.isoformat()})
            self.admitted.setdefault(admitted_on.replace(day=1), set()).add(name)
            family = "voluntary_savings" if name in SAVES_NOTHING else "general_savings"
            open_account(self.branch, name, family, sex=sex, fund=FUNDS[family])

    def lend(self, name: str, first: date, terms: str, each: int, instalments: int = 10) -> None:
        """Let a loan have been lent earlier, in instalments of so many taka and a tenth of it for charge."""
        sex, fund, product = terms.split()
        said = {"sex": sex, "fund": fund, "product_code": product}
        loan_id = self.book.lend(
            weekly(first, instalments, amounts(each)), name, terms=SNAPSHOT | said, **said
        )
        self.register.lent(name, loan_id, sex, fund, product)

    def pay_out(self, name: str, first: date, terms: str, each: int) -> None:
        """Pay a loan out as accounts asks for it."""
        sex, fund, product = terms.split()
        one = amounts(each)
        rows = tuple((first + timedelta(weeks=week), one.principal, one.charge) for week in range(10))
        said = {"sex": sex, "fund": fund, "product_code": product}
        command = payout(self.branch, name, Agreed("by_instalment", rows), on=self.on.isoformat(), terms=said)
        pay_out(self.branch, command)
        self.register.lent(name, command["id"], sex, fund, product)
        self.book.paid[command["id"]] = []

    def pay(self, name: str, instalments: int) -> None:
        loan_id = self.register.ids[name]
        question = "SELECT principal[1], charge[1] FROM loan_schedules WHERE loan_id = :id AND version = 1"
        (each,) = ask(self.branch, question, id=loan_id)
        principal, charge = (Paisa(amount * instalments) for amount in each.values())
        self.book.paid.setdefault(loan_id, [])
        self.book.pay(loan_id, Amounts(principal, charge), self.on)

    def re_date(self, name: str, first: date, each: int) -> None:
        """Let a holiday move all dates of a loan."""
        self.book.replace(self.register.ids[name], 2, weekly(first, 10, amounts(each)), self.on)

    def waive(self, name: str) -> None:
        asked = waive(self.branch, self.register.ids[name], died_on=self.on.isoformat())
        decide(self.branch, area_manager(self.branch), asked["id"])

    def write_off(self, name: str) -> None:
        asked = write_off(self.branch, self.register.ids[name])
        decide(self.branch, area_manager(self.branch), asked["id"])

    def save(self, name: str, family: str, *, paid: int, interest: int = 0, taken: int = 0) -> None:
        """Move savings of a family, in taka: what is paid in, credited as interest, and taken out."""
        account_id = id_of(f"{family} of {name}")
        if not ask(self.branch, "SELECT 1 FROM accounts WHERE id = :id", id=account_id):
            open_account(self.branch, name, family, sex=self.register.sexes[name], fund=FUNDS[family])
        bank = OfficeAccount(Ledgers.BANK, self.branch.id)
        expense = OfficeAccount(Ledgers.INTEREST_EXPENSE, self.branch.id)
        post(self.branch, EntryKind.DEPOSIT, bank, account_id, paid)
        post(self.branch, EntryKind.INTEREST, expense, account_id, interest)
        post(self.branch, EntryKind.WITHDRAWAL, bank, account_id, -taken)

    def put_aside(self, taka: int) -> None:
        """Set money aside for loan losses, as a month's run does."""
        provision = OfficeAccount(Ledgers.LOAN_LOSS_PROVISION, self.branch.id)
        with self.branch.harness.service().books() as books:
            books.ledger.ensure([provision])
        expense = OfficeAccount(Ledgers.LOAN_LOSS_EXPENSE, self.branch.id)
        post(self.branch, EntryKind.LOAN_LOSS, expense, provision.id, taka)

    def move(self, name: str, there: Months, samity: str) -> None:
        """Let a member take savings and loan along to another branch (rule L6)."""
        question = "SELECT id::text FROM accounts WHERE member_id = :her AND NOT closed AND ledger <> '1310'"
        held = [one["id"] for one in ask(self.branch, question, her=id_of(name))]
        codes = [*held, *([self.register.ids[name]] if name in self.register.ids else [])]
        self.branch.ask(
            TRANSFER_ACCOUNTS,
            self.branch.manager,
            id=new_id(),
            member_id=id_of(name),
            from_office_id=self.branch.id,
            to_office_id=there.branch.id,
            codes=[{"account_id": each, "code": f"NEW.{each[:8]}"} for each in codes],
        )
        state = there.branch.member_state(name, samity)
        version = 100 + there.branch.versions[id_of(name)]
        there.branch.harness.hear(MEMBER_CHANGED, state | {"version": version})
        self.members.discard(name)
        there.members.add(name)

    def end(self, month: date) -> None:
        self.roll[month] = frozenset(self.members)
        asked = {"office_id": self.branch.id, "month": month.isoformat()}
        self.branch.ask(CLOSE_MONTH, self.branch.manager, **asked)
        self.branch.harness.take_steps("close_month", by=TransactionsBatch)

    def lent(self, month: date) -> list[Lent]:
        """Count every loan again that has been in the branch's book by a month's end; once, after all."""
        if month not in self.counted:
            loans = loans_of(self.branch, month).items()
            self.counted[month] = [self._lent(loan, month, told) for loan, told in loans]
        return self.counted[month]

    def borrowers(self, month: date) -> set[str]:
        """Return who owes principal in the branch's book at a month's end."""
        return {one.who for one in self.lent(month) if one.told["outstanding"]}

    def savers(self, month: date) -> set[str]:
        """Return the ids of those who have anything saved in the branch's book at a month's end."""
        begin, until = month_of(month)
        accounts = savings_by_account(self.branch, begin, until)
        return {account["member"] for account in accounts if account["told"]["closing"]}

    def _lent(self, loan: str, month: date, told: Told) -> Lent:
        """Class a loan by value dates (rule M2), by the schedule in force at the month's end."""
        until = month_of(month)[1]
        held = ask(self.branch, _VALUED, id=loan, until=until, office=self.branch.id)[0]
        rows = ask(self.branch, _IN_FORCE, id=loan, until=until)[-1]
        paid = rows["principal"][-1] - held["anywhere"]
        fallen = list(zip(rows["due_on"], rows["principal"], strict=True))
        unpaid = [on for on, cumulative in fallen if cumulative > paid and on < until]
        due = max((cumulative for on, cumulative in fallen if on < until), default=0)
        return Lent(
            id=loan,
            who=self.register.names[loan],
            sex=self.register.terms[loan]["sex"],
            fund=self.register.terms[loan]["fund"],
            product=self.register.terms[loan]["product_code"],
            outstanding=held["here"],
            overdue=max(0, due - paid) if held["here"] else 0,
            days=(until - min(unpaid)).days if unpaid and held["here"] else 0,
            told=told,
        )


_VALUED = """
    SELECT coalesce(sum(amount) FILTER (WHERE office_id = :office), 0)::bigint AS here,
           coalesce(sum(amount), 0)::bigint AS anywhere
      FROM (SELECT CASE side WHEN 'debit' THEN amount ELSE -amount END AS amount, accounts.office_id
              FROM loans
              JOIN accounts ON accounts.id = loans.account_id
                OR accounts.id IN (SELECT account_id FROM transferred_accounts WHERE loan_id = loans.id)
              JOIN postings ON postings.account_id = accounts.id
              JOIN entries ON entries.id = postings.entry_id
             WHERE loans.id = :id AND entries.value_on <= :until) AS moved
"""
_IN_FORCE = """
    SELECT due_on, principal FROM loan_schedules
     WHERE loan_id = :id AND (recorded_on <= :until OR version = 1) ORDER BY version
"""


def amounts(each: int) -> Amounts:
    return Amounts(Paisa(each * 100), Paisa(each * 10))


def post(branch: Branch, kind: EntryKind, other: OfficeAccount, account_id: str, taka: int) -> None:
    """Book some taka onto an account against one of the branch; from it where they are less than nothing."""
    if not taka:
        return
    with branch.harness.service().books() as books:
        day = books.days.hold_open(branch.id)
        books.ledger.ensure([other])
        on_debit, on_credit = (other.id, account_id) if taka > 0 else (account_id, other.id)
        amount = Paisa(abs(taka) * 100)
        entry = Entry(
            id=new_id(),
            office_id=branch.id,
            kind=kind,
            business_on=day.on,
            value_on=day.on,
            maker_id=branch.accountant.person_id,
            postings=(Posting(on_debit, Side.DEBIT, amount), Posting(on_credit, Side.CREDIT, amount)),
        )
        books.ledger.post([entry])


def work_on(branch: Branch, days: set[date]) -> None:
    """Let a branch have holidays on all days but some, so that months pass quickly."""
    free = [MONDAY + timedelta(days=number) for number in range(1, (max(days) - MONDAY).days + 30)]
    row = {"office_id": branch.id, "name_bn": "ছুটি", "name_en": "Holiday", "version": 1}
    rows = [row | {"on": day, "id": new_id()} for day in free if day not in days]
    with branch.harness.process.database.transaction() as session:
        session.execute(insert(holidays), rows)
    with branch.harness.service().books() as books:
        for ahead in (0, 3):
            books.partitions.make_room(MONDAY.replace(day=1) + timedelta(days=31 * ahead))


def told(lent: Iterable[Lent], name: str) -> int:
    """Return the sum of a figure of some loans."""
    return sum(one.told[name] for one in lent)


def figures(of: Iterable[Any], name: str) -> int:
    return sum(getattr(one, name) for one in of)
