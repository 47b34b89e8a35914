"""What a report is: its columns, its order, its groups, and what it may be asked for. Pure.

A definition is data. Its rows come from one question of `repository/reports`; its words are the gateway's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.transactions.reports_words import ColumnKind, ReportParameter, ReportSubject

BRANCH = "branch"
NAMES_A_MEMBER = frozenset({"member_code", "member", "about", "about_name"})
"""Columns that say whom a row is about; an approval or a finding may be about whomever."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a report.

    Attributes:
        key: Its name in the rows, and the key of its words; a name's two forms are `key_bn` and `key_en`.
        kind: What it holds.
        summed: Whether totals say its sum; only of counts and amounts.
        ratio: For a percentage or an average: the columns of which the first is divided by the second, in
            totals too.
        times: By what a percentage is multiplied: a month's yield by twelve is a year's.
        of_group: It is the same in all rows of a group, and stands beside the group's total.
        of_branch: It says which branch, so one branch alone does without it.
    """

    key: str
    kind: ColumnKind
    summed: bool = False
    ratio: tuple[str, str] | None = None
    times: int = 1
    of_group: bool = False
    of_branch: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One report.

    Attributes:
        code: By which it is asked for; it keeps its meaning for ever.
        permission: The verb without which it does not exist for a caller, beside `report:read`.
        columns: From left to right.
        key: By which columns of its question rows are ordered within a branch, together unique, never null:
            name to type, one of `text`, `date`, `uuid`, `bigint`.
        group: The first of the key, where a total follows the rows that have it in common.
        parameters: What it may be asked for.
        required: What of that it must be asked for, since nothing can stand for it.
        by_branch: Whether each row is of one branch, so that branches may be asked one after the other.
        lead: From which columns of its question a screen is led on from a row: `entry_id`, `sheet_id`,
            `office_id` or `ledger`, each to the column that says it.
    """

    code: str
    subject: ReportSubject
    permission: str
    columns: tuple[Column, ...]
    key: Mapping[str, str] = field(default_factory=dict)
    group: str | None = None
    parameters: tuple[ReportParameter, ...] = ()
    required: tuple[ReportParameter, ...] = ()
    by_branch: bool = True
    lead: Mapping[str, str] = field(default_factory=dict)

    @property
    def order(self) -> dict[str, str]:
        """The whole order: by branch first."""
        return {"branch_code": "text", **self.key} if self.by_branch else dict(self.key)

    @property
    def sums(self) -> tuple[str, ...]:
        """The keys of the columns that totals sum."""
        return tuple(column.key for column in self.columns if column.summed)

    @property
    def names_members(self) -> bool:
        """Whether its rows say something of single members, so that not everybody may be given them."""
        asked_of_one = ReportParameter.MEMBER in self.required
        return asked_of_one or any(column.key in NAMES_A_MEMBER for column in self.columns)

    def columns_for(self, *, one_branch: bool) -> tuple[Column, ...]:
        """Return the columns that are shown; one branch alone does without its own name."""
        return tuple(column for column in self.columns if not (one_branch and column.of_branch))


def text(key: str, *, of_group: bool = False) -> Column:
    """Return a column of text as people wrote it."""
    return Column(key, ColumnKind.TEXT, of_group=of_group)


def code(key: str, *, of_group: bool = False) -> Column:
    """Return a column of codes and numbers that are no amounts."""
    return Column(key, ColumnKind.CODE, of_group=of_group)


def name(key: str, *, of_group: bool = False) -> Column:
    """Return a column of names in both languages."""
    return Column(key, ColumnKind.NAME, of_group=of_group)


def word(key: str) -> Column:
    """Return a column of words of a closed list."""
    return Column(key, ColumnKind.WORD)


def day(key: str) -> Column:
    """Return a column of dates."""
    return Column(key, ColumnKind.DATE)


def instant(key: str) -> Column:
    """Return a column of instants."""
    return Column(key, ColumnKind.INSTANT)


def count(key: str, *, summed: bool = False) -> Column:
    """Return a column of whole numbers."""
    return Column(key, ColumnKind.COUNT, summed=summed)


def money(key: str, *, summed: bool = True) -> Column:
    """Return a column of amounts in paisa, summed unless it is said otherwise."""
    return Column(key, ColumnKind.MONEY, summed=summed)


def percent(key: str, part: str, whole: str, *, times: int = 1) -> Column:
    """Return a column that says how much of one column another one is."""
    return Column(key, ColumnKind.PERCENT, ratio=(part, whole), times=times)


def average(key: str, kind: ColumnKind, whole: str, among: str) -> Column:
    """Return a column that shares a column of amounts or counts out among the count of another one."""
    return Column(key, kind, ratio=(whole, among))


BRANCH_COLUMN = Column(BRANCH, ColumnKind.NAME, of_branch=True)
"""In a report of more than one branch."""

ON, PERIOD = ReportParameter.ON, ReportParameter.PERIOD
PRODUCT, OFFICER = ReportParameter.PRODUCT, ReportParameter.OFFICER
SAMITY, MEMBER = ReportParameter.SAMITY, ReportParameter.MEMBER
KNOWN_AT = ReportParameter.KNOWN_AT

HER = (code("member_code"), name("member"))
"""Who a row is about."""
