"""Where the product's reports say something else than those that were counted by hand, cell by cell."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tests.support.hand_asked import Row, Wanted, rate, taka
from tests.support.hand_book import FIELD, WALLET, HandBook
from tests.support.hand_reports import BY_HAND, RATES
from tests.support.lives import paisa
from tests.support.month_life import WEEK

if TYPE_CHECKING:
    from demo.client import Person
    from tests.support.month_life import Calendar, House

CLOSING, MONTH = "closing", "month"
ACTS = {
    ("interest_provision", "journal"): MONTH,
    ("interest", "journal"): CLOSING,
    ("closing", "journal"): CLOSING,
    ("collection", "receipt"): FIELD,
    ("fee", "receipt"): FIELD,
    ("mobile_money", "receipt"): WALLET,
}
"""What is booked by several entries at one instant: an account's closing, a month's interest by product; a
sheet with its fees, or a provider's file, as the ledger shows that they debit."""
NOTHING_OF_IT = {"transfers", "remittances", "unauthorised"}
"""What did not happen in the month, or is over by its end."""
FIGURES = {"count", "money", "percent", "date"}


def disagreements(area: str, houses: list[House], days: Calendar) -> list[str]:
    """Where a report says something else than the clerk, for either branch and for the area above them."""
    person = houses[0].weeks.branch.area_manager
    south = houses[1].weeks.branch.area_manager
    book = HandBook(
        entries=[*houses[0].book.entries, *houses[1].book.entries],
        women=houses[0].book.women | houses[1].book.women,
        samities=houses[0].book.samities | houses[1].book.samities,
        loans=houses[0].book.loans | houses[1].book.loans,
        accruals=[*houses[0].book.accruals, *houses[1].book.accruals],
        credited_to=houses[0].book.credited_to | houses[1].book.credited_to,
    )
    names = tuple(house.name for house in houses)
    found: list[str] = []
    told: set[str] = set()
    places = [(person, houses[0].weeks.branch.id, names[:1]), (south, houses[1].weeks.branch.id, names[1:])]
    for reader, office_id, branches in [*places, (person, area, names)]:
        for on, begin, end in (
            (days.first_meeting, days.first_meeting, days.first_meeting),
            (days.first_meeting + WEEK, days.lent_on, days.first_meeting + WEEK),
            (days.end, days.month, days.end),
            (days.last, days.last.replace(day=1), days.last),
        ):
            wanted = Wanted(book, branches, on, begin, end, open_on=days.last)
            found += read_all(reader, office_id, wanted, houses, told)
    empty = BY_HAND.keys() - told - NOTHING_OF_IT
    return [*found, *(f"{report} had nothing to tell" for report in sorted(empty))]


def read_all(
    reader: Person, office_id: str, wanted: Wanted, houses: list[House], told: set[str]
) -> list[str]:
    """Read each report of an office; `told` gathers those that had something to tell."""
    found = []
    for shape in reader.get("/reports")["items"]:
        if shape["report"] in BY_HAND:
            for one, narrow in narrowed(shape, wanted, houses):
                expected = list(BY_HAND[shape["report"]](one))
                asked = question(office_id, shape, one, narrow)
                found += compare(reader, shape["report"], asked, expected)
                told |= {shape["report"]} if expected else set()
    return found


def narrowed(shape: dict[str, Any], wanted: Wanted, houses: list[House]) -> list[tuple[Wanted, Row]]:
    """A report of one member or samity is asked for each of them, in her branch; the others once."""
    if shape["required"] and len(wanted.branches) > 1:
        return []
    inside = [house for house in houses if house.name in wanted.branches]
    if "member" in shape["required"]:
        return [
            (wanted.of_member(name), {"member_id": house.ids[name]}) for house in inside for name in house.ids
        ]
    if "samity" in shape["required"]:
        return [
            (wanted.of_samity(code), {"samity_id": samity_id})
            for house in inside
            for code, (samity_id, _) in house.samities.items()
        ]
    return [(wanted, {})]


def question(office_id: str, shape: dict[str, Any], wanted: Wanted, narrow: Row) -> Row:
    asked: Row = {"office_id": office_id, "limit": 200} | narrow
    if "on" in shape["parameters"]:
        asked["on"] = wanted.on.isoformat()
    if "period" in shape["parameters"]:
        asked |= {"from_on": wanted.begin.isoformat(), "to_on": wanted.end.isoformat()}
    return asked


def compare(reader: Person, report: str, asked: Row, expected: list[Row]) -> list[str]:
    """Hold a whole report against its rows by hand: every figure and day, and the codes that are known."""
    page = reader.get(f"/reports/{report}", **asked)
    assert page["next"] is None
    kinds = {column["key"]: column["kind"] for column in page["columns"]}
    shown = [
        (row["kind"], dict(zip(kinds, (plain(cell) for cell in row["cells"]), strict=True)))
        for row in page["rows"]
    ]
    keys = set(expected[0]) & set(kinds) if expected else set()
    if expected and (left_out := {key for key in kinds if kinds[key] in FIGURES} - keys):
        return [f"{report} is not counted by hand in {left_out}"]
    rows = [{key: row[key] for key in keys} for kind, row in shown if kind == "row"]
    told = [{key: row[key] for key in keys} for row in expected]
    where = f"{report} {asked}"
    if report == "voucher_register":
        rows, told = in_any_order(rows), in_any_order(told)
    return [
        *differences(where, rows, told),
        *(one for kind, row in shown if kind == "total" for one in in_all(where, row, kinds, expected)),
    ]


def in_any_order(rows: list[Row]) -> list[Row]:
    """Vouchers with one act's numbers by amount: which of its entries has which of them is all the same."""

    def act(row: Row) -> tuple[str, ...]:
        known = ACTS.get((row["entry_kind"], row["voucher_kind"]))
        at_once = known in {CLOSING, MONTH, *row["debited"].split()}
        return row.get("branch", ""), row["booked_on"], known if known and at_once else row["voucher"]

    found: list[Row] = []
    for _, some in groupby(sorted(rows, key=act), act):
        together = list(some)
        numbers = sorted(row["voucher"] for row in together)
        by_amount = sorted(together, key=lambda row: paisa(row["amount"]))
        found += [row | {"voucher": number} for row, number in zip(by_amount, numbers, strict=True)]
    return found


def plain(cell: Any) -> Any:
    return cell["en"] if isinstance(cell, dict) else cell


def differences(where: str, rows: list[Row], told: list[Row]) -> list[str]:
    shown, counted = (sorted(json.dumps(row, sort_keys=True) for row in some) for some in (rows, told))
    for row in list(shown):
        if row in counted:
            shown.remove(row)
            counted.remove(row)
    return [*(f"{where}: shows {row}" for row in shown), *(f"{where}: by hand {row}" for row in counted)]


def in_all(where: str, total: Row, kinds: Row, expected: list[Row]) -> list[str]:
    """The last line: the sums of all rows, and the rates that follow from them."""
    found = []
    for key, shown in total.items():
        if shown is None or key == "branch":
            continue
        if kinds[key] == "percent":
            part, whole = (sum(paisa(row[one]) for row in expected) for one in RATES[key])
            right: Any = rate(part, whole)
        elif kinds[key] == "money":
            right = taka(sum(paisa_of(row[key]) for row in expected))
        else:
            right = sum(row[key] for row in expected)
        if shown != right:
            found.append(f"{where}: in all {key} {shown}, by hand {right}")
    return found


def paisa_of(amount: str | None) -> int:
    if amount is None:
        return 0
    return -paisa(amount[1:]) if amount.startswith("-") else paisa(amount)
