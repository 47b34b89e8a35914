"""The staff portal: server-rendered pages over the same services as the API. It decides nothing by itself."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from flask import Blueprint

from gateway.portal.listings import taking_along
from gateway.portal.navigation import navigation
from gateway.portal.pages import same_page
from gateway.words import find_sentence
from gateway.words.formats import pick

blueprint = Blueprint("portal", __name__, template_folder="templates")


def rooms() -> Iterator[ModuleType]:
    """Every module here that has pages to hang up: whoever adds one writes its name nowhere else."""
    for found in iter_modules(__path__):
        module = import_module(f"{__name__}.{found.name}")
        if hasattr(module, "register"):
            yield module


for room in rooms():
    room.register(blueprint)


@blueprint.context_processor
def words_of_every_page() -> dict[str, object]:
    """What the frame of every page asks for."""
    return {
        "navigation": navigation,
        "same_page": same_page,
        "missing": missing,
        "taking_along": taking_along,
    }


@blueprint.app_template_filter("reason")
def reason(words: str) -> str:
    """A reason: a word of a closed list by its sentence, what a person wrote as it is."""
    return find_sentence("portal", f"nothing.{words}", {}) or find_sentence("rows", words, {}) or words


@blueprint.app_template_filter("refusal")
def refusal(code: str) -> str:
    """Why what was agreed to could not be done, by the code that a service kept of it."""
    return find_sentence("errors", code, {}) or code


def missing(item: dict[str, Any]) -> str:
    """One thing that stands between a day and its closing."""
    facts = item["facts"]
    names = {
        name.removesuffix("_bn"): pick(facts, name.removesuffix("_bn"))
        for name in facts
        if name.endswith("_bn")
    }
    return find_sentence("portal", f"missing.{item['code']}", {**facts, **names}) or str(item["code"])
