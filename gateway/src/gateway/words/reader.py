"""Which of the two languages the reader of this answer reads."""

from flask import has_request_context, request

from contracts.fields import LANGUAGES

COOKIE = "language"
DEFAULT = "bn"


def language() -> str:
    """Return `bn` or `en`: what the person chose, else what the browser prefers, else Bangla."""
    if not has_request_context():
        return DEFAULT
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, DEFAULT) or DEFAULT
