"""Regulators' forms against every loan, account and member of two closed months counted again (domain §6)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from contracts.transactions.reports import READ_REPORT
from tests.support.branch import id_of
from tests.support.closed_months import DECEMBER, FUNDS, JANUARY, MONTHS, NOVEMBER, figures, told
from tests.support.kept_books import head_office
from tests.support.loans import taka
from tests.support.recomputed_reports import table
from tests.support.recomputed_snapshots import month_of, savings_by_account

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tests.support.closed_months import Lent, Months

Line = tuple[int | None, int | None]
"""How many, and how much in paisa; nothing where the line says none."""
FAMILIES = (
    ("General savings", "2110", "general_savings"),
    ("Voluntary savings", "2120", "voluntary_savings"),
    ("Term savings (DPS)", "2130", "term_savings"),
    ("Lump savings (FDR)", "2140", "lump_savings"),
)
CLASSES = (
    ("Watchful", "watchful"),
    ("Sub-standard", "sub_standard"),
    ("Doubtful", "doubtful"),
    ("Bad", "bad"),
)
PLACES = (
    "Branches",
    "Staff",
    "Field officers",
    "Branches that have not closed the month (not in this form)",
)
STAFF = {"B001": (4, 2), "B002": (3, 1)}
"""Manager, accountant, officers; of them officers."""


class Counted:
    """What some months were to some branches, of one sex or all, of one fund or all.

    Whoever has not closed the last of them is not counted, and `missing`.
    """

    def __init__(
        self, asked: Sequence[Months], months: Sequence[date], sex: str | None, fund: str | None
    ) -> None:
        branches = [branch for branch in asked if months[-1] in branch.roll]
        self.missing = len(asked) - len(branches)
        self.branches, self.months, self.sex, self.fund = branches, months, sex, fund
        self.by_month = {month: self._lent(month) for month in MONTHS if month <= months[-1]}
        self.last = self.by_month[months[-1]]
        self.owing = [one for one in self.last if one.told["outstanding"]]
        self.in_it = [one for month in months for one in self.by_month[month]]
        self.ever = [one for lent in self.by_month.values() for one in lent]

    def _lent(self, month: date) -> list[Lent]:
        return [
            one
            for branch in self.branches
            for one in branch.lent(month)
            if self.sex in {None, one.sex} and self.fund in {None, one.fund}
        ]

    def _counted(self, names: Iterable[str]) -> Line:
        sexes = self.branches[0].register.sexes
        return len([name for name in names if self.sex in {None, sexes[name]}]), None

    def lines(self) -> dict[str, Line]:
        """Return each line that is counted here, by its words."""
        return {**self.people(), **self.savings(), **self.loans(), **self.dues(), **self.classes()}

    def people(self) -> dict[str, Line]:
        if self.fund is not None:
            return {}
        last, register = self.months[-1], self.branches[0].register
        staff = [STAFF[branch.branch.code] for branch in self.branches]
        places = dict.fromkeys(PLACES)
        if self.sex is None:
            sums = (len(staff), sum(each for each, _ in staff), sum(officers for _, officers in staff))
            places = dict(zip(PLACES, (*sums, self.missing), strict=True))
        saving = {who for branch in self.branches for who in branch.savers(last)}
        savers = [name for name in register.sexes if id_of(name) in saving]
        admitted = [
            name
            for branch in self.branches
            for month in self.months
            for name in branch.admitted.get(month, ())
        ]
        borrowers = [name for branch in self.branches for name in branch.borrowers(last)]
        return {
            **{words: (figure, None) for words, figure in places.items()},
            "Members": self._counted(name for branch in self.branches for name in branch.roll[last]),
            "Members admitted in the period": self._counted(admitted),
            "Borrowers": self._counted(borrowers),
            "Savers": self._counted(savers),
        }

    def savings(self) -> dict[str, Line]:
        flows = self._flows()
        whole: dict[str, int] = defaultdict(int)
        for family in flows.values():
            for name, amount in family.items():
                whole[name] += amount
        found: dict[str, Line] = {
            "Savings: came from other branches": (None, whole["moved_in"]),
            "Savings: went to other branches": (None, whole["moved_out"]),
        }
        for words, sums in (("Savings", whole), *((words, flows[ledger]) for words, ledger, _ in FAMILIES)):
            found |= {
                f"{words}: opening balance": (None, sums["opening"]),
                f"{words}: collected": (None, sums["deposited"]),
                f"{words}: interest credited": (None, sums["interest"]),
                f"{words}: returned": (None, sums["withdrawn"]),
                f"{words}: closing balance": (sums["accounts"], sums["closing"]),
            }
        return found

    def _flows(self) -> dict[str, dict[str, int]]:
        flows: dict[str, dict[str, int]] = {ledger: defaultdict(int) for _, ledger, _ in FAMILIES}
        funds = {ledger: FUNDS[family] for _, ledger, family in FAMILIES}
        begin, until = self.months[0], month_of(self.months[-1])[1]
        for branch in self.branches:
            sexes = {id_of(name): sex for name, sex in branch.register.sexes.items()}
            for account in savings_by_account(branch.branch, begin, until):
                ledger = account["ledger"]
                if self.sex in {None, sexes[account["member"]]} and self.fund in {None, funds[ledger]}:
                    for name, amount in account["told"].items():
                        flows[ledger][name] += amount
                    flows[ledger]["accounts"] += account["open"]
        return flows

    def loans(self) -> dict[str, Line]:
        def ended(name: str) -> Line:
            return None, told(self.in_it, name)

        return {
            "Loans disbursed in the period": (
                len([one for one in self.in_it if one.is_new]),
                told(self.in_it, "disbursed"),
            ),
            "Loans disbursed, cumulative": (
                len([one for one in self.ever if one.is_new]),
                told(self.ever, "disbursed"),
            ),
            "Opening outstanding principal": (None, told(self.by_month[self.months[0]], "opening")),
            "Outstanding principal that came from other branches": ended("moved_in"),
            "Outstanding principal that went to other branches": ended("moved_out"),
            "Principal recovered": ended("recovered_principal"),
            "Principal recovered, cumulative": (None, told(self.ever, "recovered_principal")),
            "Service charge recovered": ended("recovered_charge"),
            "Closing outstanding principal": (len(self.owing), told(self.last, "outstanding")),
            "Written off in the period": ended("written_off"),
            "Written off, cumulative": (None, told(self.ever, "written_off")),
            "Waived on death": ended("waived"),
        }

    def dues(self) -> dict[str, Line]:
        late = [one for one in self.last if one.told["due"]]
        return {
            "Opening dues": (None, told(self.by_month[self.months[0]], "opening_due")),
            "Regular recoverable": (None, told(self.in_it, "recoverable")),
            "Regular recovery": (None, told(self.in_it, "regular_recovered")),
            "Recovery of dues": (None, told(self.in_it, "due_recovered")),
            "Recovery in advance": (None, told(self.in_it, "advance_recovered")),
            "Dues adjusted by moved dates and ended loans": (None, told(self.in_it, "adjusted")),
            "Closing dues": (len(late), told(self.last, "due")),
        }

    def classes(self) -> dict[str, Line]:
        found: dict[str, Line] = {"Loan loss provision": (None, figures(self.last, "provision"))}
        for words, name in CLASSES:
            of_it = [one for one in self.last if one.outstanding and one.loan_class == name]
            found[f"{words}: overdue principal"] = (len(of_it), figures(of_it, "overdue"))
            found[f"{words}: outstanding principal"] = (None, figures(of_it, "outstanding"))
        return found


def form(one: Months, report: str, on: str, office: str | None = None) -> dict[str, Any]:
    asked = {"report": report, "office_id": office or one.branch.id, "on": on, "limit": 500}
    return one.branch.ask(READ_REPORT, head_office(), **asked)


def by_words(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["item"]: row for row in rows}


def expected(
    branches: Sequence[Months], months: Sequence[date], words: Iterable[str], fund: str | None = None
) -> dict[str, dict[str, Any]]:
    """Return what must stand in each line that has these words."""
    sexes = {"female": "female", "male": "male", "all": None}
    counted = {key: Counted(branches, months, sex, fund).lines() for key, sex in sexes.items()}
    return {
        line: {
            **{f"count_{key}": lines[line][0] for key, lines in counted.items()},
            **{f"amount_{key}": as_taka(lines[line][1]) for key, lines in counted.items()},
        }
        for line in words
    }


def as_taka(paisa: int | None) -> str | None:
    return None if paisa is None else taka(paisa)


def figures_of(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        words: {key: row[key] for key in row if key.startswith(("count_", "amount_"))}
        for words, row in rows.items()
    }


ASKED = (("2026-11-30", NOVEMBER), ("2027-01-10", DECEMBER), ("2027-01-31", JANUARY))
"""On which days a form is asked for, and of which month it tells then."""


@pytest.mark.counts("pomis_1", "mra_monthly")
@pytest.mark.parametrize(("on", "month"), ASKED)
@pytest.mark.parametrize("report", ["pomis_1", "mra_monthly"])
def test_a_months_form_says_in_every_line_what_is_counted_again(
    months: tuple[Months, Months], report: str, on: str, month: date
) -> None:
    for office, branches in ((None, months[:1]), (id_of("HO"), months)):
        rows = table(form(months[0], report, on, office))
        whole = by_words(row for row in rows if row.get("fund", "all") == "all")

        assert figures_of(whole) == expected(branches, [month], whole)
        assert {row["month_end"] for row in rows} == {month_of(month)[1].isoformat()}


@pytest.mark.parametrize("report", ["pomis_1", "mra_monthly"])
def test_no_two_lines_say_the_same_and_none_says_nothing(months: tuple[Months, Months], report: str) -> None:
    """So two lines that are exchanged in a form's file are found by the test above."""
    said: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    for office in (None, id_of("HO")):
        for on, _ in ASKED:
            for row in table(form(months[0], report, on, office)):
                for figure in ("count", "amount"):
                    cells = [row[f"{figure}_{key}"] for key in ("female", "male", "all")]
                    if row.get("fund", "all") == "all" and cells != [None] * 3:
                        said[row["item"], figure] += cells

    alike: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
    for (words, figure), cells in said.items():
        alike[figure, *cells].append(words)
    assert [words for words in alike.values() if len(words) > 1] == []
    assert [words for words, cells in said.items() if not any(float(cell or 0) for cell in cells)] == []


