"""Pictures as cameras, scanners and mischief-makers send them."""

from __future__ import annotations

import base64
import random
import struct
import zlib
from io import BytesIO

from PIL import Image

PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F
HELD_TO_THE_RIGHT = 6
"""The camera was turned: what is stored lying must be shown standing."""


def photograph(
    width: int = 900, height: int = 600, *, form: str = "JPEG", noisy: bool = False, **saved: object
) -> bytes:
    """A picture whose left half is red and whose right half is blue, or one that no codec makes small."""
    picture = noise(width, height) if noisy else halves(width, height)
    written = BytesIO()
    picture.save(written, form, **saved)
    return written.getvalue()


def halves(width: int, height: int) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), (200, 20, 20))
    picture.paste((20, 20, 200), (width // 2, 0, width, height))
    return picture


def noise(width: int, height: int) -> Image.Image:
    """Every point another colour, always the same ones."""
    return Image.frombytes("RGB", (width, height), random.Random(7).randbytes(width * height * 3))


def with_place(width: int = 900, height: int = 600) -> bytes:
    """What a telephone makes: where it was taken, by which maker, held to the right, with a comment."""
    said = Image.Exif()
    said[ORIENTATION], said[MAKER] = HELD_TO_THE_RIGHT, "Walton"
    said[GPS] = {1: "N", 2: (24.0, 50.0, 55.0), 3: "E", 4: (89.0, 22.0, 22.0)}
    return photograph(width, height, exif=said, comment=b"Gokul, house 4", quality=90)


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A few bytes that say they unfold to 900 million points."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 64)
    return PNG_BEGINS + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def chunk(name: bytes, body: bytes) -> bytes:
    """One piece of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bare(width: int = 240, height: int = 320) -> bytes:
    """A picture as accounts keeps one: a small JPEG that says nothing else."""
    return photograph(width, height, quality=60)


SMALL = base64.b64encode(bare(24, 32)).decode()
"""A picture in base64, for a field that wants one."""
