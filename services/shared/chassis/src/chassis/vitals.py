"""Whether a process is well: named questions, asked by `/healthz`."""

from collections.abc import Callable
from dataclasses import dataclass, field

Question = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Vitals:
    """What must be true of a healthy process."""

    questions: dict[str, Question] = field(default_factory=dict)

    def watch(self, name: str, question: Question) -> None:
        """Ask a question from now on; a second one of the same name replaces it."""
        self.questions[name] = question

    def examine(self) -> dict[str, bool]:
        """Ask everything; what a process that is still starting adds meanwhile waits for next time."""
        return {name: question() for name, question in tuple(self.questions.items())}
