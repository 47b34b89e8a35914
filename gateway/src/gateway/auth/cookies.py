"""The portal's cookie: both tokens, encrypted, so that no script and no log can read them."""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app, request
from werkzeug.wrappers import Response

from gateway.edge import now

NONCE_BYTES = 12
PURPOSE = b"mikrof portal session v1"
EARLIER = timedelta(seconds=20)
"""A token that ends within this time is renewed at once, so that it does not end under way."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What identity gave at sign-in; `expires_at` in seconds since 1970."""

    access_token: str
    refresh_token: str
    expires_at: int

    @classmethod
    def of(cls, answer: Mapping[str, Any], at: datetime) -> Self:
        """Read identity's answer, whose tokens the gateway has unsealed."""
        tokens = json.loads(answer["tokens"])
        expires_at = at + timedelta(seconds=answer["expires_in"])
        return cls(tokens["access_token"], tokens["refresh_token"], int(expires_at.timestamp()))

    def is_over(self, at: datetime) -> bool:
        """Tell whether the access token has ended, or is about to."""
        return (at + EARLIER).timestamp() >= self.expires_at


class TokenCookie:
    """Writes and reads the cookie with one key."""

    def __init__(self, key: bytes, *, secure: bool) -> None:
        self.name = "__Host-mikrof" if secure else "mikrof"
        self._secure = secure
        self._cipher = AESGCM(key)

    def write(self, response: Response, tokens: Tokens) -> None:
        """Give the browser its tokens, for as long as it is open."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, json.dumps(asdict(tokens)).encode(), PURPOSE)
        value = base64.urlsafe_b64encode(sealed).decode()
        response.set_cookie(self.name, value, secure=self._secure, httponly=True, samesite="Lax", path="/")

    def find(self) -> Tokens | None:
        """Return the tokens of this request's browser; none where the cookie is missing or not ours."""
        try:
            sealed = base64.urlsafe_b64decode(request.cookies.get(self.name, ""))
            plain = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], PURPOSE)
        except (binascii.Error, ValueError, InvalidTag):
            return None
        return Tokens(**json.loads(plain))

    def delete(self, response: Response) -> None:
        """Make the browser forget."""
        response.delete_cookie(self.name, secure=self._secure, httponly=True, samesite="Lax", path="/")


def token_cookie() -> TokenCookie:
    """Return the cookie of the running gateway."""
    cookie: TokenCookie = current_app.extensions["mikrof-cookie"]
    return cookie


def sign_in_cookie(response: Response, answer: Mapping[str, Any]) -> None:
    """Let a browser in with what a sign-in method answered."""
    token_cookie().write(response, Tokens.of(answer, now()))


def sign_out_cookie(response: Response) -> None:
    """Let a browser go."""
    token_cookie().delete(response)
