"""Statements as reports, as they go onto the screen and into files: equal to the postings counted again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.transactions.books import READ_ENTRY
from contracts.transactions.reports import READ_REPORT
from contracts.transactions.reports_errors import ReportNotFound
from tests.support.branch import MONDAY, id_of
from tests.support.kept_books import head_office
from tests.support.recomputed_books import CASH, balances, below, cash_days, flows, result, sums, taka
from tests.support.recomputed_reports import leads, table

if TYPE_CHECKING:
    from tests.support.kept_books import KeptBooks
    from tests.support.recomputed_books import Row

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
PLACES = (("HO", "/HO/"), ("B001", "/HO/A01/B001/"), ("B002", "/HO/A01/B002/"))
BOOKS = (
    "trial_balance",
    "income_statement",
    "balance_sheet",
    "receipts_and_payments",
    "cash_flow",
    "cash_book",
    "bank_book",
    "general_ledger",
    "voucher_register",
)


FLOW_OF = {"14": "between", "15": "investing", "16": "investing", "25": "financing", "31": "financing"}


def read(kept: KeptBooks, report: str, office: str, **asked: date) -> dict[str, Any]:
    said = {name: on.isoformat() for name, on in asked.items()}
    question = {"report": report, "office_id": id_of(office), "limit": 500, **said}
    return kept.branches[0].ask(READ_REPORT, head_office(), **question)


def paisa(amount: str) -> int:
    return int(amount.replace(".", ""))


def part(rows: list[dict[str, Any]], name: str) -> dict[str | None, str]:
    return {row["ledger"]: row["amount"] for row in rows if row["part"] == name}


@pytest.mark.parametrize(("office", "path"), PLACES)
class TestAReport:
    def test_of_the_trial_balance(self, kept: KeptBooks, rows: list[Row], office: str, path: str) -> None:
        page = read(kept, "trial_balance", office, from_on=TUESDAY, to_on=WEDNESDAY)

        told = {row["ledger"]: (row["debit"], row["credit"]) for row in table(page)}
        assert told == balances(below(path, rows), WEDNESDAY)
        (total,) = table(page, "total")
        assert total["debit"] == total["credit"]

    def test_of_income_and_of_what_is_owned(
        self, kept: KeptBooks, rows: list[Row], office: str, path: str
    ) -> None:
        earned = table(read(kept, "income_statement", office, from_on=TUESDAY, to_on=WEDNESDAY))
        owned = table(read(kept, "balance_sheet", office, on=WEDNESDAY))

        ours = below(path, rows)
        for name, first in (("income", "4"), ("expense", "5")):
            said = {code: amount for code, amount in part(earned, name).items() if amount != "0.00"}
            assert said == result(ours, TUESDAY, WEDNESDAY, first)
        totals = sums(ours, lambda row: row.ledger)
        assets = {code: taka(one[0] - one[1]) for code, one in totals.items() if code.startswith("1")}
        assert part(owned, "assets") == {code: held for code, held in assets.items() if held != "0.00"}
        assert part(owned, "assets_in_all") == part(owned, "owed")

    def test_of_cash(self, kept: KeptBooks, rows: list[Row], office: str, path: str) -> None:
        moved = table(read(kept, "receipts_and_payments", office, from_on=TUESDAY, to_on=WEDNESDAY))
        days = table(read(kept, "cash_book", office, from_on=TUESDAY, to_on=WEDNESDAY))
        banks = table(read(kept, "bank_book", office, from_on=TUESDAY, to_on=WEDNESDAY))

        ours = below(path, rows)
        received, paid = flows(ours, TUESDAY, WEDNESDAY)
        assert (part(moved, "receipts"), part(moved, "payments")) == (received, paid)
        period = [row for row in ours if row.on >= TUESDAY]
        for told, codes in ((days, ("1110", "1120")), (banks, ("1130",))):
            assert {row["booked_on"]: (row["received"], row["paid"]) for row in told[1:]} == {
                on.isoformat(): one for on, one in cash_days(period, codes).items()
            }
            held = sum(row.debit - row.credit for row in ours if row.ledger in codes)
            assert told[-1]["balance"] == taka(held)

    def test_of_what_cash_was_for(self, kept: KeptBooks, rows: list[Row], office: str, path: str) -> None:
        told = table(read(kept, "cash_flow", office, from_on=TUESDAY, to_on=WEDNESDAY))

        ours = below(path, rows)
        nets: dict[str, dict[str, int]] = {}
        for sign, moved in zip((1, -1), flows(ours, TUESDAY, WEDNESDAY), strict=True):
            for code, amount in moved.items():
                part_of = nets.setdefault(FLOW_OF.get(code[:2], "operating"), {})
                part_of[code] = part_of.get(code, 0) + sign * paisa(amount)
        for flow in ("operating", "investing", "financing", "between"):
            expected = {code: net for code, net in nets.get(flow, {}).items() if net}
            assert part(told, flow) == {code: taka(net) for code, net in expected.items()}
            assert part(told, f"{flow}_in_all") == {None: taka(sum(expected.values()))}
        held = [row for row in ours if row.ledger in CASH]
        before, after = (
            sum(row.debit - row.credit for row in held if row.on <= on) for on in (MONDAY, WEDNESDAY)
        )
        said = [part(told, name)[None] for name in ("opening_in_all", "net_change", "closing_in_all")]
        assert said == [taka(before), taka(after - before), taka(after)]

    def test_of_all_ledgers(self, kept: KeptBooks, rows: list[Row], office: str, path: str) -> None:
        page = read(kept, "general_ledger", office, from_on=TUESDAY, to_on=WEDNESDAY)

        ours = [row for row in below(path, rows) if row.on >= TUESDAY]
        expected = sums(ours, lambda row: (row.ledger, row.on.isoformat()))
        assert {
            (row["ledger"], row["booked_on"]): (row["debits"], row["credits"]) for row in table(page)
        } == {place: (taka(one[0]), taka(one[1])) for place, one in expected.items()}
        by_ledger = sums(ours, lambda row: row.ledger)
        assert {row["ledger"]: (row["debits"], row["credits"]) for row in table(page, "group")} == {
            code: (taka(one[0]), taka(one[1])) for code, one in by_ledger.items()
        }

    def test_of_vouchers(self, kept: KeptBooks, rows: list[Row], office: str, path: str) -> None:
        page = read(kept, "voucher_register", office, from_on=MONDAY, to_on=WEDNESDAY)

        closed = {"B001": WEDNESDAY, "B002": TUESDAY}
        ours = [row for row in below(path, rows) if row.on < closed[row.office]]
        expected = sums(ours, lambda row: row.entry)
        assert sorted(row["amount"] for row in table(page)) == sorted(
            taka(one[0]) for one in expected.values()
        )

        for row, lead in list(zip(table(page), leads(page), strict=True))[:3]:
            entry = kept.branches[0].ask(READ_ENTRY, head_office(), entry_id=lead["entry_id"])
            assert (entry["voucher"], entry["total"]) == (row["voucher"], row["amount"])


def test_who_may_not_read_the_book_finds_none_of_its_reports(kept: KeptBooks) -> None:
    here = kept.branches[0]
    for report in BOOKS:
        with pytest.raises(ReportNotFound):
            here.ask(READ_REPORT, here.officer, report=report, office_id=here.id)
