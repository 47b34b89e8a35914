"""Bangla digits at the edge, Latin ones inside."""

from hypothesis import given
from hypothesis import strategies as st

from contracts.digits import to_bangla, to_latin


@given(number=st.integers())
def test_there_and_back(number: int):
    assert to_latin(to_bangla(str(number))) == str(number)


def test_leaves_letters_alone():
    assert to_latin("সমিতি ০০১/A") == "সমিতি 001/A"
    assert to_bangla("1,23,456.78") == "১,২৩,৪৫৬.৭৮"
