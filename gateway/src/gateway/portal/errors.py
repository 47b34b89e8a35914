"""A refusal as a page, where it could not be said beside a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

if TYPE_CHECKING:
    from gateway.errors import Problem


def page(problem: Problem) -> str:
    """Draw the problem in the reader's language."""
    return render_template("portal/problem.html", problem=problem)
