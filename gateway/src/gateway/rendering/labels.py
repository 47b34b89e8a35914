"""The words of reports: their names, columns, parameters and closed lists, in both languages."""

from gateway.words.catalogue import catalogue
from gateway.words.reader import language as of_reader


def label(*key: str, language: str | None = None) -> str:
    """Return the words of a key such as `column.officer`.

    Raises:
        KeyError: there are none; a house test keeps that from happening.
    """
    return catalogue("reports")[".".join(key)][language or of_reader()]
