"""How a repeated request is told from another one under the same id (architecture §6.1)."""

import json
from hashlib import sha256

from contracts.errors import IdConflict

_FORM = 1


def fingerprint(deed: str, **facts: str | int | bool | None) -> str:
    """Return a hash of a request's normalised business fields, with the version of its form (mechanics B6).

    Args:
        deed: What is asked, so that one id is never taken for two deeds.
        facts: The fields that make it this request, among them who asks.
    """
    canonical = json.dumps([deed, facts], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"{_FORM}:{sha256(canonical.encode()).hexdigest()}"


def require_same(stored: str | None, asked: str) -> None:
    """Let a request be answered again when it is the one that was done.

    Raises:
        IdConflict: the id was used for something else.
    """
    if stored != asked:
        raise IdConflict
