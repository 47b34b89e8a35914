"""Composing a message from a template that is data, with versions. Rule P2."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from notifications.domain.figures import day
from notifications.domain.parts import parts_of

HIDDEN = "######"
"""What stands for a code in a message that is kept; the sender alone puts the code in its place."""

Words = Mapping[str, str]
"""A text by language."""


@dataclass(frozen=True, slots=True)
class Template:
    """What one kind of message says.

    Attributes:
        version: Kept with every message, so that it is known what was said.
        title: Stands on a lock screen: neither amount nor name.
        texts: By variant (`full`, `no_balances`, `see_book`, or `<deed>`) and language.
        lines: By variant and language: what is said of each account, joined into the text's `{lines}`.
    """

    version: int
    title: Words
    texts: Mapping[str, Words]
    lines: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Composed:
    """A message as it is read, and what it costs."""

    title: str
    text: str
    parts: int
    version: int


@dataclass(frozen=True, slots=True)
class Line:
    """What a message says of one account: a variant of the template's lines, and its facts."""

    variant: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says: a variant of the template's texts, its facts and lines."""

    variant: str
    facts: Mapping[str, str]
    lines: Sequence[Line] = ()


def compose(template: Template, content: Content, language: str) -> Composed:
    """Return a message in a language.

    Raises:
        KeyError: the template names a fact that is not there.
    """
    spoken = [template.lines[line.variant][language].format_map(line.facts) for line in content.lines]
    text = template.texts[content.variant][language].format_map({**content.facts, "lines": "; ".join(spoken)})
    return Composed(template.title[language], text, parts_of(text), template.version)


def dates(business_on: date, value_on: date, language: str) -> str:
    """Return when it happened: one date, or both where they differ (M2, P2)."""
    if business_on == value_on:
        return day(value_on, language)
    booked = "বইয়ে" if language == "bn" else "booked"
    return f"{day(value_on, language)} ({booked} {day(business_on, language)})"
