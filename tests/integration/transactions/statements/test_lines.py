"""The book line by line: pages that join without a gap, balances that follow, vouchers, and one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import InvalidPayload, NotFound
from contracts.transactions.books import LIST_LEDGER_LINES, LIST_VOUCHERS, READ_ENTRY
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.kept_books import head_office
from tests.support.recomputed_books import sums, taka
from transactions.queries import ledgers

if TYPE_CHECKING:
    from tests.support.kept_books import KeptBooks
    from tests.support.recomputed_books import Row


def pages(kept: KeptBooks, method: Any, **said: Any) -> list[dict[str, Any]]:
    """Read all pages of a list."""
    found, after = [], None
    while True:
        page = kept.branches[0].ask(method, head_office(), **said, after=after)
        found.append(page)
        after = page["next"]
        if after is None:
            return found


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "PAGE", 3)


@pytest.mark.usefixtures("short_pages")
class TestLines:
    @pytest.mark.parametrize("code", ["1110", "2110", "4110", "1410"])
    def test_of_a_ledger_are_what_its_entries_moved(
        self, kept: KeptBooks, rows: list[Row], code: str
    ) -> None:
        told = pages(
            kept, LIST_LEDGER_LINES, office_id=id_of("B001"), ledger=code, from_on=MONDAY.isoformat()
        )

        lines = [line for page in told for line in page["items"]]
        ours = [row for row in rows if row.office == "B001" and row.ledger == code]
        expected = sums(ours, lambda row: row.entry)
        assert {line["entry_id"]: (line["debit"], line["credit"]) for line in lines} == {
            entry: (taka(moved[0]), taka(moved[1])) for entry, moved in expected.items()
        }
        assert len(lines) == len(expected)
        assert [line["recorded_at"] for line in lines] == sorted(line["recorded_at"] for line in lines)

    @pytest.mark.parametrize("asked", [{"ledger": "1110"}, {"ledger": "2110"}, {"book": "cash"}])
    def test_carry_the_balance_from_page_to_page(self, kept: KeptBooks, asked: dict[str, str]) -> None:
        told = pages(kept, LIST_LEDGER_LINES, office_id=id_of("B001"), from_on=MONDAY.isoformat(), **asked)

        sign = -1 if asked.get("ledger") == "2110" else 1
        balance = 0
        for page in told:
            assert page["opening"] == taka(balance)
            for line in page["items"]:
                balance += sign * (paisa(line["debit"]) - paisa(line["credit"]))
                assert line["balance"] == taka(balance)
        assert len(told) > 1

    def test_of_the_cash_book_leave_out_what_officers_bring_to_the_vault(
        self, kept: KeptBooks, rows: list[Row]
    ) -> None:
        told = pages(
            kept, LIST_LEDGER_LINES, office_id=id_of("B001"), book="cash", from_on=MONDAY.isoformat()
        )

        inner = {
            row.entry
            for row in rows
            if row.kind == "hand_over" and row.ledger == "1120" and row.office == "B001"
        }
        assert inner
        assert not inner & {line["entry_id"] for page in told for line in page["items"]}

    def test_name_a_ledger_or_a_book_and_a_page_of_theirs(self, kept: KeptBooks) -> None:
        for said in ({}, {"ledger": "1110", "book": "cash"}, {"ledger": "1110", "after": "x~y~z"}):
            with pytest.raises(InvalidPayload):
                kept.branches[0].ask(LIST_LEDGER_LINES, head_office(), office_id=id_of("B001"), **said)

    def test_of_another_branch_are_not_found(self, kept: KeptBooks) -> None:
        here, there = kept.branches
        with pytest.raises(NotFound):
            here.ask(LIST_LEDGER_LINES, here.accountant, office_id=there.id, ledger="1110")


@pytest.mark.usefixtures("short_pages")
class TestVouchers:
    def test_are_those_of_closed_days_each_once(self, kept: KeptBooks, rows: list[Row]) -> None:
        told = pages(kept, LIST_VOUCHERS, office_id=id_of("HO"), from_on=MONDAY.isoformat())

        found = [item for page in told for item in page["items"]]
        closed = {"B001": 2, "B002": 1}
        expected = {row.entry for row in rows if (row.on - MONDAY).days < closed[row.office]}
        assert sorted(item["entry_id"] for item in found) == sorted(expected)
        totals = sums(rows, lambda row: row.entry)
        assert all(item["total"] == taka(totals[item["entry_id"]][0]) for item in found)

    def test_of_one_kind_and_branch_are_numbered_without_a_gap(self, kept: KeptBooks) -> None:
        told = pages(kept, LIST_VOUCHERS, office_id=id_of("B001"), from_on=MONDAY.isoformat(), kind="receipt")

        numbers = [item["voucher"] for page in told for item in page["items"]]
        assert numbers
        assert [int(number.rsplit("-", 1)[-1].rsplit("/", 1)[-1]) for number in numbers] == list(
            range(1, len(numbers) + 1)
        )


class TestAnEntry:
    def test_is_told_with_its_postings_and_its_people(self, kept: KeptBooks, rows: list[Row]) -> None:
        entry = next(row.entry for row in rows if row.kind == "collection" and row.office == "B001")

        told = kept.branches[0].ask(READ_ENTRY, head_office(), entry_id=entry)

        moved = sums([row for row in rows if row.entry == entry], lambda row: row.ledger)
        said = {(posting["code"], posting["debit"], posting["credit"]) for posting in told["postings"]}
        assert {code for code, _, _ in said} == set(moved)
        assert told["total"] == taka(sum(one[0] for one in moved.values()))
        assert (told["maker_en"], told["checker_en"], told["officer_en"]) == (
            "Accountant",
            "Manager",
            "Officer",
        )

    def test_of_another_branch_is_not_found(self, kept: KeptBooks, rows: list[Row]) -> None:
        here = kept.branches[0]
        foreign = next(row.entry for row in rows if row.office == "B002")
        for entry in (foreign, new_id()):
            with pytest.raises(NotFound):
                here.ask(READ_ENTRY, here.accountant, entry_id=entry)


def paisa(text: str) -> int:
    return int(text.replace(".", ""))
