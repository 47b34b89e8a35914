"""RabbitMQ definitions: virtual hosts whose default queue type is quorum, with their policies (R2.4, T2).

`deploy/rabbitmq/vhost.json` says what one virtual host holds; who may enter is added here, because
passwords are made when the parts are first started.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

VHOST = "mikrof"
VHOST_FILE = Path(__file__).parent.parent / "rabbitmq" / "vhost.json"


def definitions(vhosts: Iterable[str], *, user: str, password: str) -> dict[str, Any]:
    """Return a definitions document: one user, and the virtual hosts that only he may use."""
    document: dict[str, Any] = {"users": [_user(user, password)], "permissions": []}
    for vhost in vhosts:
        for kind, things in _vhost(vhost).items():
            document.setdefault(kind, []).extend(things)
        document["permissions"].append(
            {"user": user, "vhost": vhost, "configure": ".*", "write": ".*", "read": ".*"}
        )
    return document


def password_hash(password: str) -> str:
    """Hash a password as RabbitMQ stores it: base64 of a salt of four bytes and the salted SHA-256."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def _user(name: str, password: str) -> dict[str, str]:
    return {
        "name": name,
        "password_hash": password_hash(password),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": "",
    }


def _vhost(name: str) -> dict[str, list[dict[str, Any]]]:
    document: dict[str, list[dict[str, Any]]] = json.loads(VHOST_FILE.read_text(encoding="utf-8"))
    return {
        kind: [thing | {"name" if kind == "vhosts" else "vhost": name} for thing in things]
        for kind, things in document.items()
    }
