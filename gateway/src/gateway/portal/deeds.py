"""Deeds of a page: one button, or a form that is sent; done or refused, and said either way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from flask import flash, redirect

from contracts.errors import ServiceError
from gateway.asking import ask
from gateway.errors import problem_of
from gateway.portal.forms import Form
from gateway.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from werkzeug.wrappers import Response

    from contracts.calls import Method

FormOfAny = TypeVar("FormOfAny", bound=Form)


def attempt(method: Method, payload: Mapping[str, Any], done: str) -> dict[str, Any] | None:
    """Ask for a deed; `done` is the key of the sentence that says it is done."""
    try:
        answer = ask(method, payload)
    except ServiceError as error:
        flash(problem_of(error).detail, "danger")
        return None
    flash(t(done), "success")
    return answer


def sent(
    form: FormOfAny, method: Method, command: Callable[[FormOfAny], Mapping[str, Any]], done: str, back: str
) -> Response | None:
    """Send a form that is whole; where it is accepted, say so and go back.

    Args:
        form: What was typed.
        method: What is asked.
        command: The form as the command it means.
        done: The key of the sentence that says it is done.
        back: Where one goes on.

    Returns:
        Where the browser goes; None where the form must be shown, with what was refused beside its fields.
    """
    if form.validate_on_submit() and form.send(method, command(form)):
        flash(t(done), "success")
        return redirect(back, 303)
    return None
