"""Every code that a service can answer has its sentence, and no sentence has lost its code."""

import ast
import importlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.errors import ServiceError
from tests.house.house import PACKAGES, ROOT, named, nodes_of, source_files

WORDS = ROOT / "gateway/src/gateway/words"
OF_THE_GATEWAY = {
    "BODY_TOO_LARGE",
    "DEFECT",
    "MALFORMED_REQUEST",
    "METHOD_NOT_ALLOWED",
    "REFUSED",
    "WRONG_CONTENT_TYPE",
}
"""Told without an error class: what HTTP itself refuses, and what nobody foresaw."""
BASES = {"REFUSED", "SERVICE_ERROR"}


def sentences(name: str) -> set[str]:
    return set(json.loads((WORDS / f"{name}.json").read_text()))


def codes_of_errors() -> set[str]:
    for package in (
        "contracts",
        "gateway",
        *(name for name in PACKAGES if name not in {"contracts", "gateway"}),
    ):
        for path in source_files(package):
            if "errors" in path.stem or package == "contracts":
                relative = path.relative_to(PACKAGES[package] / "src").with_suffix("")
                importlib.import_module(".".join(relative.parts).removesuffix(".__init__"))
    return {code for code, refusal in ServiceError.known.items() if is_ours(refusal)} - BASES


def is_ours(refusal: type[ServiceError]) -> bool:
    """Whether the product says it; a test may have refusals of its own."""
    return refusal.__module__.split(".")[0] in PACKAGES


def codes_of_fields() -> Iterator[str]:
    """What schemas and operations say of single fields: the text before the first colon of each message."""
    for path in source_files("contracts", "identity", "accounts", "transactions", "notifications"):
        for node in nodes_of(path):
            if isinstance(node, ast.Call):
                for message in messages_of(node):
                    code = message.split(":")[0]
                    if code.isupper():
                        yield code


def messages_of(call: ast.Call) -> list[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    keywords = [word.value for word in call.keywords if name == "of" or word.arg == "error"]
    arguments = call.args[:1] if name in {"refusal", "ValidationError"} else []
    return [text for node in (*keywords, *arguments) for text in leading_text(node)]


def leading_text(node: ast.expr) -> list[str]:
    if isinstance(node, ast.BinOp):
        return leading_text(node.left)
    if isinstance(node, ast.JoinedStr):
        return leading_text(node.values[0])
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def test_every_refusal_has_its_sentence() -> None:
    assert codes_of_errors() - sentences("errors") == set()


def test_no_sentence_has_lost_its_refusal() -> None:
    assert sentences("errors") - codes_of_errors() - OF_THE_GATEWAY == set()


def test_every_message_of_a_field_has_its_sentence() -> None:
    assert set(codes_of_fields()) - sentences("fields") == set()


LABELS = {"portal.json", "reports.json", "statuses.json"}  # headings need no full stop


@pytest.mark.parametrize(
    "path", [path for path in sorted(WORDS.glob("*.json")) if path.name not in LABELS], ids=named
)
def test_sentences_end_as_sentences_do(path: Path) -> None:
    entries = json.loads(path.read_text())
    open_ended = [
        key for key, words in entries.items() if words["bn"][-1] not in "।?" or words["en"][-1] not in ".?"
    ]

    assert open_ended == []
