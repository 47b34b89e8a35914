"""Sealed text: only its addressee reads it, and nobody alters it."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from contracts.sealed import CannotUnseal, Malformed, UnsealingKey, addressee_of, seal, unseal

IDENTITY = UnsealingKey("identity", X25519PrivateKey.generate())
OLDER = UnsealingKey("identity", X25519PrivateKey.generate())


@given(plain=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_the_addressee_reads_what_was_sealed(plain: str):
    sealed = seal(plain, IDENTITY.public)
    assert unseal(sealed, [OLDER, IDENTITY]) == plain
    assert addressee_of(sealed) == "identity"


def test_the_same_text_is_never_sealed_alike_and_never_shows():
    first, second = seal("01711000000", IDENTITY.public), seal("01711000000", IDENTITY.public)
    assert first != second
    assert "01711000000" not in first


def test_nobody_else_reads_it():
    sealed = seal("1234", IDENTITY.public)
    accounts = UnsealingKey("accounts", IDENTITY.private)
    for keys in ([], [OLDER], [accounts]):
        with pytest.raises(CannotUnseal):
            unseal(sealed, keys)


@pytest.mark.parametrize("part", [2, 3, 4])
def test_altered_in_any_part_it_cannot_be_read(part: int):
    parts = seal("1234", IDENTITY.public).split(".")
    parts[part] = ("0" if parts[part][0] != "0" else "1") + parts[part][1:]
    with pytest.raises(CannotUnseal):
        unseal(".".join(parts), [IDENTITY])


@pytest.mark.parametrize(
    "text", [None, 5, "", "1234", "s1.identity.x.y.z", "s2" + "x" * 100, "s1." + "x" * 9000]
)
def test_what_is_not_sealed_is_refused(text: object):
    with pytest.raises(Malformed):
        addressee_of(text)


def test_what_is_longer_than_it_may_be_is_refused_unless_a_picture_is_expected():
    sealed = seal("x" * 80_000, IDENTITY.public)

    with pytest.raises(Malformed):
        addressee_of(sealed)
    assert addressee_of(sealed, 120 * 1024) == "identity"
    assert unseal(sealed, [IDENTITY]) == "x" * 80_000
