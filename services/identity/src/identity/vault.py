"""What needs keys or chance: reading and sealing secrets, hashing them, hiding numbers, drawing tokens.

Argon2id with OWASP's least parameters (19 MiB, 2 passes), after an HMAC with a pepper that is not in the
database. It runs in a few threads of its own: inline it would stop every worker of the process.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from chassis.aside import aside
from chassis.injection import Injected
from chassis.privacy import Place, Privacy
from chassis.process import Call, Process
from contracts import wire
from contracts.errors import InvalidPayload
from contracts.keys import Keyring
from contracts.sealed import CannotUnseal, Malformed, seal, unseal
from identity.domain.logins import CODE_DIGITS
from identity.domain.sessions import digest

_PASSWORD_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - letters that are not mistaken on paper
_PASSWORD_GROUPS = 4
_GROUP = 4
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Pair:
    """A new pair of tokens, in clear: it leaves sealed to the gateway, and only hashes are kept."""

    access: str
    refresh: str

    @property
    def access_hash(self) -> str:
        """What is kept of the access token."""
        return digest(self.access)

    @property
    def refresh_hash(self) -> str:
        """What is kept of the refresh token."""
        return digest(self.refresh)


class Hasher:
    """Hashes passwords, PINs and codes so slowly that guessing them does not pay."""

    def __init__(self, pepper: bytes) -> None:
        self._pepper = pepper
        self._argon2 = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._nobody = self.hash(secrets.token_hex())

    def hash(self, secret: str) -> str:
        """Return what may be kept of a secret."""
        return aside(lambda: self._argon2.hash(self._peppered(secret)))

    def verify(self, kept: str | None, secret: str) -> bool:
        """Tell whether a secret is the one that was hashed; for nobody it takes as long, and it is not."""
        right = aside(lambda: self._verify(kept or self._nobody, secret))
        return right and kept is not None

    def _verify(self, kept: str, secret: str) -> bool:
        try:
            return self._argon2.verify(kept, self._peppered(secret))
        except (VerificationError, InvalidHashError):
            return False

    def _peppered(self, secret: str) -> str:
        return hmac.new(self._pepper, secret.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Vault:
    """Identity's keys, at the hand of its operations."""

    keys: Keyring
    privacy: Privacy
    hasher: Hasher

    def read(self, sealed: str, field: str) -> str:
        """Return the text that was sealed to identity.

        Raises:
            InvalidPayload: it cannot be unsealed; `field` is named.
        """
        try:
            return unseal(sealed, self.keys.unsealing("identity"))
        except (CannotUnseal, Malformed):
            raise InvalidPayload({field: ["NOT_SEALED"]}) from None

    def seal(self, plain: str, *, to: str) -> str:
        """Seal a text to another service or to the gateway."""
        return seal(plain, self.keys.sealing(to))

    def seal_pair(self, pair: Pair) -> str:
        """Seal a pair of tokens to the gateway."""
        return self.seal(
            json.dumps({"access_token": pair.access, "refresh_token": pair.refresh}), to="gateway"
        )

    def hide_mobile(self, mobile: str, staff_id: str) -> str:
        """Encrypt a person's number for its row."""
        return self.privacy.hide(mobile, Place("staff", "mobile", staff_id))

    def show_mobile(self, hidden: str, staff_id: str) -> str:
        """Decrypt the number of a person's row."""
        return self.privacy.show(hidden, Place("staff", "mobile", staff_id))

    def hide_of_switch(self, plain: str, column: str, switch_id: str) -> str:
        """Encrypt the caller or the number of a suspension for its row."""
        return self.privacy.hide(plain, Place("login_switches", column, switch_id))

    def show_of_switch(self, hidden: str, column: str, switch_id: str) -> str:
        """Decrypt the caller or the number of a suspension's row."""
        return self.privacy.show(hidden, Place("login_switches", column, switch_id))

    def fingerprint(self, body: Mapping[str, Any]) -> str:
        """Return a keyed hash by which the same body is known again, and from which nothing is guessed."""
        return self.privacy.index("fingerprint", wire.dumps(dict(body)))

    def door(self, *parts: str) -> str:
        """Return the keyed hash under which the tries at a door are counted."""
        return self.privacy.index("door", wire.dumps(list(parts)))


def draw_pair() -> Pair:
    """Draw a pair of tokens of 256 random bits each."""
    return Pair(secrets.token_urlsafe(_TOKEN_BYTES), secrets.token_urlsafe(_TOKEN_BYTES))


def draw_code() -> str:
    """Draw the code of a member's slip."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def draw_password() -> str:
    """Draw a one-time password of 79 random bits, in groups that can be read aloud."""
    groups = (
        "".join(secrets.choice(_PASSWORD_ALPHABET) for _ in range(_GROUP)) for _ in range(_PASSWORD_GROUPS)
    )
    return "-".join(groups)


class VaultOf(Injected[Vault]):
    """The vault, as the service class declares it."""

    def give(self, process: Process, call: Call) -> Vault:
        """Return the process's vault."""
        del call
        return vault_of(process.keys)


@cache
def vault_of(keys: Keyring) -> Vault:
    """Return the vault of a folder of keys, made once: its dummy hash takes as long as any."""
    return Vault(keys, Privacy.of("identity", keys), Hasher(keys.pepper()))
