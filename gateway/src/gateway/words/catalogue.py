"""Sentences by key, in two languages, with the facts filled in."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from gateway.words import formats
from gateway.words.reader import language as of_reader

_TAKA = re.compile(r"-?\d+\.\d{2}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})", re.ASCII)


@cache
def catalogue(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return one catalogue, `{key: {"bn": …, "en": …}}`; read once a process."""
    loaded: Mapping[str, Mapping[str, str]] = json.loads(
        files("gateway.words").joinpath(f"{name}.json").read_text(encoding="utf-8")
    )
    return loaded


PERCENT = "_percent"


def t(key: str, **facts: Any) -> str:
    """Return a sentence of the portal in the reader's language.

    Raises:
        KeyError: there is no such key, or a fact that the sentence needs is missing.
    """
    return filled(catalogue("portal")[key], facts)


def find_sentence(name: str, key: str, facts: Mapping[str, Any], language: str | None = None) -> str | None:
    """Return the sentence of another catalogue, or None where it has none for this key and these facts."""
    words = catalogue(name).get(key)
    try:
        return None if words is None else filled(words, facts, language)
    except KeyError:
        return None


def filled(words: Mapping[str, str], facts: Mapping[str, Any], language: str | None = None) -> str:
    """Fill the facts into a sentence, each as the language writes it."""
    chosen = language or of_reader()
    return words[chosen].format_map({name: told(name, fact, chosen) for name, fact in facts.items()})


def told(name: str, fact: Any, language: str) -> str:
    """Return one fact as a reader sees it; a percentage has two decimals too, and is no money."""
    if name.endswith(PERCENT) and isinstance(fact, str):
        return formats.digits(fact, language)
    return shown(fact, language)


def shown(fact: Any, language: str) -> str:
    """Return one fact as a reader sees it: money, dates and numbers in their forms, other text as it is."""
    if isinstance(fact, bool) or fact is None:
        return formats.NOTHING if fact is None else str(fact)
    if isinstance(fact, int):
        return formats.number(fact, language)
    text = str(fact)
    for pattern, form in ((_TAKA, formats.taka), (_DATE, formats.day), (_INSTANT, formats.instant)):
        if pattern.fullmatch(text):
            return form(text, language)
    return text
