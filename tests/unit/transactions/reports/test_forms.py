"""A regulator's form is its file: every line the figure that it names, and nothing that nobody knows."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from contracts.accounts.members import SEXES as SEXES_OF_MEMBERS
from contracts.transactions.classes_words import LOAN_CLASSES
from transactions.domain.reports.forms import FORMS, SEXES, LayoutWrong, form_of
from transactions.domain.reports.indicators import INDICATORS, LONG_AGO, Fact, Facts, Period, Told

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
SAID: dict[str, Any] = {
    "code": "little",
    "months": 1,
    "by_fund": True,
    "columns": [
        {"key": "amount_female", "kind": "money", "figure": "amount", "sexes": ["female"]},
        {"key": "amount_all", "kind": "money", "figure": "amount"},
        {"key": "count_all", "kind": "count", "figure": "count"},
    ],
    "lines": [
        {"number": "1", "bn": "অবলোপন", "en": "Written off", "amount": "written_off", "count": "loans_ended"},
        {"number": "2", "bn": "মোট অবলোপন", "en": "Written off ever", "amount": "written_off_ever"},
        {"number": "3", "bn": "শাখা", "en": "Branches", "count": "branches"},
    ],
}


def facts_of(*loans: Fact, branches: int = 0) -> Facts:
    nothing: Facts = dict.fromkeys(Told, ())
    places = Fact(month=DECEMBER, sums={"branches": branches})
    return {**nothing, Told.LOANS: loans, Told.PLACES: (places,)}


def loans(month: date, sex: str, fund: str, written_off: int, ended: int) -> Fact:
    return Fact(month=month, sex=sex, fund=fund, sums={"written_off": written_off, "ended": ended})


FACTS = facts_of(
    loans(LONG_AGO, "male", "own", 1, 90),
    loans(NOVEMBER, "female", "own", 10, 91),
    loans(DECEMBER, "female", "own", 100, 3),
    loans(DECEMBER, "male", "own", 1_000, 4),
    loans(DECEMBER, "female", "PKSF", 10_000, 5),
    loans(date(2027, 1, 1), "female", "PKSF", 100_000, 92),
    branches=7,
)


def test_each_cell_is_the_sum_of_its_months_sexes_and_fund() -> None:
    rows = form_of(SAID).rows(FACTS, Period(DECEMBER, DECEMBER))

    cells = ("fund", "line_number", "amount_female", "amount_all", "count_all")
    assert [tuple(row[key] for key in cells) for row in rows] == [
        ("all", "1", 10_100, 11_100, 12),
        ("all", "2", 10_110, 11_111, None),
        ("all", "3", None, None, 7),
        ("PKSF", "1", 10_000, 10_000, 5),
        ("PKSF", "2", 10_000, 10_000, None),
        ("own", "1", 100, 1_100, 7),
        ("own", "2", 110, 1_111, None),
    ]


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        (("lines", 0, "amount"), "wirtten_off", "unknown indicator 'wirtten_off'"),
        (("lines", 0, "amount"), "loans_ended", "'loans_ended' is no money"),
        (("lines", 1, "number"), "1", "twice ['1']"),
        (("lines", 1, "cuont"), "branches", "unknown ['cuont']"),
        (("columns", 0, "sexes"), ["woman"], "['woman']"),
        (("columns", 0, "kind"), "text", "text"),
        (("columns", 1, "key"), "amount_female", "twice ['amount_female']"),
        (("months",), 2, "months 2"),
        (("by_funds",), True, "unknown ['by_funds']"),
    ],
)
def test_a_file_that_says_what_nobody_knows_is_refused_with_the_place(
    path: tuple[Any, ...], value: Any, what: str
) -> None:
    said: Any = deepcopy(SAID)
    place = said
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    with pytest.raises(LayoutWrong) as refused:
        form_of(said)
    assert str(refused.value).startswith("little: ")
    assert what in str(refused.value)


def test_a_line_has_words_in_both_languages() -> None:
    said = deepcopy(SAID)
    del said["lines"][2]["bn"]

    with pytest.raises(LayoutWrong, match="without"):
        form_of(said)


@pytest.mark.parametrize(
    ("on", "months", "first", "last"),
    [
        (date(2026, 12, 30), 1, NOVEMBER, NOVEMBER),
        (date(2026, 12, 31), 1, DECEMBER, DECEMBER),
        (date(2026, 12, 31), 3, OCTOBER, DECEMBER),
        (date(2026, 12, 30), 3, date(2026, 7, 1), date(2026, 9, 1)),
        (date(2027, 5, 31), 6, date(2026, 7, 1), DECEMBER),
        (date(2027, 6, 30), 6, date(2027, 1, 1), date(2027, 6, 1)),
    ],
)
def test_a_form_covers_the_newest_period_that_had_ended(
    on: date, months: int, first: date, last: date
) -> None:
    assert Period.ended_by(on, months) == Period(first, last)


def test_what_is_delivered_says_each_of_its_lines_by_itself() -> None:
    assert {form.code: form.months for form in FORMS} == {
        "mra_half_yearly": 6,
        "mra_llp": 6,
        "mra_monthly": 1,
        "pomis_1": 1,
    }
    for form in FORMS:
        for line in form.lines:
            assert line.bn != line.en
            assert line.figures, (form.code, line.number)
            assert set(line.figures.values()) <= INDICATORS.keys()


def test_lines_of_the_same_words_say_the_same_in_every_form() -> None:
    """What is counted again of one form, in three months, holds for each of them; in both languages."""
    told: dict[str, tuple[str, dict[str, str]]] = {}
    for form in FORMS:
        for line in form.lines:
            assert told.setdefault(line.en, (line.bn, dict(line.figures))) == (line.bn, line.figures), (
                form.code
            )
    assert len({bn for bn, _ in told.values()}) == len(told)


def test_provision_by_class_says_each_figure_of_one_class() -> None:
    """Of bad loans all is set aside, so that no count could tell these two columns from each other."""
    (provision,) = (form for form in FORMS if form.code == "mra_llp")
    for line in provision.lines:
        by_class = {figure: name for figure, name in line.figures.items() if figure != "missing"}
        (of,) = {name.removeprefix(f"{figure}_") for figure, name in by_class.items()}
        assert of in {*LOAN_CLASSES, "of_all_classes"}
    columns = {column.key: column.figure for column in provision.columns}
    by_class = {f"class_{figure}": figure for figure in ("loans", "outstanding", "overdue", "provision")}
    assert columns == by_class | {"branches_missing": "missing"}


def test_sexes_are_those_of_members() -> None:
    assert SEXES == SEXES_OF_MEMBERS
