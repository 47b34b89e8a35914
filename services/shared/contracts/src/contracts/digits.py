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


def group_lakh(whole: str) -> str:
    """Return a row of digits grouped as South Asia counts: `1234567` is `12,34,567`."""
    head, last = whole[:-3], whole[-3:]
    groups: list[str] = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*groups, last])