def test_a_form_by_fund_says_the_lines_of_each_fund_again(months: tuple[Months, Months]) -> None:
    rows = table(form(months[0], "pomis_1", "2026-12-31", id_of("HO")))

    assert {row["fund"] for row in rows} == {"all", "PKSF", "own"}
    for fund in ("PKSF", "own"):
        found = by_words(row for row in rows if row["fund"] == fund)
        assert figures_of(found) == expected(months, [DECEMBER], found, fund)
        assert "Members" not in found


@pytest.mark.counts("mra_half_yearly")
def test_a_half_year_opens_with_the_first_month_that_was_closed_in_it(months: tuple[Months, Months]) -> None:
    for office, branches in ((None, months[:1]), (id_of("HO"), months)):
        rows = by_words(table(form(months[0], "mra_half_yearly", "2026-12-31", office)))

        assert figures_of(rows) == expected(branches, [NOVEMBER, DECEMBER], rows)
    assert table(form(months[0], "mra_half_yearly", "2026-12-30"))[0]["month_end"] == "2026-06-30"


def test_a_branch_that_has_not_closed_the_month_is_in_no_line_but_that_of_the_missing(
    months: tuple[Months, Months],
) -> None:
    """So what opened, moved and closed adds up, and what is cumulative is so as of the month's end."""
    whole, home = (
        by_words(table(form(months[0], "mra_monthly", "2027-01-31", office)))
        for office in (id_of("HO"), None)
    )

    missing = PLACES[-1]
    assert (whole.pop(missing)["count_all"], home.pop(missing)["count_all"]) == (1, 0)
    assert figures_of(whole) == figures_of(home)
    nobody = by_words(table(form(months[0], "mra_monthly", "2027-02-28", id_of("HO"))))
    assert (nobody[missing]["count_all"], nobody["Branches"]["count_all"]) == (2, 0)
    long_ago = by_words(table(form(months[0], "mra_monthly", "2026-10-31", id_of("HO"))))
    assert long_ago[missing]["count_all"] == 0


@pytest.mark.counts("mra_llp")
def test_provision_of_a_half_year_goes_by_class_and_fund(months: tuple[Months, Months]) -> None:
    rows = table(form(months[0], "mra_llp", "2026-12-31", id_of("HO")))

    lent = [one for branch in months for one in branch.lent(DECEMBER) if one.outstanding]
    words = {**{words: (name,) for words, name in CLASSES}, "Regular": ("regular",)}
    words["All classes"] = ("regular", *(name for _, name in CLASSES))
    for row in rows:
        them = [
            one for one in lent if one.loan_class in words[row["item"]] and row["fund"] in {"all", one.fund}
        ]
        assert row["class_loans"] == len(them)
        for name in ("outstanding", "overdue", "provision"):
            assert row[f"class_{name}"] == taka(figures(them, name)), (row["item"], row["fund"], name)
        assert row["branches_missing"] == (
            0 if (row["item"], row["fund"]) == ("All classes", "all") else None
        )
    assert {(row["item"], row["fund"]) for row in rows} == {
        (item, fund) for item in words for fund in ("all", "PKSF", "own")
    }
