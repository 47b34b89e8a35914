"""Every report is counted again by a test that asks nothing of the product."""

from __future__ import annotations

from tests.house.house import ROOT
from tests.support.hand_reports import BY_HAND, ELSEWHERE
from transactions.domain.reports.registry import ALL


def test_a_report_is_counted_by_hand_or_elsewhere() -> None:
    counted = BY_HAND.keys() | ELSEWHERE.keys()
    told = "count it in hand_reports.BY_HAND, or name in its ELSEWHERE the test that does"
    assert {definition.code for definition in ALL} == counted, told
    assert BY_HAND.keys().isdisjoint(ELSEWHERE)


def test_elsewhere_is_where_the_report_is_read() -> None:
    for code, where in ELSEWHERE.items():
        assert code in (ROOT / where).read_text(), where
