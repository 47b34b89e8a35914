"""Which of the two languages the reader of this answer reads."""

from flask import has_request_context, request

from contracts.fields import LANGUAGES

COOKIE = "language"
DEFAULT = "bn"
PROGRAMS = "/api/"


def language() -> str:
    """Return `bn` or `en`: what the person chose; else Bangla on a page, and what a program prefers.

    A branch's computer says that it prefers English because nobody ever told it otherwise.
    """
    if not has_request_context():
        return DEFAULT
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    if not request.path.startswith(PROGRAMS):
        return DEFAULT
    return request.accept_languages.best_match(LANGUAGES, DEFAULT) or DEFAULT
