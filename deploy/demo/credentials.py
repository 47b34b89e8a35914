"""Passwords and PINs of the demo: made by chance at the first run, kept in one private file."""

from __future__ import annotations

import json
import os
import secrets
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SYLLABLES = [a + b for a in "bdfghjklmnprstvz" for b in "aeiou"]


def new_password() -> str:
    """Six made-up syllable pairs: about 75 bits, easy to type from a screen."""
    return "-".join("".join(secrets.choice(SYLLABLES) for _ in range(2)) for _ in range(6))


def new_pin() -> str:
    """Six digits that are neither one digit repeated nor a run."""
    while True:
        pin = f"{secrets.randbelow(10**6):06d}"
        if len(set(pin)) > 2 and pin not in "01234567890" and pin not in "09876543210":  # noqa: PLR2004 - two digits repeat
            return pin


def read_private(path: Path) -> dict[str, Any]:
    """What was written before; nothing where the file is not there yet."""
    return dict(json.loads(path.read_text())) if path.exists() else {}


def write_private(path: Path, facts: dict[str, Any]) -> None:
    """Write for the owner's eyes only, whole or not at all."""
    beside = path.with_suffix(".part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(facts, file, ensure_ascii=False, indent=2)
        file.write("\n")
    beside.replace(path)
