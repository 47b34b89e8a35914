"""The denomination slip: how many notes of each face, counted by hand. M7."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from contracts.digits import to_latin
from contracts.transactions.collection_words import DENOMINATIONS
from gateway.portal.forms import Form
from gateway.words import t

if TYPE_CHECKING:
    from gateway.errors import Problem

FACES = tuple(DENOMINATIONS)


class SlipForm(Form):
    """A slip; its ten fields are read from the request, because they are one table, not ten questions."""

    def typed(self) -> dict[str, str]:
        """What stands in the fields, as it was typed."""
        return {str(face): request.form.get(f"notes-{face}", "") for face in FACES}

    def denominations(self) -> dict[str, int]:
        """The counted notes by face; an empty field is none."""
        return {face: int(to_latin(count)) for face, count in self.typed().items() if to_latin(count).strip()}

    def readable(self) -> bool:
        """Whether every field holds a number; says on the form where one does not."""
        self.wrong = [face for face, count in self.typed().items() if not is_count(count)]
        return not self.wrong

    wrong: list[str] = []  # noqa: RUF012 - replaced, never changed

    def sentence(self) -> str | None:
        """What is wrong with the slip as a whole."""
        problem: Problem | None = self.problem
        if self.wrong:
            return t("slip_of_notes.not_a_number")
        return problem.detail if problem else None


def is_count(typed: str) -> bool:
    """Whether a field holds nothing or a whole number."""
    return not typed.strip() or to_latin(typed).strip().isdigit()
