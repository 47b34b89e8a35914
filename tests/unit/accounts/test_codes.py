"""Codes as people type them when they look for somebody."""

import pytest

from accounts.domain.codes import code_of_member


@pytest.mark.parametrize(
    ("searched", "hers"),
    [
        ("GS.B001.0007.00042.1", "B001.0007.00042"),
        ("JAG.B001.0007.00042", "B001.0007.00042"),
        ("GS.101.0007.00042.12", "101.0007.00042"),
        ("B001.0007.00042", "B001.0007.00042"),
        ("B001.0007.00042.1", "B001.0007.00042"),
    ],
)
def test_an_account_is_known_by_whose_it_is(searched: str, hers: str) -> None:
    assert code_of_member(searched) == hers


@pytest.mark.parametrize("searched", ["B001", "B001.0007", "B001.0007.000", "GS.B001.0007", "%.0007.00042x"])
def test_a_beginning_stays_what_it_is(searched: str) -> None:
    assert code_of_member(searched) == searched
