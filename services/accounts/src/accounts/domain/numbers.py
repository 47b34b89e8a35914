"""Identity and telephone numbers: one form to compare them in, one form to show. Pure."""

from datetime import date

OLD_NID_DIGITS = 13
YEARS_OF_BIRTH = range(1900, 2100)
_SHOWN_DIGITS = 4
_MASK = "•"


def canonical_nid(nid: str, birth_on: date) -> str:
    """Return the form in which identity numbers are compared.

    The old number of 13 digits is the one of 17 without the year of birth before it; the smart card's 10
    digits are another number.
    """
    return f"{birth_on.year}{nid}" if len(nid) == OLD_NID_DIGITS else nid


def canonical_nids(nid: str) -> tuple[str, ...]:
    """Return each form that a number may be kept in when nobody says the year of birth."""
    if len(nid) != OLD_NID_DIGITS:
        return (nid,)
    return tuple(f"{year}{nid}" for year in YEARS_OF_BIRTH)


def masked(number: str) -> str:
    """Return a number with all but its last four characters hidden."""
    return _MASK * max(0, len(number) - _SHOWN_DIGITS) + number[-_SHOWN_DIGITS:]


def ending(number: str) -> str:
    """Return the last four characters of a number, by which it is told apart without being shown."""
    return number[-_SHOWN_DIGITS:]
