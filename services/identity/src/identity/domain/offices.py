"""The tree of offices: typed levels, and paths by which a scope is told."""

from dataclasses import dataclass
from datetime import date

LEVELS = ("head_office", "zone", "area", "branch")
ROOT = "/"


@dataclass(frozen=True, slots=True)
class Office:
    """An office of the institution; its path holds the codes from the root, as in `/HO/A01/B001/`."""

    id: str
    code: str
    level: str
    parent_id: str | None
    path: str
    name_bn: str
    name_en: str
    opened_on: date
    version: int = 1


def may_hang_below(level: str, parent_level: str) -> bool:
    """Tell whether an office of a level may stand below one of another; levels may be left out."""
    return LEVELS.index(level) > LEVELS.index(parent_level)


def path_below(parent_path: str, code: str) -> str:
    """Return the path of an office from its parent's: `/HO/` and `A01` make `/HO/A01/`."""
    return f"{parent_path}{code}/"


def is_within(path: str, scope: str) -> bool:
    """Tell whether an office lies in a scope: the same office or below it."""
    return path.startswith(scope)


_LEVELS_OF = {
    "administrator": ("head_office",),
    "area_manager": ("zone", "area"),
    "branch_manager": ("branch",),
    "accountant": ("branch",),
    "field_officer": ("branch",),
    "auditor": LEVELS,
}


def may_work_at(role: str, level: str) -> bool:
    """Tell whether a role belongs to an office of a level."""
    return level in _LEVELS_OF[role]
