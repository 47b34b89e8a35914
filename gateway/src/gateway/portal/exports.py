"""Taking a report along as a file: for what and to whom is asked first (rules P10, P12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request

from contracts.errors import InvalidPayload
from contracts.transactions.reports_words import ExportPurpose, ExportRecipient
from gateway.errors import problem_of
from gateway.rendering.labels import label, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

FIELDS = ("purpose", "purpose_words", "recipient", "recipient_words")
LISTS = {"purpose": tuple(ExportPurpose), "recipient": tuple(ExportRecipient)}


def leaving() -> dict[str, str]:
    """Return what the address says of why a file is taken and for whom; what is left empty was not said."""
    said = {name: request.args.get(name, "").strip() for name in FIELDS}
    return {name: value for name, value in said.items() if value}


def taken(make: Callable[[], ResponseReturnValue], back: str) -> ResponseReturnValue:
    """Return the file; back to the page with a sentence for each thing that was not said.

    Args:
        make: Makes the file.
        back: The address of the page on which it is asked for, with what was typed.
    """
    try:
        return make()
    except InvalidPayload as error:
        wrong = problem_of(error).fields
        if not wrong.keys() <= set(FIELDS):
            raise
    for name, sentences in wrong.items():
        for sentence in sentences:
            flash(f"{label('head', name)}: {sentence}", "danger")
    return redirect(back, 303)


def asking(address: dict[str, Any]) -> dict[str, Any]:
    """Return what the form is drawn with.

    Args:
        address: What else the address of the file says.
    """
    return {
        "along": {name: value for name, value in address.items() if name not in (*FIELDS, "after")},
        "leaving": leaving(),
        "lists": LISTS,
        "word": word,
    }
