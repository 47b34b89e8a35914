"""The words of reports: their names, columns, parameters and closed lists, in both languages."""

from gateway.words.catalogue import catalogue
from gateway.words.reader import language as of_reader

ALSO = {"subject_kind": "approval_kind"}
"""Under which key the portal has the words of a column that is called otherwise there."""


def label(*key: str, language: str | None = None) -> str:
    """Return the words of a key such as `column.officer`.

    A newer service may know a report for which this gateway has no words yet: then it is called by its key.
    """
    words = catalogue("reports").get(".".join(key))
    return words[language or of_reader()] if words else key[-1]


def word(column: str, said: str, language: str | None = None) -> str:
    """Return a word of a closed list: the reports' own, or the portal's, which names the same things.

    A report is called as its own head calls it. What an institution has named itself, a fund for instance,
    stands as it was written.
    """
    of_reports = catalogue("reports")
    words = (
        of_reports.get(f"word.{column}.{said}")
        or catalogue("portal").get(f"{column}.{said}")
        or of_reports.get(f"{column}.{said}")
    )
    return words[language or of_reader()] if words else said
