"""Personal data at rest: encrypted field by field, found again by a keyed blind index (reliability §5)."""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from contracts.keys import Keyring

_NONCE = 12
_KEY_ID = 8


class Tampered(Exception):
    """The stored value was altered, moved to another row, or encrypted with a key that is not here."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is kept; a value moved elsewhere cannot be read."""

    table: str
    column: str
    row_id: str

    def encoded(self) -> bytes:
        """Return what the encryption is bound to."""
        return f"{self.table}:{self.column}:{self.row_id}".encode()


@dataclass(frozen=True, slots=True, repr=False)
class Privacy:
    """Encrypts and indexes the personal data of one service."""

    field_key: bytes
    index_key: bytes

    @classmethod
    def of(cls, service: str, keys: Keyring) -> "Privacy":
        """Take a service's keys from its keyring."""
        return cls(keys.field_key(service), keys.index_key(service))

    def hide(self, plain: str, place: Place) -> str:
        """Encrypt a value for its place: AES-256-GCM, the key's id in front."""
        return f"{self._key_id()}.{base64.urlsafe_b64encode(self._encrypt(plain.encode(), place)).decode()}"

    def show(self, hidden: str, place: Place) -> str:
        """Decrypt a value at its place.

        Raises:
            Tampered: altered, moved, or of another key.
        """
        key_id, _, body = hidden.partition(".")
        if key_id != self._key_id():
            raise Tampered(place.table)
        try:
            return self._decrypt(base64.urlsafe_b64decode(body), place).decode()
        except (InvalidTag, ValueError):
            raise Tampered(place.table) from None

    def hide_bytes(self, plain: bytes, place: Place) -> bytes:
        """Encrypt what is no text, such as a picture, for its place; a third smaller than as text."""
        return self._key_id().encode() + self._encrypt(plain, place)

    def show_bytes(self, hidden: bytes, place: Place) -> bytes:
        """Decrypt what is no text at its place.

        Raises:
            Tampered: altered, moved, or of another key.
        """
        if hidden[:_KEY_ID] != self._key_id().encode():
            raise Tampered(place.table)
        try:
            return self._decrypt(hidden[_KEY_ID:], place)
        except (InvalidTag, ValueError):
            raise Tampered(place.table) from None

    def index(self, column: str, normalised: str) -> str:
        """Return the blind index of a normalised value (digits of an NID, `+880…` of a phone)."""
        return hmac.new(self.index_key, f"{column}:{normalised}".encode(), hashlib.sha256).hexdigest()

    def _encrypt(self, plain: bytes, place: Place) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(self.field_key).encrypt(nonce, plain, place.encoded())

    def _decrypt(self, body: bytes, place: Place) -> bytes:
        return AESGCM(self.field_key).decrypt(body[:_NONCE], body[_NONCE:], place.encoded())

    def _key_id(self) -> str:
        return hashlib.sha256(b"key id:" + self.field_key).hexdigest()[:_KEY_ID]
