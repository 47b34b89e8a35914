"""The books of an area as a careful clerk keeps them by hand, from `domain.md` §3, §4 and §6 alone.

Each deed is written down when it is done; nothing is read back from the product but codes and names. Slow and
plain on purpose: one entry after the other, one day after the other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.support.agreed import Agreed, half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

A_DAY = timedelta(days=1)
VAULT, FIELD, BANK, WALLET, OWED_BY_STAFF = "1110", "1120", "1130", "1140", "1210"
LOANS, SAVINGS, MONTHLY, LUMP = "1310", "2110", "2130", "2140"
UNNAMED, NOMINEES = "2230", "2260"
INTEREST_SET_ASIDE, IN_ADVANCE, RISK_FUND, LOSS_SET_ASIDE = "2310", "2320", "2330", "2410"
CHARGE, RECOVERED, FEES, GAIN = "4110", "4210", "4310", "4910"
INTEREST, LOAN_LOSS, ROUNDED_OFF = "5110", "5210", "5910"
HALF_YEARS = (6, 12)


@dataclass(frozen=True)
class ClassRules:
    """From how many days late on a loan is of the next class, and what of it is set aside, in 1/10,000."""

    since: date
    classes: tuple[tuple[int, int], ...]
    months: tuple[int, ...]
    """In which months it is booked."""


AS_SHIPPED = ClassRules(date.min, ((0, 100), (1, 500), (31, 2_500), (181, 7_500), (366, 10_000)), HALF_YEARS)
"""Domain 4.9: 1, 5, 25, 75 and 100 percent, half-yearly."""


@dataclass(frozen=True)
class Line:
    """What an entry does to a ledger, and whose account under it that is; debit is more than nothing."""

    ledger: str
    amount: int
    whose: str = ""


@dataclass(frozen=True)
class Entry:
    branch: str
    kind: str
    on: date
    value_on: date
    lines: tuple[Line, ...]
    undoes: str | None = None
    """The kind of entry that it turns round."""

    @property
    def deed(self) -> str:
        return self.undoes or self.kind


@dataclass(frozen=True)
class Account:
    """Savings of hers, and what they earn: percent a year; general ones are as old as the book."""

    code: str
    ledger: str = SAVINGS
    percent: int = 6
    opened_on: date = date.min


@dataclass(eq=False)
class Woman:
    """A member: her codes, and when she died; beside her general savings she may have others."""

    name: str
    code: str
    branch: str
    samity: str
    savings: str
    died_on: date | None = None
    left: bool = False
    others: list[Account] = field(default_factory=list)

    @property
    def accounts(self) -> tuple[Account, ...]:
        return Account(self.savings), *self.others

    def of(self, ledger: str) -> Account:
        [one] = [one for one in self.accounts if one.ledger == ledger]
        return one


@dataclass
class Loan:
    """A loan as it was agreed; `schedules` are its rows from a day on, for holidays move them."""

    code: str
    her: Woman
    on: date
    how: str
    schedules: list[tuple[date, Agreed]]
    ended: tuple[date, str] | None = None
    rebate: int = 0
    claim: int = 0
    settled: tuple[int, int] = (0, 0)

    @property
    def agreed(self) -> Agreed:
        return self.schedules[0][1]

    def rows(self, on: date) -> Agreed:
        """As they stood on a day."""
        known = [agreed for since, agreed in self.schedules if since <= on]
        return known[-1] if known else self.agreed

    def due(self, on: date) -> int:
        """What has fallen due in all by the end of a day; from her death on nothing does (L5)."""
        return sum(self.rows(on).due_by(self.until(on)))

    def until(self, on: date) -> date:
        return min(on, self.her.died_on or on)

    def runs(self, on: date) -> bool:
        """Whether it was running at the end of a day."""
        return self.on <= on and (self.ended is None or self.ended[0] > on)


@dataclass
class Accrual:
    """What a month put aside for an account's interest."""

    month: date
    account: str
    amount: int


