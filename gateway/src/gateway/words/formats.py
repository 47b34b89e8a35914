"""How figures, dates and names look to a reader: Bangla or Latin digits, lakh grouping, days first.

Every function takes the language as its last argument; without it, it is the reader's.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from contracts.digits import group_lakh, to_bangla, to_latin
from gateway.edge import DHAKA
from gateway.words.reader import language as of_reader

Typed = TypeVar("Typed", str, None)
NOTHING = "–"
WEEKDAYS = {
    "bn": ("শনিবার", "রবিবার", "সোমবার", "মঙ্গলবার", "বুধবার", "বৃহস্পতিবার", "শুক্রবার"),
    "en": ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
}


def latin(text: Typed) -> Typed:
    """Return what was typed with Bangla digits made Latin; for every number field."""
    return None if text is None else to_latin(text)


def digits(value: object, language: str | None = None) -> str:
    """Return any text or number with the digits of the language."""
    text = NOTHING if value is None else str(value)
    return to_bangla(text) if (language or of_reader()) == "bn" else text


def number(value: float | str | None, language: str | None = None) -> str:
    """Return a number with lakh grouping; decimals stay as they are written."""
    if value is None:
        return NOTHING
    text = str(value)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, decimals = text.partition(".")
    return digits(f"{sign}{group_lakh(whole)}{point}{decimals}", language)


def taka(amount: str | None, language: str | None = None) -> str:
    """Return an amount for people: `"1234567.50"` is `৳১২,৩৪,৫৬৭.৫০`; whole taka show no paisa."""
    if amount is None:
        return NOTHING
    whole = amount.removesuffix(".00")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}৳{number(whole, language)}"


def day(value: str | date | None, language: str | None = None) -> str:
    """Return a date as it is written here: `23-11-2026`."""
    if value is None:
        return NOTHING
    on = date.fromisoformat(value) if isinstance(value, str) else value
    return digits(on.strftime("%d-%m-%Y"), language)


def instant(value: str | datetime | None, language: str | None = None) -> str:
    """Return an instant as date and time of Dhaka: `23-11-2026 14:05`."""
    return digits(_local(value).strftime("%d-%m-%Y %H:%M"), language) if value else NOTHING


def clock(value: str | datetime | None, language: str | None = None) -> str:
    """Return the time of day in Dhaka: `14:05`; a time without a date stays as it is."""
    if not value:
        return NOTHING
    if isinstance(value, str) and "T" not in value:
        return digits(value, language)
    return digits(_local(value).strftime("%H:%M"), language)


def weekday(value: int | None, language: str | None = None) -> str:
    """Return the name of a day of the week, 1 = Saturday … 7 = Friday."""
    return NOTHING if value is None else WEEKDAYS[language or of_reader()][value - 1]


def pick(row: Mapping[str, Any] | None, name: str, language: str | None = None) -> str:
    """Return `name_bn` or `name_en` of a row, the other where one is empty."""
    if row is None:
        return NOTHING
    chosen = language or of_reader()
    other = "en" if chosen == "bn" else "bn"
    return row.get(f"{name}_{chosen}") or row.get(f"{name}_{other}") or NOTHING


def _local(value: str | datetime) -> datetime:
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.astimezone(DHAKA)


FILTERS = {
    function.__name__: function for function in (clock, day, digits, instant, number, pick, taka, weekday)
}
"""What templates may use."""
