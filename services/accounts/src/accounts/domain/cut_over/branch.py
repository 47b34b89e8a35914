"""What a file says of a branch, row by row, once every cell of it could be read. Pure (rule P13)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from contracts.accounts.cut_over_words import SOURCE_ID, CutOverSheet
from contracts.money import Paisa


@dataclass(frozen=True, slots=True, kw_only=True)
class OldSamity:
    """A samity of the old books; `officer` is named in either language."""

    row: int
    source_id: str
    name_bn: str
    name_en: str
    kind: str
    village: str
    meeting_weekday: int
    meeting_time: time | None
    officer: str
    opened_on: date
    max_members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OldMember:
    """A member of the old books; of her numbers only the blind indexes."""

    row: int
    source_id: str
    samity: str
    birth_on: date
    admitted_on: date
    nominee_birth_on: date
    guardian_name: str | None
    guardian_relation: str | None
    consent_on: date
    nid_index: str
    mobile_index: str | None
    said: Mapping[str, Any] = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldSavings:
    """A savings account of the old books, in paisa, with what it took and gave since it was opened."""

    row: int
    source_id: str
    member: str
    product: str
    opened_on: date
    amount: Paisa | None
    months: int | None
    deposited: Paisa
    withdrawn: Paisa
    interest: Paisa
    balance: Paisa
    last_receipt: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OldLoan:
    """A running loan of the old books, in paisa.

    Attributes:
        charge: The whole service charge, as it was agreed.
        instalment: What each instalment asked for; the last took the rest.
        instalments_paid: How many of them are paid in full.
        oldest_unpaid_on: When the first one that is not fell, or falls, due.
    """

    row: int
    source_id: str
    member: str
    product: str
    plan: str
    cycle: int
    purpose: str
    disbursed_on: date
    principal: Paisa
    charge: Paisa
    instalment: Paisa
    instalments: int
    first_due_on: date
    instalments_paid: int
    principal_paid: Paisa
    charge_paid: Paisa
    oldest_unpaid_on: date
    last_receipt: str | None

    @property
    def total(self) -> Paisa:
        """All that it asks for."""
        return Paisa(self.principal + self.charge)

    @property
    def paid(self) -> Paisa:
        """All that was paid on it."""
        return Paisa(self.principal_paid + self.charge_paid)

    @property
    def outstanding(self) -> Paisa:
        """The principal that she still owes."""
        return Paisa(self.principal - self.principal_paid)


@dataclass(frozen=True, slots=True)
class OldBranch:
    """All that is brought over of a branch."""

    samities: tuple[OldSamity, ...] = ()
    members: tuple[OldMember, ...] = ()
    savings: tuple[OldSavings, ...] = ()
    loans: tuple[OldLoan, ...] = ()


_OF_SHEET: Mapping[CutOverSheet, type[Any]] = {
    CutOverSheet.SAMITIES: OldSamity,
    CutOverSheet.MEMBERS: OldMember,
    CutOverSheet.SAVINGS: OldSavings,
    CutOverSheet.LOANS: OldLoan,
}


def branch_of(rows: Iterable[tuple[CutOverSheet, int, Mapping[str, Any]]]) -> OldBranch:
    """Return the branch that rows without a wrong cell tell of, in their order.

    Args:
        rows: Sheet, number and what each cell says; a member's with the indexes of her numbers.
    """
    found: dict[CutOverSheet, list[Any]] = {sheet: [] for sheet in CutOverSheet}
    for sheet, row, said in rows:
        made = _OF_SHEET[sheet]
        named = {name: said[name] for name in said if name in made.__slots__}
        whole = {"said": said} if sheet is CutOverSheet.MEMBERS else {}
        found[sheet].append(made(row=row, **named, **whole))
    return OldBranch(*(tuple(found[sheet]) for sheet in CutOverSheet))


def source_ids(branch: OldBranch) -> Iterable[tuple[CutOverSheet, int, str]]:
    """Yield every row's sheet, number and own id."""
    parts: tuple[Iterable[Any], ...] = (branch.samities, branch.members, branch.savings, branch.loans)
    for sheet, rows in zip(CutOverSheet, parts, strict=True):
        for one in rows:
            yield sheet, one.row, getattr(one, SOURCE_ID)
