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
     ORDER BY entries.business_on
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


_LOANS = """
    SELECT loans.id::text, loans.office_id::text AS office, loans.status, loans.ended_on,
           ARRAY(SELECT loans.account_id::text UNION
                 SELECT account_id::text FROM transferred_accounts WHERE loan_id = loans.id) AS accounts
      FROM loans
"""
_SCHEDULES = """
    SELECT recorded_on, due_on, principal, charge FROM loan_schedules WHERE loan_id = :id ORDER BY version
"""
LENT, ENDING = (
    {"disbursement", "transfer_in", "transfer_out"},
    {"waiver": "waived", "write_off": "written_off"},
)
FLOWS = {"disbursement": "disbursed", "transfer_in": "moved_in", "transfer_out": "moved_out", **ENDING}
"""What changes an outstanding principal besides what she pays; what comes is told as more than nothing."""


def loans_of(branch: Branch, month: date) -> dict[str, Told]:
    """What the month was to each loan that has ever been in the branch's book."""
    postings = ask(branch, _POSTINGS)
    found = {}
    for loan in ask(branch, _LOANS):
        principal = [one for one in postings if one["account"] in loan["accounts"]]
        charge = [one for one in postings if one["ledger"] == "4110" and one["owner"] == loan["id"]]
        here = [one for one in principal if one["office"] == branch.id]
        if any(one["business_on"] <= month_of(month)[1] for one in here):
            told = _money_of(here, [one for one in charge if one["office"] == branch.id], month)
            if _is_here(branch, loan, told, principal, month) and not _ended_before(loan, month):
                paid = [one for one in principal if one["kind"] not in LENT] + charge
                _add_dues(told, branch, loan, paid, month)
            found[loan["id"]] = told
    return found


def _money_of(principal: list[dict[str, Any]], charge: list[dict[str, Any]], month: date) -> Told:
    begin, until = month_of(month)
    told = Told()
    for one in principal:
        amount, on = one["amount"], one["business_on"]
        told.add("opening", -amount if on < begin else 0)
        told.add("outstanding", -amount if on <= until else 0)
        if begin <= on <= until:
            flow = FLOWS.get(one["kind"], "recovered_principal")
            told.add(flow, -amount if flow in {"disbursed", "moved_in"} else amount)
    for one in charge:
        if begin <= one["business_on"] <= until and one["kind"] not in ENDING:
            told.add("recovered_charge", one["amount"])
    return told


def _is_here(
    branch: Branch, loan: dict[str, Any], told: Told, principal: list[dict[str, Any]], month: date
) -> bool:
    """Whether a loan's dues are the branch's: it holds the loan, or held it when it ended."""
    until = month_of(month)[1]
    anywhere = sum(one["amount"] for one in principal if one["business_on"] <= until)
    return told["outstanding"] > 0 or (loan["office"] == branch.id and anywhere == 0)


def _ended_before(loan: dict[str, Any], month: date) -> bool:
    return loan["status"] != "running" and loan["ended_on"] < month_of(month)[0]


def _add_dues(
    told: Told, branch: Branch, loan: dict[str, Any], paid: list[dict[str, Any]], month: date
) -> None:
    """Walk along the schedule that was in force when the month began, and along the one at its end."""
    begin, until = month_of(month)
    versions = ask(branch, _SCHEDULES, id=loan["id"])
    hers = [one for one in paid if one["kind"] not in ENDING]
    before = sum(one["amount"] for one in hers if one["business_on"] < begin)
    came = sum(one["amount"] for one in hers if begin <= one["business_on"] <= until)
    then = steps_of([one for one in versions if one["recorded_on"] < begin][-1:])
    now = steps_of([one for one in versions if one["recorded_on"] <= until][-1:])
    opening, flow = walk(then, before, 0, begin, until), walk(now, before, came, begin, until)
    ended = loan["status"] != "running" and loan["ended_on"] <= until
    for name in ("recoverable", "due_recovered", "regular_recovered", "advance_recovered"):
        told.add(name, flow[name])
    told.add("opening_due", opening["opening_due"])
    told.add("opening_advance", opening["opening_advance"])
    told.add("due", 0 if ended else flow["due"])
    told.add("adjusted", flow["opening_due"] - opening["opening_due"] - (flow["due"] if ended else 0))


def steps_of(versions: list[dict[str, Any]]) -> list[tuple[date, int]]:
    """Return each instalment of a schedule; none where there was no schedule."""
    found: list[tuple[date, int]] = []
    for one in versions:
        owed = [a + b for a, b in zip(one["principal"], one["charge"], strict=True)]
        steps = (now - before for now, before in zip(owed, [0, *owed[:-1]], strict=True))
        found += zip(one["due_on"], steps, strict=True)
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
    """What some months were to each savings account that the branch had by their end.

    `open` tells whether it was still there: an account leaves with the member whom it is taken along by.
    """
    asked = "SELECT id::text, ledger, member_id::text AS member FROM accounts WHERE office_id = :office"
    days = " AND ledger IN ('2110', '2120', '2130', '2140') AND coalesce(opened_on, '-infinity') <= :until"
    postings = ask(branch, _POSTINGS)
    found = []
    for account in ask(branch, asked + days, office=branch.id, until=until):
        ours = [one for one in postings if one["account"] == account["id"]]
        gone = any(one["kind"] == "transfer_out" and one["business_on"] <= until for one in ours)
        yet = all(one["kind"] == "transfer_in" and one["business_on"] > until for one in ours[:1])
        if not (ours and yet):
            found.append({**account, "open": not gone, "told": _told_of(ours, begin, until).sums})
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
    if one["kind"] in {"transfer_in", "transfer_out"}:
        return "moved_in" if one["kind"] == "transfer_in" else "moved_out"
    comes = (one["amount"] > 0) != one["undoes"]
    return "deposited" if comes else "withdrawn"
