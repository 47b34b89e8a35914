"""How many workers share a run: every core for the whole of it, one where they would meet or gain nothing."""

import os
from pathlib import Path

import pytest

from launcher import testing

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    for part in testing.GIVEN:
        monkeypatch.delenv(part, raising=False)


@pytest.mark.parametrize("words", [(), ("-x",), ("-k", "hand_over")])
def test_the_whole_run_uses_every_core(words: tuple[str, ...]):
    assert testing.workers(ROOT, words) == ("-n", "2")


@pytest.mark.parametrize("word", ["tests/unit", "tests/unit/launcher/test_testing.py::test_one"])
def test_a_part_of_it_stays_in_one_process(word: str):
    assert testing.workers(ROOT, ("-q", word)) == ()


@pytest.mark.parametrize("part", testing.GIVEN)
def test_parts_that_are_given_are_not_shared_by_two(monkeypatch: pytest.MonkeyPatch, part: str):
    monkeypatch.setenv(part, "somewhere")

    assert testing.workers(ROOT, ()) == ()


def test_a_large_machine_is_not_filled_with_servers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)))

    assert testing.workers(ROOT, ()) == ("-n", str(testing.MOST_WORKERS))


def test_one_core_needs_no_workers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})

    assert testing.workers(ROOT, ()) == ()
