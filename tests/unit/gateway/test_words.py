"""How figures, dates and sentences look to a reader."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.digits import to_latin
from gateway.words import find_sentence, formats
from gateway.words.catalogue import filled

AMOUNTS = st.integers(-(10**15), 10**15).map(
    lambda paisa: f"{'-' if paisa < 0 else ''}{abs(paisa) // 100}.{abs(paisa) % 100:02d}"
)


@pytest.mark.parametrize(
    ("amount", "bangla", "english"),
    [
        ("0.00", "৳০", "৳0"),
        ("999.00", "৳৯৯৯", "৳999"),
        ("1000.00", "৳১,০০০", "৳1,000"),
        ("100000.00", "৳১,০০,০০০", "৳1,00,000"),
        ("1234567.50", "৳১২,৩৪,৫৬৭.৫০", "৳12,34,567.50"),
        ("-1234567.05", "-৳১২,৩৪,৫৬৭.০৫", "-৳12,34,567.05"),
        ("1234567890.00", "৳১,২৩,৪৫,৬৭,৮৯০", "৳1,23,45,67,890"),
        (None, "–", "–"),
    ],
)
def test_taka_are_grouped_by_lakh_and_crore(amount: str | None, bangla: str, english: str) -> None:
    assert (formats.taka(amount, "bn"), formats.taka(amount, "en")) == (bangla, english)


@given(AMOUNTS)
def test_no_digit_of_an_amount_is_lost_in_either_language(amount: str) -> None:
    expected = amount.removesuffix(".00")

    for language in ("bn", "en"):
        shown = to_latin(formats.taka(amount, language)).replace("৳", "").replace(",", "")
        assert shown == expected


def test_dates_and_instants_are_those_of_dhaka() -> None:
    late = "2026-11-23T20:30:00.000000Z"

    assert formats.day("2026-11-23", "bn") == "২৩-১১-২০২৬"
    assert formats.day(date(2026, 1, 5), "en") == "05-01-2026"
    assert formats.instant(late, "en") == "24-11-2026 02:30"
    assert formats.clock(late, "bn") == "০২:৩০"
    assert formats.clock("10:30", "bn") == "১০:৩০"
    assert [formats.weekday(one, "en") for one in (1, 7)] == ["Saturday", "Friday"]
    assert formats.weekday(3, "bn") == "সোমবার"


def test_the_other_name_stands_in_for_a_missing_one() -> None:
    row = {"name_bn": "রহিমা", "name_en": ""}

    assert (formats.pick(row, "name", "bn"), formats.pick(row, "name", "en")) == ("রহিমা", "রহিমা")
    assert formats.pick(None, "name", "en") == "–"


def test_typed_digits_become_latin() -> None:
    assert (formats.latin("৳১২৩.৪৫"), formats.latin(None)) == ("৳123.45", None)


def test_facts_are_filled_in_as_the_language_writes_them() -> None:
    words = {"bn": "{on}: {amount}, {count} জন, {name}", "en": "{on}: {amount}, {count}, {name}"}
    facts = {"on": "2026-11-23", "amount": "1500.00", "count": 100000, "name": "B001"}

    assert filled(words, facts, "en") == "23-11-2026: ৳1,500, 1,00,000, B001"
    assert filled(words, facts, "bn") == "২৩-১১-২০২৬: ৳১,৫০০, ১,০০,০০০ জন, B001"


def test_a_missing_fact_or_code_is_no_failure() -> None:
    assert find_sentence("errors", "TOTAL_DIFFERS", {}, "en") is None
    assert find_sentence("errors", "OF_A_NEWER_SERVICE", {}, "en") is None
