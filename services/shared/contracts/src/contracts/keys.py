"""The folder of keys (`MIKROF_KEYS`): who can sign, read and index what. Each process reads only its own.

```
signing/<issuer>.private  .public     Ed25519: actors
sealing/<addressee>.private  .public  X25519: secrets on their way
fields/<service>.key                  AES-256: personal data at rest
index/<service>.key                   HMAC: blind indexes, never the same key as for fields
pepper.key  session.key               passwords; the portal's cookie
```
A file holds the raw key in hexadecimal. An older key stays beside its successor as
`<name>.<anything>.private` (or `.public`): signatures are checked and texts unsealed with any, but made with
the plain one only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from contracts.actor import Issuer
from contracts.sealed import SealingKey, UnsealingKey

Key = TypeVar("Key")
KEY_BYTES = 32
REMEMBERED = 64


class KeyMissing(Exception):
    """A key that the process needs is not in its folder, or is not a key."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys that a process may use."""

    folder: Path

    def issuer(self, name: str) -> Issuer:
        """Return the key with which `name` vouches for actors."""
        return Issuer(name, self._one(f"signing/{name}.private", Ed25519PrivateKey.from_private_bytes))

    def issuer_keys(self, name: str) -> tuple[Ed25519PublicKey, ...]:
        """Return the keys that check what `name` signed; none where nobody is called that."""
        return self._all("signing", name, "public", Ed25519PublicKey.from_public_bytes)

    def sealing(self, addressee: str) -> SealingKey:
        """Return the key to which secrets for the addressee are sealed."""
        return SealingKey(
            addressee, self._one(f"sealing/{addressee}.public", X25519PublicKey.from_public_bytes)
        )

    def unsealing(self, addressee: str) -> tuple[UnsealingKey, ...]:
        """Return the keys with which the addressee reads secrets."""
        keys = self._all("sealing", addressee, "private", X25519PrivateKey.from_private_bytes)
        return tuple(UnsealingKey(addressee, key) for key in keys)

    def field_key(self, service: str) -> bytes:
        """Return the key that encrypts a service's personal data at rest."""
        return self._one(f"fields/{service}.key", bytes)

    def index_key(self, service: str) -> bytes:
        """Return the key of a service's blind indexes."""
        return self._one(f"index/{service}.key", bytes)

    def pepper(self) -> bytes:
        """Return what passwords are peppered with."""
        return self._one("pepper.key", bytes)

    def session(self) -> bytes:
        """Return the key of the portal's cookie."""
        return self._one("session.key", bytes)

    def _one(self, name: str, read: Callable[[bytes], Key]) -> Key:
        return cast("Key", _read(self.folder / name, read))

    def _all(self, kind: str, name: str, suffix: str, read: Callable[[bytes], Key]) -> tuple[Key, ...]:
        if not name.isidentifier():
            return ()
        paths = _paths(self.folder / kind, name, suffix)
        return tuple(cast("Key", _read(path, read)) for path in paths)


@lru_cache(maxsize=REMEMBERED)
def _paths(folder: Path, name: str, suffix: str) -> tuple[Path, ...]:
    """Return the files of a name's keys, today's first."""
    older = sorted(folder.glob(f"{name}.*.{suffix}"))
    return tuple(path for path in (folder / f"{name}.{suffix}", *older) if path.exists())


@lru_cache(maxsize=REMEMBERED)
def _read(path: Path, read: Callable[[bytes], object]) -> object:
    """Read a key once a process; another one needs a restart."""
    try:
        raw = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise KeyMissing(f"no key can be read from {path}") from None
    if len(raw) != KEY_BYTES:
        raise KeyMissing(f"{path} does not hold a key of {KEY_BYTES} bytes")
    return read(raw)
