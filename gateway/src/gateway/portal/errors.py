"""A refusal as a page, where it could not be said beside a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request

if TYPE_CHECKING:
    from gateway.errors import Problem


SECRETS = ("password", "pin")
"""What is in a field of such a name is typed again, never written into a page."""


def page(problem: Problem) -> str:
    """Draw the problem in the reader's language."""
    return render_template("portal/problem.html", problem=problem, typed=typed(problem))


def typed(problem: Problem) -> list[tuple[str, str]]:
    """What a form held whose service was away, so that nothing is typed twice."""
    if problem.retry_after is None or request.method != "POST":
        return []
    fields = list(request.form.items(multi=True))
    return [] if any(secret in name for name, _ in fields for secret in SECRETS) else fields
