"""Statements of a branch, an area and the institution: each equal to what the postings say, counted again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import InvalidPayload, NotFound
from contracts.transactions.books import (
    BALANCE_SHEET,
    INCOME_STATEMENT,
    READ_CASH_BOOK,
    READ_LEDGER,
    READ_LEDGER_BY_OFFICE,
    RECEIPTS_AND_PAYMENTS,
)
from contracts.transactions.ledger import TRIAL_BALANCE
from tests.support.branch import MONDAY, id_of
from tests.support.kept_books import head_office
from tests.support.recomputed_books import balances, below, cash_days, flows, result, sums, taka

if TYPE_CHECKING:
    from tests.support.kept_books import KeptBooks
    from tests.support.recomputed_books import Row

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
PLACES = (("HO", "/HO/"), ("A01", "/HO/A01/"), ("B001", "/HO/A01/B001/"), ("B002", "/HO/A01/B002/"))
DAYS = (MONDAY, TUESDAY, WEDNESDAY)
CASH_BOOKS = {"cash": ("1110", "1120"), "bank": ("1130",), "mobile": ("1140",)}


def ask(kept: KeptBooks, method: Any, office: str, **more: Any) -> dict[str, Any]:
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in more.items()}
    return kept.branches[0].ask(method, head_office(), office_id=id_of(office), **said)


def amounts(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {row["code"]: row["amount"] for row in rows}


def both_sides(answer: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["debit"], row["credit"]) for row in answer["rows"]}


@pytest.mark.parametrize(("office", "path"), PLACES)
@pytest.mark.parametrize("on", DAYS)
class TestATrialBalance:
    def test_is_what_the_postings_say(
        self, kept: KeptBooks, rows: list[Row], office: str, path: str, on: date
    ) -> None:
        answer = ask(kept, TRIAL_BALANCE, office, on=on)

        assert both_sides(answer) == balances(below(path, rows), on)
        assert answer["balanced"]

    def test_tells_what_a_period_moved(
        self, kept: KeptBooks, rows: list[Row], office: str, path: str, on: date
    ) -> None:
        answer = ask(kept, TRIAL_BALANCE, office, from_on=TUESDAY, on=max(on, TUESDAY))

        ours = below(path, rows)
        period = [row for row in ours if TUESDAY <= row.on <= max(on, TUESDAY)]
        said = {row["code"]: (row["debits"], row["credits"]) for row in answer["rows"]}
        told = sums(period, lambda row: row.ledger)
        assert {code: moved for code, moved in said.items() if moved != ("0.00", "0.00")} == {
            code: (taka(one[0]), taka(one[1])) for code, one in told.items()
        }
        opening = sums([row for row in ours if row.on < TUESDAY], lambda row: row.ledger)
        assert {row["code"]: row["opening"] for row in answer["rows"]} == {
            row["code"]: taka(opening.get(row["code"], (0, 0))[0] - opening.get(row["code"], (0, 0))[1])
            for row in answer["rows"]
        }


@pytest.mark.rule("P12")
class TestAsKnownAtAMoment:
    @pytest.mark.parametrize(("office", "path"), PLACES)
    @pytest.mark.parametrize("on", DAYS)
    def test_the_trial_balance_is_what_was_recorded_by_then(
        self, kept: KeptBooks, rows: list[Row], office: str, path: str, on: date
    ) -> None:
        for known_at in sorted({row.at for row in rows})[::5]:
            answer = ask(kept, TRIAL_BALANCE, office, on=on, known_at=known_at.isoformat())

            assert both_sides(answer) == balances(below(path, rows), on, known_at)

    def test_the_ledger_is_what_was_recorded_by_then(self, kept: KeptBooks, rows: list[Row]) -> None:
        known_at = kept.instants[0]

        answer = ask(kept, READ_LEDGER, "A01", ledger="2110", known_at=known_at.isoformat(), on=WEDNESDAY)

        seen = [row for row in rows if row.ledger == "2110" and row.at <= known_at]
        told = sums(seen, lambda row: row.on)
        assert {day["on"]: (day["debit"], day["credit"]) for day in answer["days"]} == {
            on.isoformat(): (taka(debit), taka(credit)) for on, (debit, credit) in told.items()
        }


SPANS = ((MONDAY, MONDAY), (TUESDAY, WEDNESDAY), (MONDAY, WEDNESDAY))
Place, Span = tuple[str, str], tuple[date, date]


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("span", SPANS, ids=str)
class TestAPeriod:
    def test_earns_and_spends_what_the_postings_say(
        self, kept: KeptBooks, rows: list[Row], place: Place, span: Span
    ) -> None:
        answer = ask(kept, INCOME_STATEMENT, place[0], from_on=span[0], on=span[1])

        ours = below(place[1], rows)
        for part, first in (("income", "4"), ("expense", "5")):
            said = {row["code"]: row["amount"] for row in answer[part] if row["amount"] != "0.00"}
            assert said == result(ours, *span, first)
            year = {row["code"]: row["year"] for row in answer[part] if row["year"] != "0.00"}
            assert year == result(ours, date(2026, 7, 1), span[1], first)
        assert answer["fiscal_year"] == "2026-27"

    def test_receives_and_pays_what_the_postings_say(
        self, kept: KeptBooks, rows: list[Row], place: Place, span: Span
    ) -> None:
        answer = ask(kept, RECEIPTS_AND_PAYMENTS, place[0], from_on=span[0], on=span[1])

        received, paid = flows(below(place[1], rows), *span)
        assert (amounts(answer["receipts"]), amounts(answer["payments"])) == (received, paid)
        assert answer["agrees"]
        held = balances(below(place[1], rows), span[1])
        assert amounts(answer["closing"]) == {
            code: side[0] for code, side in held.items() if code.startswith("11") and side[0] != "0.00"
        }

    @pytest.mark.parametrize("book", CASH_BOOKS)
    def test_has_its_cash_books(
        self, kept: KeptBooks, rows: list[Row], place: Place, span: Span, book: str
    ) -> None:
        answer = ask(kept, READ_CASH_BOOK, place[0], book=book, from_on=span[0], on=span[1])

        ours = below(place[1], rows)
        period = [row for row in ours if span[0] <= row.on <= span[1]]
        assert {day["on"]: (day["received"], day["paid"]) for day in answer["days"]} == {
            one.isoformat(): moved for one, moved in cash_days(period, CASH_BOOKS[book]).items()
        }
        in_it = [row for row in ours if row.ledger in CASH_BOOKS[book] and row.on <= span[1]]
        assert answer["closing"] == taka(sum(row.debit - row.credit for row in in_it))

    @pytest.mark.parametrize("code", ["1110", "1310", "2110", "4110", "1410"])
    def test_has_its_ledgers_by_day_and_by_office(
        self, kept: KeptBooks, rows: list[Row], place: Place, span: Span, code: str
    ) -> None:
        said = {"ledger": code, "from_on": span[0], "on": span[1]}
        by_day = ask(kept, READ_LEDGER, place[0], **said)
        by_office = ask(kept, READ_LEDGER_BY_OFFICE, place[0], **said)

        ours = [row for row in below(place[1], rows) if row.ledger == code and row.on <= span[1]]
        period = sums([row for row in ours if row.on >= span[0]], lambda row: row.on)
        assert {day["on"]: (day["debit"], day["credit"]) for day in by_day["days"]} == {
            one.isoformat(): (taka(moved[0]), taka(moved[1])) for one, moved in period.items()
        }
        sign = 1 if code.startswith("1") else -1
        closing = {
            one: sign * (moved[0] - moved[1]) for one, moved in sums(ours, lambda row: row.office).items()
        }
        assert {item["code"]: item["closing"] for item in by_office["items"]} == {
            one: taka(held) for one, held in closing.items()
        }
        whole = taka(sum(closing.values()))
        assert by_day["closing"] == by_office["closing"] == whole
        assert not by_day["days"] or by_day["days"][-1]["balance"] == whole


@pytest.mark.parametrize(("office", "path"), PLACES)
@pytest.mark.parametrize("on", DAYS)
def test_a_balance_sheet_is_what_the_postings_say(
    kept: KeptBooks, rows: list[Row], office: str, path: str, on: date
) -> None:
    answer = ask(kept, BALANCE_SHEET, office, on=on)

    totals = sums([row for row in below(path, rows) if row.on <= on], lambda row: row.ledger)
    for part, first, sign in (("assets", "1", 1), ("liabilities", "2", -1), ("funds", "3", -1)):
        told = {code: sign * (one[0] - one[1]) for code, one in totals.items() if code.startswith(first)}
        assert amounts(answer[part]) == {code: taka(amount) for code, amount in told.items() if amount}
    unclosed = sum(one[1] - one[0] for code, one in totals.items() if code[0] in "45")
    assert answer["unclosed_surplus"] == taka(unclosed)
    assert answer["balanced"]
    assert answer["owned"] == answer["owed"]


class TestABook:
    def test_of_an_office_alone_leaves_out_what_is_below_it(self, kept: KeptBooks) -> None:
        answer = ask(kept, TRIAL_BALANCE, "A01", own=True)

        assert (answer["rows"], answer["offices"], answer["on"]) == ([], 0, None)

    def test_says_how_many_of_its_offices_are_not_closed_yet(self, kept: KeptBooks) -> None:
        told = {on: ask(kept, TRIAL_BALANCE, "HO", on=on) for on in DAYS}

        assert {on: (one["offices"], one["unclosed"]) for on, one in told.items()} == {
            MONDAY: (2, 0),
            TUESDAY: (2, 1),
            WEDNESDAY: (2, 2),
        }

    @pytest.mark.rule("L6")
    def test_shows_no_movement_between_offices_that_are_read_together(self, kept: KeptBooks) -> None:
        apart = {
            office: next(
                row
                for row in ask(kept, TRIAL_BALANCE, office, from_on=MONDAY)["rows"]
                if row["code"] == "1410"
            )
            for office in ("B001", "B002", "HO")
        }

        assert (apart["B001"]["credits"], apart["B002"]["debits"]) == ("30700.00", "700.00")
        assert (apart["HO"]["debits"], apart["HO"]["credits"]) == ("0.00", "60000.00")

    def test_of_another_branch_is_not_found(self, kept: KeptBooks) -> None:
        here, there = kept.branches
        for method in (INCOME_STATEMENT, BALANCE_SHEET, RECEIPTS_AND_PAYMENTS):
            for office in (there.id, id_of("A01"), id_of("HO")):
                with pytest.raises(NotFound):
                    here.ask(method, here.accountant, office_id=office)

    def test_refuses_a_period_that_ends_before_it_begins_or_a_ledger_that_is_none(
        self, kept: KeptBooks
    ) -> None:
        with pytest.raises(InvalidPayload):
            ask(kept, INCOME_STATEMENT, "B001", from_on=TUESDAY, on=MONDAY)
        with pytest.raises(InvalidPayload):
            ask(kept, INCOME_STATEMENT, "B001", from_on=date(2020, 1, 1), on=MONDAY)
        with pytest.raises(InvalidPayload):
            ask(kept, READ_LEDGER, "B001", ledger="9999")
