"""Log lines: only allowed fields, no messages of exceptions, one line."""

import io
import json
import logging
import sys

import pytest
import structlog

from chassis.logs import allow_listed, bound, fault_of, frames_of, log_to_stdout, logger


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch):
    output = io.StringIO()
    monkeypatch.setattr(sys, "stdout", output)
    log_to_stdout("purses", "json")
    yield lambda: [json.loads(line) for line in output.getvalue().splitlines()]
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)


def test_a_field_that_nobody_allowed_is_dropped(lines):
    with bound(correlation_id="c1", actor_id="a1"):
        logger().info("worked", what="purses.fill", password="1234", mobile="01711000000")
    [line] = lines()
    assert (line["event"], line["correlation_id"], line["actor_id"], line["service"]) == (
        "worked", "c1", "a1", "purses",
    )  # fmt: skip
    assert "1234" not in str(line)
    assert "01711000000" not in str(line)


def test_a_forged_line_stays_one_line():
    assert allow_listed(None, "", {"reason": 'x\n{"event":"forged"}'})["reason"] == 'x {"event":"forged"}'


def test_a_long_text_is_cut():
    assert len(allow_listed(None, "", {"reason": "x" * 5000})["reason"]) == 300


def test_an_exception_is_named_and_placed_but_not_quoted():
    with pytest.raises(ValueError, match="1234") as caught:
        int("1234x")
    assert fault_of(caught.value) == "ValueError"
    assert "test_an_exception_is_named" in frames_of(caught.value)[-1]
    assert "1234" not in str(frames_of(caught.value))


def test_libraries_are_heard_without_their_values(lines):
    logging.getLogger("kombu").warning("cannot decode %r", "s3cret")
    logging.getLogger("kombu").warning("cannot decode s3cret")
    logging.getLogger("kombu").info("not heard")
    said = lines()
    assert [line["text"] for line in said] == ["cannot decode %r", "kombu"]
    assert "s3cret" not in str(said)
