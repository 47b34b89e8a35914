"""Check a register of sealed days without the system: `python verify_seals.py REGISTER PUBLIC_KEY`.

For an auditor, an inspector or a court. It needs Python with the package `cryptography`, the register of an
office (a `.jsonl` file, a line a sealed day), and the institution's public key (`transactions.public`, 64
hexadecimal signs, handed over on paper at the beginning; older keys may follow). Nothing of Mikrof is needed;
docs/seals.md says what is signed. It prints each day with its root, to be compared with the printed day book,
and ends with status 1 where a signature is false or a line was changed, removed or put in.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SIGNED = ("format", "office_id", "on", "number", "leaves", "root", "previous")
NOTHING_BEFORE = "00" * 32


def statement_of(line: dict[str, Any]) -> bytes:
    """Return the bytes that were signed: a JSON array without spaces."""
    return json.dumps(["mikrof-seal", *(line[name] for name in SIGNED)], separators=(",", ":")).encode()


def is_signed(line: dict[str, Any], keys: Iterable[Ed25519PublicKey]) -> bool:
    """Tell whether one of the keys signed a line."""
    for key in keys:
        try:
            key.verify(bytes.fromhex(line["signature"]), statement_of(line))
        except InvalidSignature:
            continue
        return True
    return False


def checked(text: str, keys: list[Ed25519PublicKey]) -> Iterator[tuple[str, str]]:
    """Give each line as it is printed, with what is wrong with it (nothing, mostly)."""
    previous = NOTHING_BEFORE
    for number, raw in enumerate(text.splitlines(), start=1):
        try:
            line = json.loads(raw)
            wrong = "" if is_signed(line, keys) else "SIGNATURE FALSE"
            if line["previous"] != previous:
                wrong = f"{wrong} DOES NOT FOLLOW THE LINE BEFORE".strip()
            previous = hashlib.sha256(statement_of(line)).hexdigest()
            yield f"{line['on']} {line['number']} {line['office']} {line['leaves']:>6} {line['root']}", wrong
        except (ValueError, KeyError, TypeError):
            yield f"line {number}", "UNREADABLE"


def main(words: list[str]) -> int:
    """Run the program."""
    if len(words) < 2:  # noqa: PLR2004 - a register and a key
        sys.stderr.write(f"{__doc__}\n")
        return 2
    register, *key_files = (Path(word) for word in words)
    keys = [
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(file.read_text(encoding="ascii").strip()))
        for file in key_files
    ]
    faults = 0
    for shown, wrong in checked(register.read_text(encoding="utf-8"), keys):
        sys.stdout.write(f"{shown}  {wrong or 'good'}\n")
        faults += bool(wrong)
    sys.stdout.write(f"{faults} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
