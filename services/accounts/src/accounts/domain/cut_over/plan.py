"""What rows of the old books become: their ids and codes, the same whenever they are counted. Pure (P13)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from accounts.domain.codes import loan_code, member_code, samity_code, savings_code
from accounts.domain.cut_over.branch import OldBranch, OldSavings
from accounts.domain.lending.calendar import months_after
from contracts.accounts.cut_over_words import CutOverSheet
from contracts.accounts.product_words import Family
from contracts.money import Paisa

_SOURCES = UUID("2f6b9a1e-43d0-5e58-9d7c-7c0f5a1b6e42")


def id_of(branch_id: str, sheet: CutOverSheet, source_id: str) -> str:
    """Return the id of what a row becomes: the same for whoever brings the same row of the same branch."""
    return str(uuid5(_SOURCES, f"{branch_id}:{sheet}:{source_id}"))


@dataclass(frozen=True, slots=True)
class Named:
    """What a row becomes: its id, its code, and its serial within what the code counts."""

    id: str
    code: str
    serial: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Ids and codes of all rows of a branch, by the sources' own ids."""

    samities: Mapping[str, Named]
    members: Mapping[str, Named]
    savings: Mapping[str, Named]
    loans: Mapping[str, Named]


def plan_of(branch: OldBranch, *, branch_id: str, branch_code: str, first_serial: int) -> Plan:
    """Return what rows become; serials follow the file's order.

    Args:
        branch: All rows, without a fault.
        branch_id: Where they are brought.
        branch_code: Its code.
        first_serial: The serial of the first samity.
    """
    samities = {
        one.source_id: Named(
            id_of(branch_id, CutOverSheet.SAMITIES, one.source_id),
            samity_code(branch_code, first_serial + number),
            first_serial + number,
        )
        for number, one in enumerate(branch.samities)
    }
    members = _members(branch, branch_id, samities)
    counted: Counter[tuple[str, str]] = Counter()
    savings: dict[str, Named] = {}
    loans: dict[str, Named] = {}
    for account in branch.savings:
        counted[account.member, account.product] += 1
        serial = counted[account.member, account.product]
        code = savings_code(account.product, members[account.member].code, serial)
        account_id = id_of(branch_id, CutOverSheet.SAVINGS, account.source_id)
        savings[account.source_id] = Named(account_id, code, serial)
    for loan in branch.loans:
        counted[loan.member, loan.product] += 1
        serial = counted[loan.member, loan.product]
        code = loan_code(loan.product, members[loan.member].code, serial)
        loans[loan.source_id] = Named(id_of(branch_id, CutOverSheet.LOANS, loan.source_id), code, serial)
    return Plan(samities, members, savings, loans)


def _members(branch: OldBranch, branch_id: str, samities: Mapping[str, Named]) -> dict[str, Named]:
    counted: Counter[str] = Counter()
    found: dict[str, Named] = {}
    for one in branch.members:
        counted[one.samity] += 1
        serial = counted[one.samity]
        code = member_code(samities[one.samity].code, serial)
        found[one.source_id] = Named(id_of(branch_id, CutOverSheet.MEMBERS, one.source_id), code, serial)
    return found


def paid_so_far(account: OldSavings, family: Family, on: date) -> tuple[tuple[date, Paisa], ...]:
    """Return what the old books took on a deposit for a term, each payment with its day.

    They say how much was paid, not when. A lump was paid when it was opened. A monthly plan's instalments
    count as paid each a month after the one before, the last ones on the day of the cut-over where more were
    paid than had fallen due; what is left is part of the next one.
    """
    if family is Family.LUMP and account.deposited:
        return ((account.opened_on, account.deposited),)
    if family is not Family.TERM or not account.amount:
        return ()
    whole, rest = divmod(account.deposited, account.amount)
    parts = [account.amount] * whole + ([Paisa(rest)] if rest else [])
    return tuple(
        (min(months_after(account.opened_on, number), on), part) for number, part in enumerate(parts)
    )
