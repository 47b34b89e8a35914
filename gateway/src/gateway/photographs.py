"""What a camera made, redrawn small: upright, bare of everything but the picture itself, within its bytes.

What somebody sends is not trusted: its points are counted before one of them is unfolded, only three formats
are opened, and nothing of the file but its points goes on.
"""

from __future__ import annotations

import base64
import binascii
import struct
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from PIL import ExifTags, Image

from contracts.accounts.picture_errors import NotAPicture, PictureTooLarge
from contracts.accounts.picture_words import longest_side, most_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contracts.accounts.picture_words import PictureKind

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_MILLIONS = 50
"""Of points: what telephones take."""
MOST_UNFOLDED_MILLIONS = 24
"""Of points in the memory at once; a JPEG is read smaller than it is, the other formats cannot be."""
MILLION = 1_000_000
PAPER = "white"
"""What shows through where a picture is transparent."""
QUALITIES = (78, 66, 54, 42, 30)
SHRINKS = (1.0, 0.8, 0.6, 0.4, 0.25)
SOLID, SEEN_THROUGH = ("RGB", "L"), "RGBA"
"""How a picture is unfolded that has nothing, or something, of the paper showing through."""
JPEG_MEDIA = "image/jpeg"
STRAIGHT = 1
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned, by what its camera says of how it was held."""
DAMAGES = (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError)
ONE_AT_A_TIME = Lock()
"""One picture is unfolded at a time: many that are sent at once wait, instead of filling the memory."""

Image.MAX_IMAGE_PIXELS = None
"""Points are counted below, before anything is unfolded, and refused by name."""


def redrawn(content: bytes, kind: PictureKind) -> bytes:
    """Return a picture as a file keeps it: a JPEG within the bytes and the sides of its kind.

    Raises:
        NotAPicture: it is none of the formats, or damaged.
        PictureTooLarge: it would unfold to too many points.
    """
    side = longest_side(kind)
    with ONE_AT_A_TIME:
        whole = _opened(content, side)
        for drawn in _smaller(whole, side):
            if len(drawn) <= most_bytes(kind):
                return drawn
    raise PictureTooLarge(field="content", most=MOST_MILLIONS)


def redrawn_text(content: str, kind: PictureKind) -> str:
    """Return a picture in base64 as a file keeps it, in base64.

    Raises:
        NotAPicture, PictureTooLarge: as `redrawn`.
    """
    try:
        sent = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise NotAPicture(field="content") from None
    return as_text(redrawn(sent, kind))


def as_text(content: bytes) -> str:
    """Return a picture as the wire takes it."""
    return base64.b64encode(content).decode()


def as_bytes(content: str) -> bytes:
    """Return a picture of the wire as a browser takes it."""
    return base64.b64decode(content)


def _opened(content: bytes, side: int) -> Image.Image:
    """Unfold a picture, no larger than needed, turned as it was held, without anything beside it."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as sent:
            _check_points(sent, MOST_MILLIONS)
            sent.draft("RGB", (side, side))
            _check_points(sent, MOST_UNFOLDED_MILLIONS)
            turn = _turn(sent)
            drawn = sent.convert(SEEN_THROUGH) if sent.mode not in SOLID else sent
            drawn.thumbnail((side, side), Image.Resampling.LANCZOS)
            upright = drawn if turn is None else drawn.transpose(turn)
            bare = Image.new("RGB", upright.size, PAPER)
            bare.paste(upright, mask=upright.getchannel("A") if upright.mode == SEEN_THROUGH else None)
    except DAMAGES:
        raise NotAPicture(field="content") from None
    return bare


def _check_points(sent: Image.Image, most: int) -> None:
    if sent.width * sent.height > most * MILLION:
        raise PictureTooLarge(field="content", most=most)


def _turn(sent: Image.Image) -> Image.Transpose | None:
    """Return how to turn it; what a camera wrote of that and cannot be read damages no picture."""
    try:
        return UPRIGHT.get(sent.getexif().get(ExifTags.Base.Orientation, STRAIGHT))
    except (*DAMAGES, struct.error):
        return None


def _smaller(whole: Image.Image, side: int) -> Iterator[bytes]:
    """Yield the picture smaller and smaller: first in its quality, then in its points."""
    for shrink in SHRINKS:
        fitted = whole.copy()
        fitted.thumbnail((max(1, round(side * shrink)),) * 2, Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            written = BytesIO()
            fitted.save(written, "JPEG", quality=quality, optimize=True)
            yield written.getvalue()
