"""The JSON of the broker: no hooks, no floats, one canonical form."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import wire

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(value=plain)
def test_what_is_written_is_read(value: object):
    assert wire.loads(wire.dumps(value)) == value


@given(value=st.dictionaries(st.text("abc"), st.integers()))
def test_order_of_keys_does_not_change_the_digest(value: dict[str, int]):
    assert wire.digest(value) == wire.digest(dict(reversed(value.items())))


def test_another_body_has_another_digest():
    assert wire.digest({"amount": "50.00"}) != wire.digest({"amount": "50.01"})


def test_bangla_stays_as_it_is():
    assert wire.dumps({"name": "রহিমা"}) == '{"name":"রহিমা"}'


@pytest.mark.parametrize("value", [1.5, {"a": [0.0]}, Decimal(1), date(2026, 1, 1), {1: "a"}, {"a"}, b"a"])
def test_refuses_to_write_what_json_has_no_word_for(value: object):
    with pytest.raises(wire.Unwritable):
        wire.dumps(value)


@pytest.mark.parametrize(
    "raw",
    [b"1.5", b'{"a": 1e3}', b"NaN", b"-Infinity", b"", b"{", b"\xff", b'{"a": 1, "a": 2}', b"[" * 100_000],
)
def test_refuses_to_read_anything_else(raw: bytes):
    with pytest.raises(wire.Unreadable):
        wire.loads(raw)


def test_refuses_what_is_larger_than_the_limit():
    assert wire.loads(json.dumps("a" * (wire.LIMIT_BYTES - 2)))
    with pytest.raises(wire.Unreadable):
        wire.loads(json.dumps("a" * (wire.LIMIT_BYTES - 1)))


def test_tags_of_other_serializers_are_plain_text():
    assert wire.loads(b'{"__type__": "decimal", "__value__": "1"}') == {
        "__type__": "decimal",
        "__value__": "1",
    }
