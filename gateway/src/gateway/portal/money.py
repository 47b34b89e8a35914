"""An amount as a person types it, brought into the form that services read."""

from __future__ import annotations

import re

PLAIN = re.compile(r"[0-9]+(\.[0-9]{1,2})?")


def typed_taka(typed: str | None) -> str:
    """«1,200» becomes «1200.00»; what is no amount stays as it is, for the service to refuse by its name."""
    plain = (typed or "").replace(",", "").replace("৳", "").strip()
    if not PLAIN.fullmatch(plain):
        return plain
    whole, _, part = plain.partition(".")
    return f"{whole}.{part:0<2}"
