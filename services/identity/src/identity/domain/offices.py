"""The tree of offices: typed levels, and paths by which a scope is told."""

LEVELS = ("head_office", "zone", "area", "branch")
ROOT = "/"


def may_hang_below(level: str, parent_level: str) -> bool:
    """Tell whether an office of a level may stand below one of another; levels may be left out."""
    return LEVELS.index(level) > LEVELS.index(parent_level)


def path_below(parent_path: str, code: str) -> str:
    """Return the path of an office from its parent's: `/HO/` and `A01` make `/HO/A01/`."""
    return f"{parent_path}{code}/"


def is_within(path: str, scope: str) -> bool:
    """Tell whether an office lies in a scope: the same office or below it."""
    return path.startswith(scope)
