"""The templates of this release, read once from `templates.json` beside this file."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from notifications.domain.texts import Template


@cache
def templates() -> Mapping[str, Template]:
    """Return the template of each kind."""
    raw = json.loads((files(__package__) / "templates.json").read_text(encoding="utf-8"))
    return {kind: Template(**parts) for kind, parts in raw.items()}
