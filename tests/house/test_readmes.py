"""What the pages say of the house is what the house is: services' tables, and the index of decisions."""

from __future__ import annotations

import re

import pytest

from contracts.registry import ALL_EVENTS, ALL_METHODS, events_heard_by
from tests.house.house import PACKAGES, ROOT, SERVICES

DECISIONS = ROOT / "docs/decisions"
QUOTABLE = re.compile(r"^\*\*Decision\.\*\* \*([^*]+)\*", re.MULTILINE)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_lists_the_methods_that_it_answers(service: str) -> None:
    promised = sorted(method.name for method in ALL_METHODS if method.service == service)

    assert sorted(first_column(service, "method")) == promised


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_lists_the_events_that_it_tells_and_hears(service: str) -> None:
    told = [event.name for event in ALL_EVENTS if event.service == service]
    heard = [event.name for event, _ in events_heard_by(service)]

    assert sorted(first_column(service, "event")) == sorted(told + heard)


def test_every_decision_is_in_the_index_with_its_own_sentence() -> None:
    pages = {page.name: page.read_text() for page in DECISIONS.glob("*.md") if page.name != "README.md"}
    index = (DECISIONS / "README.md").read_text()

    assert set(re.findall(r"\(([a-z-]+\.md)\)", index)) == set(pages)
    assert [name for name, text in pages.items() if sentence_of(text) not in index] == []


def first_column(service: str, headed: str) -> list[str]:
    """The names in the first column of the README's tables whose head begins with this word."""
    names: list[str] = []
    inside = False
    for line in (PACKAGES[service] / "README.md").read_text().splitlines():
        if not line.startswith("|"):
            inside = False
        elif line.startswith(f"| {headed} |"):
            inside = True
        elif inside:
            names += re.findall(r"`(\w+)`", line.split("|")[1])
    return names


def sentence_of(page: str) -> str:
    """The quotable sentence of a decision; a page without one fails here."""
    found = QUOTABLE.search(page)
    assert found is not None, page.splitlines()[0]
    return " ".join(found[1].split())
