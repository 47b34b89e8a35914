"""`python -m chassis.keys <folder>`: make the keys of a whole installation once; what is there stays."""

import argparse
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from contracts.calls import GATEWAY
from contracts.registry import SERVICES

KEY_BYTES = 32


def make_keys(folder: Path) -> None:
    """Make what is missing of the folder that `contracts.keys` describes, readable by its owner only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (GATEWAY, *SERVICES):
        _pair(folder / "signing" / name, Ed25519PrivateKey)
        _pair(folder / "sealing" / name, X25519PrivateKey)
    for path in _secrets(folder):
        if not path.exists():
            _write(path, secrets.token_bytes(KEY_BYTES))


def _secrets(folder: Path) -> Iterator[Path]:
    for service in SERVICES:
        yield folder / "fields" / f"{service}.key"
        yield folder / "index" / f"{service}.key"
    yield folder / "pepper.key"
    yield folder / "session.key"


def _pair(stem: Path, kind: type[Ed25519PrivateKey | X25519PrivateKey]) -> None:
    private, public = stem.with_suffix(".private"), stem.with_suffix(".public")
    if not private.exists():
        _write(private, kind.generate().private_bytes_raw())
    if not public.exists():
        key = kind.from_private_bytes(bytes.fromhex(private.read_text(encoding="ascii").strip()))
        _write(public, key.public_key().public_bytes_raw())


def _write(path: Path, raw: bytes) -> None:
    """Write a key whole or not at all."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(raw.hex() + "\n")
    unfinished.rename(path)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m chassis.keys", description=__doc__)
    parser.add_argument("folder", type=Path)
    make_keys(parser.parse_args().folder)


if __name__ == "__main__":
    main()
