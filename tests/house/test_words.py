"""Everything a person reads is there twice: in Bangla and in English."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from contracts.transactions.collection_words import RowCode
from tests.house.house import ROOT, named

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUES = sorted((ROOT / "gateway/src/gateway/words").glob("*.json"))
PLACEHOLDER = re.compile(r"\{(\w+)\}")
BANGLA = re.compile(r"[\u0980-\u09ff]")
SAME_IN_BOTH = re.compile(r"[\d\s\W]*|৳|English|বাংলা")


def entries(path: Path) -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(path.read_text())
    return loaded


def test_there_are_catalogues() -> None:
    assert {"errors", "portal"} <= {path.stem for path in CATALOGUES}


@pytest.mark.parametrize("path", CATALOGUES, ids=named)
def test_every_sentence_has_its_twin(path: Path) -> None:
    single = [
        key for key, words in entries(path).items() if set(words) != {"bn", "en"} or not all(words.values())
    ]

    assert single == []


@pytest.mark.parametrize("path", CATALOGUES, ids=named)
def test_twins_say_the_same_facts(path: Path) -> None:
    different = [
        key
        for key, words in entries(path).items()
        if set(PLACEHOLDER.findall(words["bn"])) != set(PLACEHOLDER.findall(words["en"]))
    ]

    assert different == []


@pytest.mark.parametrize("path", CATALOGUES, ids=named)
def test_the_bangla_twin_is_bangla(path: Path) -> None:
    untranslated = [
        key
        for key, words in entries(path).items()
        if not BANGLA.search(words["bn"]) and not SAME_IN_BOTH.fullmatch(PLACEHOLDER.sub("", words["bn"]))
    ]

    assert untranslated == []


@pytest.mark.parametrize("path", CATALOGUES, ids=named)
def test_keys_stand_in_order(path: Path) -> None:
    keys = list(entries(path))

    assert keys == sorted(keys)


def test_every_row_code_has_its_sentence_in_portal_and_app() -> None:
    app = (ROOT / "gateway/frontend/src/mobile/words/row-codes.ts").read_text()
    in_app = set(re.findall(r"^  ([A-Z_]+): \[", app, re.MULTILINE))

    assert set(RowCode) == entries(ROOT / "gateway/src/gateway/words/rows.json").keys() == in_app
