"""Messages as telephones would show them: the local sender puts them into a file for its owner alone."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.installation import Installation

CODE = re.compile(r"কোড\D{0,4}(\d{6})")


def delivered(mikrof: Installation, purpose: str | None = None) -> list[str]:
    """The texts that have gone out, the newest last; a purpose narrows them."""
    postbox = mikrof.places.postbox
    lines = postbox.read_text(encoding="utf-8").splitlines() if postbox.exists() else []
    messages = [json.loads(line) for line in lines]
    return [one["text"] for one in messages if purpose in (None, one["purpose"])]


def codes(mikrof: Installation, purpose: str) -> list[str]:
    """The one-time codes that have gone out for a purpose, in Latin digits."""
    found = (CODE.search(text) for text in delivered(mikrof, purpose))
    return ["".join(str(int(digit)) for digit in code[1]) for code in found if code]
