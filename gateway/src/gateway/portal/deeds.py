"""A deed of one button: done or refused, and said either way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash

from contracts.errors import ServiceError
from gateway.asking import ask
from gateway.errors import problem_of
from gateway.words import t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contracts.calls import Method


def attempt(method: Method, payload: Mapping[str, Any], done: str) -> dict[str, Any] | None:
    """Ask for a deed; `done` is the key of the sentence that says it is done."""
    try:
        answer = ask(method, payload)
    except ServiceError as error:
        flash(problem_of(error).detail, "danger")
        return None
    flash(t(done), "success")
    return answer
