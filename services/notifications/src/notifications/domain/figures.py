"""Amounts, dates and codes as a member reads them in a message."""

from datetime import date

from contracts.digits import group_lakh, to_bangla
from contracts.money import PAISA_PER_TAKA, Paisa


def digits(text: str, language: str) -> str:
    """Return a text with the digits of the language."""
    return to_bangla(text) if language == "bn" else text


def taka(amount: Paisa, language: str) -> str:
    """Return an amount: `৳১,২৩,৪৫৬` or `Tk 1,23,456.50`.

    English spells `Tk`: the sign is not in the alphabet of Latin short messages and would halve their length.
    """
    whole, paisa = divmod(abs(amount), PAISA_PER_TAKA)
    figure = group_lakh(str(whole)) + (f".{paisa:02d}" if paisa else "")
    return digits(f"{'-' if amount < 0 else ''}{'৳' if language == 'bn' else 'Tk '}{figure}", language)


def day(on: date, language: str) -> str:
    """Return a date as it is written here: `23-11-26`."""
    return digits(on.strftime("%d-%m-%y"), language)


def member_number(code: str | None, language: str) -> str:
    """Return the member's own part of her code, by which a household tells its messages apart (P11)."""
    return digits((code or "–").rpartition(".")[2], language)
