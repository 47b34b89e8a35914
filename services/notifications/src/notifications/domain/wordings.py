"""What a wording of the institution's own may say, and how it reads with sample facts. Rule P2."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from contracts.errors import InvalidPayload
from notifications.domain.parts import parts_of
from notifications.domain.texts import Template

LANGUAGES = ("bn", "en")
TITLE, TEXT, LINE = "title", "text", "line"
ANY = "any"
LINES = "lines"
FIGURES = frozenset("0123456789০১২৩৪৫৬৭৮৯")


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence in both languages: the title, the text of a variant, or what is said of one account."""

    part: str
    variant: str
    bn: str
    en: str

    def in_language(self, language: str) -> str:
        """Return it in a language."""
        return self.bn if language == "bn" else self.en


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with sample facts, and as how many short messages it is sent."""

    part: str
    variant: str
    language: str
    text: str
    parts: int


class NoPlaceholders(ValueError):
    """The braces of a sentence do not hold plain names."""


def wordings_of(template: Template) -> tuple[Wording, ...]:
    """Return a template's sentences: the title, the texts, the lines."""
    texts = [Wording(TEXT, variant, **words) for variant, words in template.texts.items()]
    lines = [Wording(LINE, variant, **words) for variant, words in template.lines.items()]
    return (Wording(TITLE, ANY, **template.title), *texts, *lines)


def template_of(wordings: Sequence[Wording], version: int) -> Template:
    """Return the template that sentences are; they are of one kind and without faults."""
    by_part: dict[str, dict[str, dict[str, str]]] = {TITLE: {}, TEXT: {}, LINE: {}}
    for one in wordings:
        by_part[one.part][one.variant] = {"bn": one.bn, "en": one.en}
    return Template(version, by_part[TITLE][ANY], by_part[TEXT], by_part[LINE])


def placeholders(text: str) -> frozenset[str]:
    """Return the names in a sentence's braces.

    Raises:
        NoPlaceholders: a brace stands alone, or something other than a plain name is inside.
    """
    try:
        found = [(name, spec, shape) for _, name, spec, shape in Formatter().parse(text) if name is not None]
    except ValueError:
        raise NoPlaceholders from None
    if any(spec or shape or not name.isidentifier() for name, spec, shape in found):
        raise NoPlaceholders
    return frozenset(name for name, _, _ in found)


def faults(release: Template, given: Sequence[Wording]) -> dict[str, list[str]]:
    """Return what is wrong with sentences, by the path of each wrong field; nothing where they may be used.

    They are the release's sentences, each once; each has exactly the placeholders that the release's has in
    that language: no correction loses its receipt, `see_book` tells no amount. A title has no figure.
    """
    needed = {(one.part, one.variant): one for one in wordings_of(release)}
    keys = [(one.part, one.variant) for one in given]
    if len(keys) != len(set(keys)) or set(keys) != set(needed):
        return {"wordings": ["WORDINGS_OF_THE_KIND"]}
    return {
        f"wordings.{index}.{language}": [fault]
        for index, one in enumerate(given)
        for language in LANGUAGES
        if (fault := _fault(needed[one.part, one.variant], one, language))
    }


def read(release: Template, said: Iterable[Mapping[str, str]]) -> tuple[Wording, ...]:
    """Return sentences that may be used.

    Raises:
        InvalidPayload: a sentence is missing or unknown, lacks a placeholder or has a strange one, or a title
            has a figure; each beside its own field.
    """
    given = tuple(Wording(**one) for one in said)
    wrong = faults(release, given)
    if wrong:
        raise InvalidPayload(wrong)
    return given


def _fault(needed: Wording, given: Wording, language: str) -> str | None:
    text = given.in_language(language)
    wanted = placeholders(needed.in_language(language))
    try:
        has = placeholders(text)
    except NoPlaceholders:
        return "BRACES"
    if has != wanted:
        return "PLACEHOLDERS:" + (", ".join(f"{{{name}}}" for name in sorted(wanted)) or "–")
    return "FIGURE_IN_TITLE" if given.part == TITLE and FIGURES & set(text) else None


def in_force(release: Template, own: Template | None) -> Template:
    """Return what counts: the institution's own wording, as long as it fits what the release can say."""
    return release if own is None or faults(release, wordings_of(own)) else own


def current(
    release: Mapping[str, Template], own: Mapping[str, Template], kinds: Iterable[str]
) -> dict[str, Template]:
    """Return what counts of each of some kinds."""
    return {kind: in_force(release[kind], own.get(kind)) for kind in kinds}


def previews(given: Sequence[Wording], facts: Mapping[str, Mapping[str, str]]) -> Iterator[Sentence]:
    """Yield each sentence in each language with sample facts, by language.

    Raises:
        KeyError: there is no sample of a placeholder.
    """
    for one in given:
        for language in LANGUAGES:
            said = dict(facts[language]) | {LINES: _lines_of(given, one, facts[language], language)}
            text = one.in_language(language).format_map(said)
            yield Sentence(one.part, one.variant, language, text, parts_of(text))


def _lines_of(given: Sequence[Wording], text: Wording, facts: Mapping[str, str], language: str) -> str:
    """Return a line of each wording that a text of this variant could hold."""
    lines = [
        one.in_language(language).format_map(facts)
        for one in given
        if one.part == LINE and one.variant.startswith(text.variant)
    ]
    return "; ".join(lines)
