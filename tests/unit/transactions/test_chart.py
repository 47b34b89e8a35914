"""The chart of accounts: five classes, a tree, unique codes, and what no hand posts on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transactions.domain.chart import SHIPPED, Cash, Chart, Ledger, LedgerClass, Ledgers, Side, ledger_of

HEADS = ("1000", "2000", "3000", "4000", "5000")
MONEY_OF_OTHERS = ("1120", "1310", "2110", "2120", "2130", "2140", "2210", "2250", "2260")


def added(code: str, parent: str) -> Ledger:
    return ledger_of({"code": code, "parent": parent, "name_bn": "ক", "name_en": "A", "floor": None})


class TestTheShippedChart:
    def test_is_a_tree_of_five_classes(self) -> None:
        assert tuple(ledger.code for ledger in SHIPPED if ledger.parent is None) == HEADS
        below = [ledger.code for head in HEADS for ledger in SHIPPED.below(head)]
        assert sorted(below) == [ledger.code for ledger in SHIPPED]

    def test_stands_in_one_class_from_leaf_to_head(self) -> None:
        for ledger in SHIPPED:
            path = SHIPPED.above(ledger.code)
            assert (path[0], path[-1].code) == (ledger, f"{ledger.code[0]}000")
            assert {node.ledger_class for node in path} == {LedgerClass.of_code(ledger.code)}

    def test_sums_up_in_groups_only(self) -> None:
        assert all(SHIPPED[ledger.parent].is_group for ledger in SHIPPED if ledger.parent)
        assert not any(ledger.is_group for ledger in vars(Ledgers).values() if isinstance(ledger, Ledger))

    def test_names_everything_in_both_languages_once(self) -> None:
        leaves = [ledger for ledger in SHIPPED if not ledger.is_group]
        for names in ([one.name_bn for one in leaves], [one.name_en for one in leaves]):
            assert all(names)
            assert len(set(names)) == len(names)
        assert all("\u0980" <= one.name_bn[0] <= "\u09ff" for one in SHIPPED)

    def test_keeps_the_money_of_members_and_officers_from_vouchers(self) -> None:
        assert all(SHIPPED[code].is_control for code in MONEY_OF_OTHERS)

    def test_knows_where_money_is(self) -> None:
        held = {ledger.code: ledger.cash for ledger in SHIPPED if ledger.cash}
        assert held == {"1110": Cash.CASH, "1120": Cash.CASH, "1130": Cash.BANK, "1140": Cash.BANK}

    def test_grows_on_the_side_of_its_class(self) -> None:
        sides = {head: SHIPPED[head].ledger_class.grows_on for head in HEADS}
        assert [side for side in sides.values() if side is Side.DEBIT] == [sides["1000"], sides["5000"]]
        assert {head for head in HEADS if SHIPPED[head].ledger_class.is_result} == {"4000", "5000"}


class TestAnAddedLedger:
    def test_stands_below_another_and_changes_none(self) -> None:
        chart = SHIPPED.with_added([added("4111", "4110"), added("5491", "5400")])

        assert [node.code for node in chart.above("4111")] == ["4111", "4110", "4100", "4000"]
        assert {code: chart[code] for code in SHIPPED.ledgers} == SHIPPED.ledgers

    @pytest.mark.parametrize(("code", "parent"), [("4110", "4100"), ("5111", "4110"), ("4121", "4110")])
    def test_has_a_code_of_its_own_below_its_parent(self, code: str, parent: str) -> None:
        with pytest.raises(ValueError, match=r"code stands twice|does not stand below"):
            SHIPPED.with_added([added(code, parent)])

    def test_has_a_parent(self) -> None:
        with pytest.raises(ValueError, match="does not stand below"):
            SHIPPED.with_added([added("4991", "4990")])
        with pytest.raises(ValueError, match="nothing above it"):
            Chart.of([Ledger("4110", LedgerClass.INCOME, "ক", "A")])

    @given(st.permutations(sorted(SHIPPED.ledgers)))
    def test_finds_its_place_in_whatever_order_it_comes(self, codes: list[str]) -> None:
        assert Chart.of(SHIPPED[code] for code in codes) == SHIPPED
