"""Personal data at rest: readable at its place only, found by a keyed index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.privacy import Place, Privacy, Tampered

PRIVACY = Privacy(b"f" * 32, b"i" * 32)
PLACE = Place("members", "nid", "5f0f4d70-0000-7000-8000-000000000001")


@given(plain=st.text(st.characters(exclude_categories=["Cs"])))
def test_shows_what_it_hid(plain: str):
    assert PRIVACY.show(PRIVACY.hide(plain, PLACE), PLACE) == plain


def test_hides_the_same_value_differently_each_time():
    first, second = (PRIVACY.hide("1234567890", PLACE) for _ in range(2))
    assert first != second
    assert "1234567890" not in first


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("staff", "nid", PLACE.row_id),
        Place("members", "mobile", PLACE.row_id),
        Place("members", "nid", "other"),
    ],
)
def test_a_value_moved_elsewhere_cannot_be_read(elsewhere: Place):
    with pytest.raises(Tampered):
        PRIVACY.show(PRIVACY.hide("1234567890", PLACE), elsewhere)


def test_another_key_or_an_altered_value_cannot_be_read():
    hidden = PRIVACY.hide("1234567890", PLACE)
    altered = hidden[:12] + ("A" if hidden[12] != "A" else "B") + hidden[13:]
    for privacy, text in ((Privacy(b"g" * 32, b"i" * 32), hidden), (PRIVACY, altered), (PRIVACY, "")):
        with pytest.raises(Tampered):
            privacy.show(text, PLACE)


def test_the_index_finds_equals_and_needs_its_own_key():
    assert PRIVACY.index("nid", "1234567890") == PRIVACY.index("nid", "1234567890")
    others = {
        PRIVACY.index("nid", "1234567891"),
        PRIVACY.index("mobile", "1234567890"),
        Privacy(b"f" * 32, b"j" * 32).index("nid", "1234567890"),
    }
    assert len(others | {PRIVACY.index("nid", "1234567890")}) == 4


def test_keys_are_never_printed():
    assert "ffff" not in repr(PRIVACY)


@given(plain=st.binary(max_size=300))
def test_shows_a_picture_that_it_hid_at_its_place_only(plain: bytes):
    hidden = PRIVACY.hide_bytes(plain, PLACE)

    assert PRIVACY.show_bytes(hidden, PLACE) == plain
    assert len(hidden) == len(plain) + 8 + 12 + 16
    with pytest.raises(Tampered):
        PRIVACY.show_bytes(hidden, Place("members", "nid", "other"))


def test_another_key_or_an_altered_picture_cannot_be_read():
    hidden = PRIVACY.hide_bytes(b"a picture", PLACE)
    altered = hidden[:-1] + bytes([hidden[-1] ^ 1])
    for privacy, body in ((Privacy(b"g" * 32, b"i" * 32), hidden), (PRIVACY, altered), (PRIVACY, b"")):
        with pytest.raises(Tampered):
            privacy.show_bytes(body, PLACE)
