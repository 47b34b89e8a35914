"""How many short messages a text takes: GSM 03.38 for Latin, UCS-2 for Bangla."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
_GSM_ALONE, _GSM_PART = 160, 153
_UCS2_ALONE, _UCS2_PART = 70, 67
_BEYOND_UCS2 = 0x10000


def parts_of(text: str) -> int:
    """Return how many short messages a text is sent as; a character is never cut in two."""
    if all(letter in _BASIC or letter in _EXTENDED for letter in text):
        return _fill([1 + (letter in _EXTENDED) for letter in text], _GSM_ALONE, _GSM_PART)
    return _fill([1 + (ord(letter) >= _BEYOND_UCS2) for letter in text], _UCS2_ALONE, _UCS2_PART)


def _fill(widths: list[int], alone: int, part: int) -> int:
    if sum(widths) <= alone:
        return 1
    parts, left = 1, part
    for width in widths:
        if width > left:
            parts, left = parts + 1, part
        left -= width
    return parts
