"""What was made from what, so that nothing is made twice: for each thing a hash of its inputs."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(inputs: Iterable[Path | str]) -> str:
    """Hash files by content, folders by all their files but compiled ones, and plain words as they are."""
    digest = hashlib.sha256()
    for item in inputs:
        if isinstance(item, str):
            digest.update(item.encode())
            continue
        for file in sorted(item.rglob("*")) if item.is_dir() else [item]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"\n{file.name}\n".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


class Stamp:
    """The inputs from which one thing was made last."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = folder / name

    def matches(self, inputs: str) -> bool:
        """Tell whether the thing was finished from just these inputs."""
        return self._file.exists() and self._file.read_text(encoding="utf-8") == inputs

    def put(self, inputs: str) -> None:
        """Note that the thing is finished."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(inputs, encoding="utf-8")

    def clear(self) -> None:
        """Note that the thing is being made: half of it is none of it."""
        self._file.unlink(missing_ok=True)
