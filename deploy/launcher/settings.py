"""What this installation chose once and keeps: its secrets and its ports."""

import secrets
from pathlib import Path
from threading import Lock
from typing import Any

from launcher.ports import free_ports, is_free
from launcher.private_files import read_json, write_private


class Settings:
    """Secrets and ports, made at first asking, in one private file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()

    def secret(self, name: str) -> str:
        """Return a password that needs no quoting anywhere; the same one for ever."""
        with self._lock:
            known = self._read("secrets").get(name)
            return str(known or self._write("secrets", name, secrets.token_urlsafe(24)))

    def port(self, name: str) -> int:
        """Return a free port, last time's if nobody has taken it meanwhile."""
        with self._lock:
            last = int(self._read("ports").get(name, 0))
            return last if last and is_free(last) else int(self._write("ports", name, free_ports(1)[0]))

    def _read(self, kind: str) -> dict[str, Any]:
        return dict(read_json(self._file).get(kind, {}))

    def _write(self, kind: str, name: str, value: str | int) -> str | int:
        content = read_json(self._file)
        content.setdefault(kind, {})[name] = value
        write_private(self._file, content)
        return value
