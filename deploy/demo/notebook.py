"""What the demo must remember between two runs: slips and chosen passwords, in a private file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demo.credentials import read_private, write_private

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True)
class Notebook:
    """A file that is written after every fact, so that a half-made run can be taken up again."""

    path: Path
    facts: dict[str, Any]

    @classmethod
    def open(cls, path: Path) -> Notebook:
        """The notebook of an earlier run, or an empty one."""
        return cls(path, read_private(path))

    def password_of(self, username: str) -> str | None:
        """The password somebody chose; None before."""
        return self.page("passwords").get(username)

    def keep_password(self, username: str, password: str) -> None:
        """Remember a chosen password."""
        self.note("passwords", username, password)

    def has_slip(self, username: str) -> bool:
        """Whether a one-time secret was handed out already."""
        return username in self.page("slips")

    def slip_of(self, username: str) -> str:
        """The one-time secret on somebody's slip."""
        return self.page("slips")[username]

    def keep_slip(self, username: str, secret: str) -> None:
        """Remember a one-time secret until it is used."""
        self.note("slips", username, secret)

    def page(self, name: str) -> dict[str, str]:
        """One page of the notebook."""
        return dict(self.facts.get(name, {}))

    def note(self, page: str, key: str, value: str) -> None:
        """Write one fact down, on paper at once."""
        self.facts[page] = {**self.page(page), key: value}
        write_private(self.path, self.facts)
