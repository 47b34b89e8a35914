"""The words of a branch's cut-over: which sheets a file has, and what stands in which column (rule P13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

ROWS_A_CHUNK = 100
"""So many rows go over the broker at once: far below what it takes (mechanics T7)."""
ROWS_MOST = 60_000
CONFIRM_WITHIN_DAYS = 30


class CutOverSheet(StrEnum):
    """What a file brings over, in the order in which one needs the other."""

    SAMITIES = "samities"
    MEMBERS = "members"
    SAVINGS = "savings"
    LOANS = "loans"


class CutOverState(StrEnum):
    """Where a cut-over stands; `checking` and `entering` are steps that are taken meanwhile."""

    DRAFT = "draft"
    CHECKING = "checking"
    FAULTY = "faulty"
    CHECKED = "checked"
    PROPOSED = "proposed"
    DECLINED = "declined"
    ENTERING = "entering"
    REFUSED = "refused"
    ENTERED = "entered"


class CellKind(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    DATE = "date"
    TIME = "time"
    MONEY = "money"
    COUNT = "count"
    WORD = "word"
    YES_NO = "yes_no"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        longest: The most characters of a text.
        words: What a cell may say, where it is one of some words.
        least: The least count.
        most: The greatest count.
    """

    name: str
    kind: CellKind = CellKind.TEXT
    required: bool = True
    longest: int = 100
    words: tuple[str, ...] = ()
    least: int = 0
    most: int = 9_999


def _date(name: str, *, required: bool = True) -> Column:
    return Column(name, CellKind.DATE, required)


def _money(name: str, *, required: bool = True) -> Column:
    return Column(name, CellKind.MONEY, required)


def _count(name: str, *, least: int = 0, most: int = 9_999, required: bool = True) -> Column:
    return Column(name, CellKind.COUNT, required, least=least, most=most)


def _word(name: str, *words: str, required: bool = True) -> Column:
    return Column(name, CellKind.WORD, required, words=words)


def _text(name: str, longest: int = 100, *, required: bool = True) -> Column:
    return Column(name, CellKind.TEXT, required, longest)


SOURCE_ID = "source_id"

COLUMNS: Mapping[CutOverSheet, tuple[Column, ...]] = {
    CutOverSheet.SAMITIES: (
        _text(SOURCE_ID, 60),
        _text("name_bn"),
        _text("name_en"),
        _word("kind", "female", "male", "mixed"),
        _text("village"),
        _count("meeting_weekday", least=1, most=6),
        Column("meeting_time", CellKind.TIME, required=False),
        _text("officer", 120),
        _date("opened_on"),
        _count("max_members", least=1, most=200),
    ),
    CutOverSheet.MEMBERS: (
        _text(SOURCE_ID, 60),
        _text("samity", 60),
        _text("name_bn"),
        _text("name_en"),
        _text("father_or_spouse_bn", required=False),
        _text("father_or_spouse_en", required=False),
        _word("sex", "female", "male", "other"),
        _date("birth_on"),
        Column("nid", CellKind.SEALED),
        Column("mobile", CellKind.SEALED, required=False),
        _text("village"),
        _text("post"),
        _text("union", required=False),
        _text("upazila"),
        _text("district"),
        _text("line", 200, required=False),
        _word("language", "bn", "en", required=False),
        _text("passbook_number", 20),
        _date("admitted_on"),
        _text("nominee_name"),
        _text("nominee_relation", 50),
        _date("nominee_birth_on"),
        _text("guardian_name", required=False),
        _text("guardian_relation", 50, required=False),
        _date("consent_on"),
        _text("consent_witness"),
        _word("consent_mark", "signature", "thumb"),
        Column("consent_messages", CellKind.YES_NO, required=False),
        Column("consent_credit_bureau", CellKind.YES_NO, required=False),
        Column("consent_photo", CellKind.YES_NO, required=False),
    ),
    CutOverSheet.SAVINGS: (
        _text(SOURCE_ID, 60),
        _text("member", 60),
        _text("product", 20),
        _date("opened_on"),
        _money("amount", required=False),
        _count("months", least=1, most=600, required=False),
        _money("deposited"),
        _money("withdrawn"),
        _money("interest"),
        _money("balance"),
        _text("last_receipt", 40, required=False),
    ),
    CutOverSheet.LOANS: (
        _text(SOURCE_ID, 60),
        _text("member", 60),
        _text("product", 20),
        _text("plan", 20),
        _count("cycle", least=1, most=200),
        _text("purpose", 100),
        _date("disbursed_on"),
        _money("principal"),
        _money("charge"),
        _money("instalment"),
        _count("instalments", least=1, most=600),
        _date("first_due_on"),
        _count("instalments_paid", most=600),
        _money("principal_paid"),
        _money("charge_paid"),
        _date("oldest_unpaid_on"),
        _text("last_receipt", 40, required=False),
    ),
}
"""Every column of every sheet, in the order of the template."""

SEALED_COLUMNS = frozenset(
    column.name for columns in COLUMNS.values() for column in columns if column.kind is CellKind.SEALED
)
"""What leaves the gateway only sealed to accounts (mechanics T1)."""