@dataclass
class HandBook:
    entries: list[Entry] = field(default_factory=list)
    women: dict[str, Woman] = field(default_factory=dict)
    samities: dict[str, str] = field(default_factory=dict)
    """In which branch a samity is."""
    loans: dict[str, Loan] = field(default_factory=dict)
    accruals: list[Accrual] = field(default_factory=list)
    credited_to: dict[str, date] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    class_rules: list[ClassRules] = field(default_factory=lambda: [AS_SHIPPED])
    """By the day since which they are in force."""

    def post(self, branch: str, kind: str, on: date, *lines: Line, value_on: date | None = None) -> Entry:
        kept = tuple(line for line in lines if line.amount)
        assert sum(line.amount for line in kept) == 0, (kind, lines)
        entry = Entry(branch, kind, on, value_on or on, kept)
        if kept:
            self.entries.append(entry)
        return entry

    def lines(self, ledger: str, whose: str) -> Iterator[tuple[Entry, Line]]:
        for entry in list(self.entries):
            for line in entry.lines:
                if (line.ledger, line.whose) == (ledger, whose):
                    yield entry, line

    def held(self, ledger: str, whose: str, on: date = date.max) -> int:
        """What stands on an account by value date; debit is more than nothing."""
        return sum(line.amount for entry, line in self.lines(ledger, whose) if entry.value_on <= on)

    def of_branch(self, branch: str, ledger: str, on: date = date.max) -> int:
        return sum(
            line.amount
            for entry in list(self.entries)
            if entry.branch == branch and entry.value_on <= on
            for line in entry.lines
            if line.ledger == ledger
        )

    def saved(self, name: str, on: date = date.max) -> int:
        return -self.held(SAVINGS, self.women[name].savings, on)

    def paid(self, loan: Loan, on: date = date.max) -> tuple[int, int]:
        """Principal and charge that were paid, or borne by a fund, by the end of a day."""
        outstanding = self.held(LOANS, loan.code, on)
        lent = loan.agreed.principal if loan.on <= on else 0
        return lent - outstanding, -self.held(CHARGE, loan.code, on)

    def to_pay(self, name: str, on: date) -> int:
        """What she is asked for on a day, in paisa: all that has fallen due and is not paid."""
        loan = self.loans[name]
        return max(0, loan.due(on) - sum(self.paid(loan)))

    # What is done at the counter and at meetings.

    def deposit(self, name: str, on: date, paisa: int, account: Account | None = None) -> Entry:
        her = self.women[name]
        to = account or her.accounts[0]
        return self.post(her.branch, "deposit", on, Line(VAULT, paisa), Line(to.ledger, -paisa, to.code))

    def undo(self, entry: Entry, on: date) -> None:
        """The same the other way round, with the value date of what it undoes (M12)."""
        turned = tuple(Line(line.ledger, -line.amount, line.whose) for line in entry.lines)
        self.entries.append(Entry(entry.branch, "reversal", on, entry.value_on, turned, entry.kind))

    def withdraw(self, name: str, on: date, paisa: int) -> None:
        her = self.women[name]
        self.post(her.branch, "withdrawal", on, Line(SAVINGS, paisa, her.savings), Line(VAULT, -paisa))

    def fee(self, name: str, on: date, paisa: int, kind: str, *, in_field: bool = False) -> None:
        """At the counter, or as a row of a sheet; a premium is the risk fund's (domain §6)."""
        branch, ledger = self.women[name].branch, RISK_FUND if kind == "risk_premium" else FEES
        held = Line(FIELD, paisa, branch) if in_field else Line(VAULT, paisa)
        self.post(branch, "fee", on, held, Line(ledger, -paisa))

    def state(self, branch: str, on: date, paid_on: date, paisa: int, *hers: Line) -> None:
        """A line of a provider's file: hers, or nobody's yet; it has the provider's date (M14)."""
        given = hers or (Line(UNNAMED, -paisa),)
        self.post(branch, "mobile_money", on, Line(WALLET, paisa), *given, value_on=paid_on)

    def name_it(self, name: str, on: date, paid_on: date, paisa: int) -> None:
        """Whose a line was that was nobody's: it goes onto her savings."""
        her = self.women[name]
        lines = Line(UNNAMED, paisa), Line(SAVINGS, -paisa, her.savings)
        self.post(her.branch, "mobile_money", on, *lines, value_on=paid_on)

    def lend(self, name: str, code: str, on: date, agreed: Agreed, how: str = "cash") -> Loan:
        her = self.women[name]
        self.loans[name] = loan = Loan(code, her, on, how, [(on, agreed)])
        source = VAULT if how == "cash" else BANK
        paid_out = Line(LOANS, agreed.principal, code), Line(source, -agreed.principal)
        self.post(her.branch, "disbursement", on, *paid_out)
        return loan

    def on_loan(self, name: str, paisa: int) -> tuple[Line, Line]:
        """Tell money on a loan apart (L1); the last taka ends it."""
        loan = self.loans[name]
        principal, charge = self.paid(loan)
        all_principal, all_charge = loan.agreed.told_apart(principal + charge + paisa)
        return Line(LOANS, principal - all_principal, loan.code), Line(CHARGE, charge - all_charge, loan.code)

    def repay(self, name: str, on: date, paisa: int) -> None:
        self.post(self.women[name].branch, "repayment", on, Line(VAULT, paisa), *self.on_loan(name, paisa))
        self.end_if_paid(name, on)

    def collect(
        self, samity: str, on: date, saved: dict[Account, int], repaid: dict[str, int], sent: int
    ) -> None:
        """A samity's sheet into the book; what was sent by telephone nobody carries (M14)."""
        branch, total = self.samities[samity], sum(saved.values()) + sum(repaid.values())
        lines = [Line(account.ledger, -paisa, account.code) for account, paisa in saved.items()]
        for name, paisa in repaid.items():
            lines += self.on_loan(name, paisa)
        self.post(branch, "collection", on, Line(FIELD, total - sent, branch), Line(WALLET, sent), *lines)
        for name in repaid:
            self.end_if_paid(name, on)

    def hand_over(self, branch: str, on: date, total: int, short: int = 0) -> None:
        """The officer's cash into the vault; what is short he owes (M7)."""
        counted = Line(VAULT, total - short), Line(OWED_BY_STAFF, short, branch)
        self.post(branch, "hand_over", on, *counted, Line(FIELD, -total, branch))

    def end_if_paid(self, name: str, on: date) -> None:
        loan = self.loans[name]
        if sum(self.paid(loan)) == loan.agreed.principal + loan.agreed.charge:
            loan.ended = on, "repaid"

    # How loans end.

    def settle(self, name: str, on: date) -> int:
        """Principal and the charge that is earned, in whole taka; the rest of the charge is let go (4.8)."""
        loan = self.loans[name]
        principal, charge = self.paid(loan)
        earned = self.earned(loan, on)
        payoff = loan.agreed.principal - principal + earned - charge
        cash = half_up(Fraction(payoff, 100)) * 100
        loan.settled = loan.agreed.principal - principal, earned - charge
        rounding = Line(GAIN if cash > payoff else ROUNDED_OFF, payoff - cash)
        hers = Line(LOANS, -loan.settled[0], loan.code), Line(CHARGE, -loan.settled[1], loan.code)
        self.post(loan.her.branch, "settlement", on, Line(VAULT, cash), *hers, rounding)
        loan.ended, loan.rebate = (on, "settled"), loan.agreed.charge - earned
        return cash

    def earned(self, loan: Loan, on: date) -> int:
        """The charge of periods that are over, and of the running one by its days (L1)."""
        earned, begun = 0, loan.on
        for due_on, _, charge in loan.rows(on).rows:
            if due_on > on:
                share = Fraction(charge * max(0, (on - begun).days), (due_on - begun).days)
                return earned + half_up(share)
            earned, begun = earned + charge, due_on
        return earned

    def waive(self, name: str, on: date) -> int:
        """The risk fund bears all that is left, charge and all (4.9); answers how much."""
        loan = self.loans[name]
        principal, charge = self.paid(loan)
        left = loan.agreed.principal - principal, loan.agreed.charge - charge
        hers = Line(LOANS, -left[0], loan.code), Line(CHARGE, -left[1], loan.code)
        self.post(loan.her.branch, "waiver", on, Line(RISK_FUND, sum(left)), *hers)
        loan.ended, loan.settled = (on, "waived"), left
        return sum(left)

    def write_off(self, name: str, on: date, value_on: date) -> None:
        """Out of the portfolio against what is set aside; the claim goes on (4.9)."""
        loan = self.loans[name]
        principal, charge = self.paid(loan)
        left = loan.agreed.principal - principal
        loan.claim = left + max(0, self.earned(loan, on) - charge)
        lines = Line(LOSS_SET_ASIDE, left), Line(LOANS, -left, loan.code)
        self.post(loan.her.branch, "write_off", on, *lines, value_on=value_on)
        loan.ended, loan.settled = (on, "written_off"), (left, 0)

    def recover(self, name: str, on: date, paisa: int) -> None:
        loan = self.loans[name]
        self.post(loan.her.branch, "recovery", on, Line(VAULT, paisa), Line(RECOVERED, -paisa, loan.code))

    # What savings earn.

    def interest_of(self, account: Account, through: date) -> int:
        """So much a year of each day's last balance since interest was credited, rounded once (§3)."""
        lines = self.lines(account.ledger, account.code)
        moved = sorted((entry.value_on, -line.amount) for entry, line in lines)
        day = self.credited_to.get(account.code, moved[0][0] - A_DAY if moved else through) + A_DAY
        product = 0
        while day <= through:
            product += sum(amount for on, amount in moved if on <= day)
            day += A_DAY
        return half_up(Fraction(product * account.percent, 100 * 365))

    def set_aside(self, account: str) -> int:
        since = self.credited_to.get(account, date.min)
        return sum(one.amount for one in self.accruals if one.account == account and one.month > since)

    def end_of_month(self, branch: str, month: date, on: date) -> None:
        """Interest, valued at the calendar month-end, then the classes (M15); a term's waits for its end."""
        through = (month + timedelta(days=32)).replace(day=1) - A_DAY
        women = [her for her in self.women.values() if her.branch == branch]
        open_ones = [one for her in women for one in her.accounts if one.code not in self.closed]
        added = {one: self.interest_of(one, through) - self.set_aside(one.code) for one in open_ones}
        self.accruals += [Accrual(month, one.code, more) for one, more in added.items() if more]
        for ledger in (SAVINGS, MONTHLY, LUMP):
            total = sum(more for one, more in added.items() if one.ledger == ledger)
            aside = Line(INTEREST, total), Line(INTEREST_SET_ASIDE, -total)
            self.post(branch, "interest_provision", on, *aside, value_on=through)
        if month.month in HALF_YEARS:
            general = [one.code for one in open_ones if one.ledger == SAVINGS]
            hers = [Line(SAVINGS, -self.set_aside(code), code) for code in general]
            used = Line(INTEREST_SET_ASIDE, -sum(line.amount for line in hers))
            self.post(branch, "interest", on, used, *hers, value_on=through)
            self.credited_to |= dict.fromkeys(general, through)
        self.class_loans(branch, month, through, on)

    def class_loans(self, branch: str, month: date, through: date, on: date) -> None:
        """What the classes want set aside at a half-year, and charge that is paid and not due (D8)."""
        rules = [one for one in self.class_rules if one.since <= through][-1]
        sums: dict[int, int] = defaultdict(int)
        ahead = 0
        for loan in self.of(branch):
            left = self.held(LOANS, loan.code, through)
            if loan.on <= through and left:
                sums[self.share_of(loan, through, rules)] += left
                ahead += max(0, self.paid(loan, through)[1] - loan.rows(through).due_by(through)[1])
        needed = sum(half_up(Fraction(left * share, 10_000)) for share, left in sums.items())
        if month.month in rules.months:
            more = needed + self.of_branch(branch, LOSS_SET_ASIDE, through)
            lines = Line(LOAN_LOSS, more), Line(LOSS_SET_ASIDE, -more)
            self.post(branch, "loan_loss", on, *lines, value_on=through)
        more = ahead + self.of_branch(branch, IN_ADVANCE, through)
        self.post(branch, "charge_advance", on, Line(CHARGE, more), Line(IN_ADVANCE, -more), value_on=through)

    def of(self, branch: str) -> Iterable[Loan]:
        return [loan for loan in self.loans.values() if loan.her.branch == branch]

    def oldest_unpaid(self, loan: Loan, on: date) -> date | None:
        """The day of the first instalment, before a day, that the principal paid does not reach (L1)."""
        left = self.paid(loan, on)[0]
        for due_on, principal, _ in loan.rows(on).rows:
            left -= principal
            if left < 0:
                return due_on if due_on < loan.until(on) else None
        return None

    def share_of(self, loan: Loan, on: date, rules: ClassRules) -> int:
        """What of a loan is to be set aside, by its class."""
        oldest = self.oldest_unpaid(loan, on)
        days = (loan.until(on) - oldest).days if oldest else 0
        return [share for fewest, share in rules.classes if days >= fewest][-1]

    # What a member leaves.

    def close_estate(self, name: str, on: date, shares: tuple[int, ...]) -> list[int]:
        """Her savings with interest to the day before, to her nominees in whole taka (L5, M11)."""
        her = self.women[name]
        interest, aside = self.interest_of(her.accounts[0], on - A_DAY), self.set_aside(her.savings)
        whence = Line(INTEREST_SET_ASIDE, aside), Line(INTEREST, interest - aside)
        self.post(her.branch, "interest", on, *whence, Line(SAVINGS, -interest, her.savings))
        left = self.saved(name)
        whole = half_up(Fraction(left, 100)) * 100
        off = Line(ROUNDED_OFF if whole > left else GAIN, whole - left)
        self.post(her.branch, "closing", on, off, Line(SAVINGS, left - whole, her.savings))
        self.post(her.branch, "closing", on, Line(SAVINGS, whole, her.savings), Line(NOMINEES, -whole, name))
        each = [half_up(Fraction(whole * share, 10_000)) * 100 for share in shares]
        more = sum(each) - whole
        self.post(
            her.branch,
            "nominee_payout",
            on,
            Line(ROUNDED_OFF if more > 0 else GAIN, more),
            Line(NOMINEES, -more, name),
        )
        self.closed.add(her.savings)
        her.left = True
        return each

    def pay_nominee(self, name: str, on: date, paisa: int) -> None:
        branch = self.women[name].branch
        self.post(branch, "nominee_payout", on, Line(NOMINEES, paisa, name), Line(VAULT, -paisa))
