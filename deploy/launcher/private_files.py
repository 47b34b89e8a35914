"""Files for their owner's eyes only, written whole or not at all."""

import json
import os
from pathlib import Path
from typing import Any


def write_private(file: Path, content: Any) -> None:
    """Write JSON with mode 0600, in one step for whoever reads it meanwhile."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.unfinished")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        json.dump(content, opened, ensure_ascii=False, indent=2)
        opened.write("\n")
    beside.replace(file)


def read_json(file: Path) -> dict[str, Any]:
    """Return what was written; nothing where there is no file or only half of one."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
