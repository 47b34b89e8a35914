"""The books counted again from nothing but their rows: no line of the product's own code is used here.

Everything is slow and plain on purpose: one posting after the other, one instalment after the other, so
that what the product answers from sums, arrays and running balances is held against another way of counting.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from psycopg2.extras import RealDictCursor

if TYPE_CHECKING:
    from datetime import date

    from psycopg2.extensions import connection

PRINCIPAL, CHARGE = "1310", "4110"
CLASSES = ((0, "regular"), (1, "watchful"), (31, "sub_standard"), (181, "doubtful"), (366, "bad"))
"""From how many days past the oldest unpaid instalment a loan is of which class (domain 4.9)."""


@dataclass(frozen=True)
class Instalment:
    """One row of a schedule, in paisa."""

    due_on: date
    principal: int
    charge: int

    @property
    def total(self) -> int:
        return self.principal + self.charge


@dataclass(frozen=True)
class Standing:
    """How a loan stands at the end of a day, in paisa."""

    outstanding: int
    paid_principal: int
    paid_charge: int
    due: int
    advance: int
    overdue: int
    oldest_unpaid_on: date | None
    days: int
    loan_class: str
    earned: int
    payoff: int


@dataclass
class Rows:
    """All rows of the ledger, read once."""

    accounts: dict[str, dict[str, Any]]
    postings: list[dict[str, Any]]
    loans: dict[str, dict[str, Any]]
    schedules: dict[str, dict[str, Any]]
    moved: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, books: connection) -> Rows:
        accounts = {row["id"]: row for row in ask(books, "SELECT id::text, * FROM accounts")}
        postings = ask(
            books,
            """
            SELECT postings.*, postings.entry_id::text AS entry, postings.account_id::text AS account,
                   entries.office_id::text AS office, entries.kind
              FROM postings JOIN entries ON entries.id = postings.entry_id
             ORDER BY postings.account_id, postings.sequence
            """,
        )
        loans = {row["loan"]: row for row in ask(books, "SELECT id::text AS loan, * FROM loans")}
        schedules = {
            row["loan"]: row
            for row in ask(
                books,
                """
                SELECT loan_schedules.loan_id::text AS loan, loan_schedules.* FROM loan_schedules
                  JOIN loans ON loans.id = loan_schedules.loan_id
                   AND loan_schedules.version = loans.schedule_version
                """,
            )
        }
        rows = cls(accounts, postings, loans, schedules)
        for move in ask(
            books, "SELECT loan_id::text AS loan, account_id::text AS account FROM transferred_accounts"
        ):
            rows.moved[move["loan"]].append(move["account"])
        return rows

    def faults(self) -> list[str]:
        """What in the ledger is not as double entry wants it; nothing, where all is well."""
        return [*self._unbalanced(), *self._wrong_balances(), *self._offices_off()]

    def _unbalanced(self) -> list[str]:
        sums: dict[str, int] = defaultdict(int)
        for posting in self.postings:
            sums[posting["entry"]] += signed(posting)
        return [f"entry {entry} is off by {off}" for entry, off in sums.items() if off]

    def _wrong_balances(self) -> list[str]:
        held: dict[str, int] = defaultdict(int)
        wrong = []
        for posting in self.postings:
            account = self.accounts[posting["account"]]
            grows = 1 if account["grows_on"] == "debit" else -1
            held[posting["account"]] += grows * signed(posting)
            if posting["balance_after"] != held[posting["account"]]:
                wrong.append(f"balance after {posting['sequence']} of {posting['account']}")
        return wrong + [
            f"balance of {each}" for each, row in self.accounts.items() if row["balance"] != held[each]
        ]

    def _offices_off(self) -> list[str]:
        sums: dict[str, int] = defaultdict(int)
        for posting in self.postings:
            sums[posting["office"]] += signed(posting)
        return [f"office {office} is off by {off}" for office, off in sums.items() if off]

    def balance(self, account_id: str, on: date | None = None) -> int:
        """What stands on an account by the end of a day, by value date, on the side on which it grows."""
        grows = 1 if self.accounts[account_id]["grows_on"] == "debit" else -1
        return grows * sum(
            signed(posting)
            for posting in self.postings
            if posting["account"] == account_id and (on is None or posting["value_on"] <= on)
        )

    def instalments(self, loan_id: str) -> list[Instalment]:
        """The schedule in force, each row by itself."""
        row, rows, before = self.schedules[loan_id], [], (0, 0)
        for due_on, principal, charge in zip(row["due_on"], row["principal"], row["charge"], strict=True):
            rows.append(Instalment(due_on, principal - before[0], charge - before[1]))
            before = (principal, charge)
        return rows

    def standing(self, loan_id: str, on: date) -> Standing:
        """How a loan stands at the end of a day."""
        loan, rows = self.loans[loan_id], self.instalments(loan_id)
        principal_accounts = [str(loan["account_id"]), *self.moved[loan_id]]
        outstanding = sum(self.balance(account, on) for account in principal_accounts)
        charges = [
            each for each, row in self.accounts.items()
            if row["ledger"] == CHARGE and str(row["owner_id"]) == loan_id
        ]  # fmt: skip
        paid_charge = sum(self.balance(account, on) for account in charges)
        paid_principal = loan["principal"] - outstanding
        due = sum(row.total for row in rows if row.due_on <= on)
        before = sum(row.total for row in rows if row.due_on < on)
        paid = paid_principal + paid_charge
        oldest = oldest_unpaid(rows, paid_principal, on)
        days = (on - oldest).days if oldest else 0
        earned = charge_earned(rows, self.schedules[loan_id]["begins_on"], on)
        return Standing(
            outstanding=outstanding,
            paid_principal=paid_principal,
            paid_charge=paid_charge,
            due=max(0, due - paid),
            advance=max(0, paid - due),
            overdue=max(0, before - paid),
            oldest_unpaid_on=oldest,
            days=days,
            loan_class=[name for fewest, name in CLASSES if days >= fewest][-1],
            earned=earned,
            payoff=max(0, outstanding + earned - paid_charge),
        )


def ask(books: connection, question: str) -> list[dict[str, Any]]:
    with books.cursor(cursor_factory=RealDictCursor) as cursor:
        cursor.execute(question)
        return [dict(row) for row in cursor.fetchall()]


def signed(posting: dict[str, Any]) -> int:
    return int(posting["amount"]) * (1 if posting["side"] == "debit" else -1)


def oldest_unpaid(rows: list[Instalment], paid_principal: int, on: date) -> date | None:
    """The day of the first instalment, before a day, that the principal paid does not reach (rule L1)."""
    left = paid_principal
    for row in rows:
        left -= row.principal
        if left < 0:
            return row.due_on if row.due_on < on else None
    return None


def charge_earned(rows: list[Instalment], begins_on: date, on: date) -> int:
    """The charge of periods that are over, and of the running one by its days, a half paisa upwards (L1)."""
    earned, begun = 0, begins_on
    for row in rows:
        if row.due_on <= on:
            earned, begun = earned + row.charge, row.due_on
            continue
        share = Fraction(row.charge * max(0, (on - begun).days), (row.due_on - begun).days)
        return earned + int(share + Fraction(1, 2))
    return earned
