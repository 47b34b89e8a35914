"""The nominees of an admission form as they were typed: one table whose shares make 100."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contracts.digits import to_latin
from gateway.portal.dates import typed_day

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOM = 2
"""So many nominees a new form has room for."""
MOST = 10
ALL_OF_IT = 100
NEEDED = ("name", "relation", "birth_on", "share")
PARTS = (*NEEDED, "guardian", "guardian_relation")


@dataclass(frozen=True, slots=True)
class TypedNominee:
    """One nominee as typed; `wrong` names the parts that cannot be sent."""

    name: str = ""
    relation: str = ""
    birth_on: str = ""
    share: str = ""
    guardian: str = ""
    guardian_relation: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(getattr(self, part) for part in PARTS)

    @property
    def share_percent(self) -> int:
        """The share in percent; 0 while it is none."""
        plain = to_latin(self.share).strip().removesuffix("%").strip()
        return int(plain) if plain.isdigit() and len(plain) <= len(str(ALL_OF_IT)) else 0

    @property
    def born(self) -> str | None:
        """The birthday as services read it; None while it is none."""
        try:
            return typed_day(self.birth_on).isoformat()
        except ValueError:
            return None

    @property
    def wrong(self) -> tuple[str, ...]:
        """The parts of a begun line that are missing or cannot be read."""
        if self.is_empty:
            return ()
        missing = [part for part in NEEDED if not getattr(self, part)]
        unread = [*(["birth_on"] if not self.born else []), *(["share"] if not self.share_percent else [])]
        half = ["guardian_relation"] if self.guardian and not self.guardian_relation else []
        return tuple(dict.fromkeys((*missing, *unread, *half)))

    @property
    def command(self) -> dict[str, Any]:
        """The line as the service takes it."""
        guardian = {"name": self.guardian, "relation": self.guardian_relation} if self.guardian else None
        return {
            "name": self.name,
            "relation": self.relation,
            "birth_on": self.born,
            "share_percent": self.share_percent,
            "guardian": guardian,
        }


def typed_nominees(form: Mapping[str, str]) -> tuple[TypedNominee, ...]:
    """The lines of which something was typed."""
    lines = (
        TypedNominee(**{part: form.get(f"nominee-{part}-{number}", "").strip() for part in PARTS})
        for number in range(MOST)
    )
    return tuple(line for line in lines if not line.is_empty)


def drawn_nominees(lines: tuple[TypedNominee, ...], *, more: bool) -> tuple[TypedNominee, ...]:
    """What the page shows: at least room for two, and one more where it was asked for."""
    room = max(ROOM, len(lines) + (1 if more else 0))
    return (*lines, *(TypedNominee() for _ in range(min(room, MOST) - len(lines))))


def shares_total(lines: tuple[TypedNominee, ...]) -> int:
    """All shares together, in percent."""
    return sum(line.share_percent for line in lines)
