"""A month of a branch counted again from raw rows, instalment by instalment and posting by posting.

No line of the product's own code is used here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.support.branch import Branch

BY_VALUE = {"interest", "interest_provision"}
SAVINGS = {"2110", "2120", "2130", "2140"}
_POSTINGS = """
    SELECT postings.account_id::text AS account, accounts.ledger, accounts.office_id::text AS office,
           accounts.member_id::text AS member, accounts.owner_id::text AS owner, entries.business_on,
           entries.value_on, coalesce(undone.kind, entries.kind) AS kind, undone.id IS NOT NULL AS undoes,
           CASE side WHEN 'credit' THEN amount ELSE -amount END AS amount
      FROM postings JOIN accounts ON accounts.id = postings.account_id
      JOIN entries ON entries.id = postings.entry_id
      LEFT JOIN entries AS undone ON undone.id = entries.reverses_entry_id
"""


@dataclass
class Told:
    """Sums by name."""

    sums: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, name: str, amount: int) -> None:
        self.sums[name] += amount

    def __getitem__(self, name: str) -> int:
        return self.sums[name]


def walk(
    instalments: Iterable[tuple[date, int]], paid_before: int, came: int, begin: date, until: date
) -> Told:
    """Every taka of every instalment in its order: what she had paid, what she paid now, what is left."""
    told, left = Told(), paid_before
    open_before: list[int] = []
    open_in_it: list[int] = []
    for due_on, amount in sorted(instalments):
        covered = min(left, amount)
        left -= covered
        if due_on < begin:
            open_before.append(amount - covered)
        elif due_on <= until:
            open_in_it.append(amount - covered)
            told.add("opening_advance", covered)
        else:
            told.add("opening_advance", covered)
    told.add("opening_advance", left)
    told.add("opening_due", sum(open_before))
    told.add("recoverable", sum(open_in_it))
    for name, open_ones in (("due_recovered", open_before), ("regular_recovered", open_in_it)):
        for amount in open_ones:
            taken = min(came, amount)
            came -= taken
            told.add(name, taken)
            told.add("due", amount - taken)
    told.add("advance_recovered", came)
    return told


def ask(branch: Branch, question: str, **values: Any) -> list[dict[str, Any]]:
    with branch.harness.service().books() as books:
        return [dict(row) for row in books.work.session.execute(sa.text(question), values).mappings()]


def month_of(on: date) -> tuple[date, date]:
    begin = on.replace(day=1)
    return begin, (begin + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def loans_of(branch: Branch, month: date) -> dict[str, Told]:
    """What the month was to each loan of the branch that is paid as its first schedule says."""
    begin, until = month_of(month)
    postings = ask(branch, _POSTINGS)
    found = {}
    for loan in ask(branch, "SELECT id::text, account_id::text, principal FROM loans"):
        rows = ask(
            branch,
            "SELECT due_on, principal, charge FROM loan_schedules WHERE loan_id = :id ORDER BY version",
            id=loan["id"],
        )[-1]
        owed = [a + b for a, b in zip(rows["principal"], rows["charge"], strict=True)]
        steps = [now - before for now, before in zip(owed, [0, *owed[:-1]], strict=True)]
        ours = [one for one in postings if loan["id"] == one["owner"] or loan["account_id"] == one["account"]]
        paid = [one for one in ours if one["kind"] not in {"disbursement", "transfer_in"}]
        before = sum(one["amount"] for one in paid if one["business_on"] < begin)
        now = [one for one in paid if begin <= one["business_on"] <= until]
        owed_by_day = zip(rows["due_on"], steps, strict=True)
        told = walk(owed_by_day, before, sum(one["amount"] for one in now), begin, until)
        for one in ours:
            if one["business_on"] <= until and one["ledger"] == "1310":
                told.add("outstanding", -one["amount"])
                told.add("opening", -one["amount"] if one["business_on"] < begin else 0)
        for name, kind in (("disbursed", "disbursement"), ("moved_in", "transfer_in")):
            lent = [one for one in ours if one["kind"] == kind and begin <= one["business_on"] <= until]
            told.add(name, -sum(one["amount"] for one in lent))
        told.add("recovered_principal", sum(one["amount"] for one in now if one["ledger"] == "1310"))
        told.add("recovered_charge", sum(one["amount"] for one in now if one["ledger"] == "4110"))
        found[loan["id"]] = told
    return found


def savings_of(branch: Branch, month: date) -> Told:
    """What the month was to all savings of the branch together."""
    begin, until = month_of(month)
    told = Told()
    for one in ask(branch, _POSTINGS):
        if one["ledger"] not in SAVINGS or one["office"] != branch.id:
            continue
        on = one["value_on"] if one["kind"] in BY_VALUE else one["business_on"]
        if on < begin:
            told.add("opening", one["amount"])
        if on <= until:
            told.add("closing", one["amount"])
        if begin <= on <= until:
            told.add(_flow(one), abs(one["amount"]) * (-1 if one["undoes"] else 1))
    return told


def savings_by_account(branch: Branch, begin: date, until: date) -> list[dict[str, Any]]:
    """What some months were to each savings account of the branch that was open by their end."""
    asked = "SELECT id::text, ledger, member_id::text AS member FROM accounts WHERE office_id = :office"
    days = " AND ledger IN ('2110', '2120', '2130', '2140') AND coalesce(opened_on, '-infinity') <= :until"
    postings = ask(branch, _POSTINGS)
    found = []
    for account in ask(branch, asked + days, office=branch.id, until=until):
        ours = [one for one in postings if one["account"] == account["id"]]
        found.append({**account, "told": _told_of(ours, begin, until).sums})
    return found


def _told_of(postings: Iterable[dict[str, Any]], begin: date, until: date) -> Told:
    told = Told()
    for one in postings:
        on = one["value_on"] if one["kind"] in BY_VALUE else one["business_on"]
        told.add("opening", one["amount"] if on < begin else 0)
        told.add("closing", one["amount"] if on <= until else 0)
        if begin <= on <= until:
            told.add(_flow(one), abs(one["amount"]) * (-1 if one["undoes"] else 1))
    return told


def _flow(one: dict[str, Any]) -> str:
    if one["kind"] == "interest":
        return "interest"
    comes = (one["amount"] > 0) != one["undoes"]
    return "deposited" if comes else "withdrawn"
