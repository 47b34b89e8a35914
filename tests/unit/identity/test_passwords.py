"""Passwords and PINs: what is refused, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity.domain.passwords import (
    Weakness,
    normalize_digits,
    normalize_password,
    weakness_of_password,
    weakness_of_pin,
)

NAMES = ("rahima.k", "Rahima Khatun", "রহিমা খাতুন")
CODE = "001-0001.48291"


class TestPassword:
    @pytest.mark.parametrize(
        "password",
        [
            "correct horse battery",
            "নদীর ধারে ছোট্ট একটা ঘর",
            "the ferry leaves at dawn",
            "7 mangoes, 3 jackfruits",
            "z" * 3 + "brinjal curry",
        ],
    )
    def test_a_sentence_of_ones_own_is_taken(self, password):
        assert weakness_of_password(password, names=NAMES) is None

    @pytest.mark.parametrize(
        ("password", "weakness"),
        [
            ("eleven char", Weakness.TOO_SHORT),
            ("কখগঘঙচছজঝঞট", Weakness.TOO_SHORT),
            ("a" * 129, Weakness.TOO_LONG),
            ("abababababab", Weakness.TOO_FEW_CHARACTERS),
            ("password2026!", Weakness.COMMON),
            ("P@ssw0rd2026!", Weakness.COMMON),
            ("Welc0me@M1krof99", Weakness.COMMON),
            ("qwertyuiop123", Weakness.COMMON),
            ("Bangladesh1971", Weakness.COMMON),
            ("zxcvbnm asdfghjkl", Weakness.COMMON),
            ("my rahima 1990 x", Weakness.NEAR_NAME),
            ("খাতুন-এর গোপন কথা", Weakness.NEAR_NAME),
        ],
    )
    def test_what_is_tried_first_is_refused(self, password, weakness):
        assert weakness_of_password(normalize_password(password), names=NAMES) is weakness

    @given(password=st.text(min_size=12, max_size=128))
    def test_every_text_gets_an_answer(self, password):
        assert weakness_of_password(password, names=NAMES) in {None, *Weakness}

    def test_the_same_letters_typed_in_two_ways_are_one_password(self):
        composed, decomposed = "\u09cb", "\u09c7\u09be"

        assert normalize_password(composed) == normalize_password(decomposed)


class TestPin:
    @pytest.mark.parametrize("pin", ["493817", "502846", "190375", "270916"])
    def test_an_ordinary_one_is_taken(self, pin):
        assert weakness_of_pin(pin, member_code=CODE) is None

    @pytest.mark.parametrize(
        ("pin", "weakness"),
        [
            ("12345", Weakness.NOT_DIGITS),
            ("1234567", Weakness.NOT_DIGITS),
            ("49381a", Weakness.NOT_DIGITS),
            ("٤٩٣٨١٧", Weakness.NOT_DIGITS),
            ("777777", Weakness.COMMON),
            ("345678", Weakness.COMMON),
            ("890123", Weakness.COMMON),
            ("654321", Weakness.COMMON),
            ("210987", Weakness.COMMON),
            ("474747", Weakness.COMMON),
            ("519519", Weakness.COMMON),
            ("112233", Weakness.COMMON),
            ("148291", Weakness.NEAR_NAME),
        ],
    )
    def test_a_finders_first_guesses_are_refused(self, pin, weakness):
        assert weakness_of_pin(pin, member_code=CODE) is weakness

    @given(first=st.integers(0, 9), step=st.sampled_from([0, 1, -1]))
    def test_every_run_is_refused(self, first, step):
        pin = "".join(str((first + step * place) % 10) for place in range(6))

        assert weakness_of_pin(pin, member_code=CODE) is Weakness.COMMON

    def test_is_read_as_the_slip_shows_it(self):
        assert normalize_digits(" ৪৯৩৮-১৭ ") == "493817"
