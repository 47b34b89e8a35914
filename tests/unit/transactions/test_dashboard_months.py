"""Which closed month stands for many branches: the newest that no other was closed by more of."""

from __future__ import annotations

from datetime import date

import pytest

from transactions.domain.dashboards import newest_whole

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("branches", "newest"),
    [((), None), ((5,), NOVEMBER), ((5, 5), DECEMBER), ((5, 5, 1), DECEMBER), ((4, 5, 5), JANUARY)],
)
def test_the_first_branch_that_closes_a_month_does_not_stand_for_all(
    branches: tuple[int, ...], newest: date | None
) -> None:
    months = [
        {"month": month, "branches": count}
        for month, count in zip((NOVEMBER, DECEMBER, JANUARY), branches, strict=False)
    ]
    assert newest_whole(months) == newest
