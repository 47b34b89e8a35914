"""Which passwords and PINs are refused: those that are tried first. Lengths as OWASP ASVS 5 §6.2 says.

There are no rules of composition: a long sentence is better than `P@ssw0rd`.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from contracts.digits import to_latin
from identity.domain.common_words import COMMON

PASSWORD_SHORTEST = 12
PASSWORD_LONGEST = 128
PIN_DIGITS = 6
_FEWEST_DIFFERENT = 5
_RUNS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_LEET = str.maketrans("@4310$5!7", "aaeiossit")
_PIN_HABITS = frozenset({"112233", "147258", "159357", "159753", "258369", "789456", "456789", "332211"})
_NAME_SHORTEST = 4


class Weakness(StrEnum):
    """Why a secret is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_FEW_CHARACTERS = "too_few_characters"
    COMMON = "common"
    NEAR_NAME = "near_name"
    NOT_DIGITS = "not_digits"


def normalize_password(text: str) -> str:
    """Return the one form of a password that is hashed: Bangla is typed in more than one way."""
    return unicodedata.normalize("NFKC", text)


def normalize_digits(text: str) -> str:
    """Return a PIN or code with Latin digits and without the blanks that a slip shows."""
    return re.sub(r"[\s-]", "", to_latin(text))


def weakness_of_password(password: str, *, names: Iterable[str]) -> Weakness | None:
    """Return why a password is refused, or None.

    Args:
        password: In its normalized form.
        names: What stands for the person: username, parts of the name, office code.
    """
    if len(password) < PASSWORD_SHORTEST:
        return Weakness.TOO_SHORT
    if len(password) > PASSWORD_LONGEST:
        return Weakness.TOO_LONG
    if len(set(password.casefold())) < _FEWEST_DIFFERENT:
        return Weakness.TOO_FEW_CHARACTERS
    if _rests_on_habit(password):
        return Weakness.COMMON
    return Weakness.NEAR_NAME if _holds_name(password, names) else None


def weakness_of_pin(pin: str, *, member_code: str) -> Weakness | None:
    """Return why a PIN is refused, or None; the digits of her own code are the first guess."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        return Weakness.NOT_DIGITS
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    is_run = len(steps) == 1 and steps <= {0, 1, 9}
    is_repeated = pin[:2] * 3 == pin or pin[:3] * 2 == pin
    if is_run or is_repeated or pin in _PIN_HABITS:
        return Weakness.COMMON
    return Weakness.NEAR_NAME if pin in re.sub(r"\D", "", member_code) else None


def _rests_on_habit(password: str) -> bool:
    plain = password.casefold()
    core = re.sub(r"[\W\d_]+$", "", plain)
    readings = (plain, core.translate(_LEET), re.sub(r"\W", "", core).translate(_LEET))
    return any(_without_habits(reading) == "" for reading in readings)


def _without_habits(text: str) -> str:
    """Take common words, runs, digits and marks away: what is left was the person's own thought."""
    words = sorted(COMMON, key=len, reverse=True)
    left = re.sub("|".join(map(re.escape, words)), "", text)
    for run in _RUNS:
        for size in range(len(run), 2, -1):
            for start in range(len(run) - size + 1):
                piece = run[start : start + size]
                left = left.replace(piece, "").replace(piece[::-1], "")
    return re.sub(r"[\W\d_]+", "", left)


def _holds_name(password: str, names: Iterable[str]) -> bool:
    plain = password.casefold()
    parts = {part for name in names for part in re.split(r"[\s._-]+", name.casefold())}
    return any(len(part) >= _NAME_SHORTEST and part in plain for part in parts)
