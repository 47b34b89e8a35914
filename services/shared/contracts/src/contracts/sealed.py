"""Secrets on their way: text that only its addressee can read (mechanics T1).

X25519 with a fresh key for each text, HKDF-SHA-256, AES-256-GCM. The text names its addressee and the key
it was sealed to, so that keys can be changed while texts are on their way.
"""

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_FORM = re.compile(
    r"s1\.(?P<to>[a-z]{1,32})\.(?P<key>[0-9a-f]{16})\.(?P<fresh>[\w-]{43})\.(?P<body>[\w-]{38,})", re.ASCII
)
LONGEST = 8192
"""Of a sealed text, where nothing longer is expected."""
_LONGEST_EVER = 256 * 1024
"""Nothing longer crosses the broker (mechanics T7)."""
_NONCE = 12


class Malformed(ValueError):
    """It is not sealed text."""


class CannotUnseal(ValueError):
    """It was sealed to a key that is not here, or was altered."""


@dataclass(frozen=True, slots=True)
class SealingKey:
    """The public key to which text for an addressee is sealed."""

    addressee: str
    public: X25519PublicKey

    @property
    def key_id(self) -> str:
        """Return the first 16 hexadecimal digits of the key's SHA-256."""
        return hashlib.sha256(self.public.public_bytes_raw()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class UnsealingKey:
    """The private key with which an addressee reads."""

    addressee: str
    private: X25519PrivateKey

    @property
    def public(self) -> SealingKey:
        """The key to which others seal."""
        return SealingKey(self.addressee, self.private.public_key())


def seal(plain: str, to: SealingKey) -> str:
    """Seal text to an addressee."""
    fresh = X25519PrivateKey.generate()
    raw = fresh.public_key().public_bytes_raw()
    head = f"s1.{to.addressee}.{to.key_id}.{_text(raw)}"
    nonce = os.urandom(_NONCE)
    key = _derive(fresh.exchange(to.public), head)
    body = nonce + AESGCM(key).encrypt(nonce, plain.encode(), head.encode())
    return f"{head}.{_text(body)}"


def unseal(sealed: str, keys: Iterable[UnsealingKey]) -> str:
    """Read sealed text with whichever key it was sealed to.

    Raises:
        Malformed: it is not sealed text.
        CannotUnseal: no such key, or the text was altered.
    """
    match = _match(sealed, _LONGEST_EVER)
    head, body = sealed.rsplit(".", 1)
    for key in keys:
        if key.public.key_id == match["key"] and key.addressee == match["to"]:
            return _open(key, head, match["fresh"], _bytes(body))
    raise CannotUnseal("sealed to a key that is not here")


def addressee_of(sealed: object, longest: int = LONGEST) -> str:
    """Return to whom a text is sealed.

    Raises:
        Malformed: it is not sealed text, or longer than it may be.
    """
    return _match(sealed, longest)["to"]


def _open(key: UnsealingKey, head: str, fresh: str, body: bytes) -> str:
    try:
        shared = key.private.exchange(X25519PublicKey.from_public_bytes(_bytes(fresh)))
        return AESGCM(_derive(shared, head)).decrypt(body[:_NONCE], body[_NONCE:], head.encode()).decode()
    except (InvalidTag, ValueError):
        raise CannotUnseal("altered") from None


def _derive(shared: bytes, head: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=head.encode()).derive(shared)


def _match(sealed: object, longest: int) -> re.Match[str]:
    match = _FORM.fullmatch(sealed) if isinstance(sealed, str) and len(sealed) <= longest else None
    if match is None:
        raise Malformed("not sealed text")
    return match


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise Malformed("not sealed text") from None
