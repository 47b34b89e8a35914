"""Bangla and Latin digits. Inside the system, and on every wire, digits are Latin."""

BANGLA = "০১২৩৪৫৬৭৮৯"
LATIN = "0123456789"
_TO_LATIN = str.maketrans(BANGLA, LATIN)
_TO_BANGLA = str.maketrans(LATIN, BANGLA)


def to_latin(text: str) -> str:
    """Return the text with Bangla digits made Latin; everything else stays as it is."""
    return text.translate(_TO_LATIN)


def to_bangla(text: str) -> str:
    """Return the text with Latin digits made Bangla; everything else stays as it is."""
    return text.translate(_TO_BANGLA)
