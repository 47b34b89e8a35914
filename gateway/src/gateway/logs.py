"""What the gateway writes down: one line an event, known fields only, never a body and never a secret."""

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog
from flask import g, has_request_context

FIELDS = frozenset(
    {
        "event", "level", "logger", "timestamp", "exception", "correlation_id", "code", "kind", "method",
        "endpoint", "status", "milliseconds", "person_id", "reason",
    }
)  # fmt: skip
"""What may stand on a line; anything else that a careless call adds is left out."""
_RECORD = frozenset(vars(logging.makeLogRecord({})))

Line = MutableMapping[str, Any]


def configure(style: str) -> None:
    """Write all logging of the process to standard output, as JSON lines or for reading.

    Args:
        style: `json` or `plain`.
    """
    last: Any = (
        structlog.dev.ConsoleRenderer(colors=False)
        if style == "plain"
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                add_facts,
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                known_fields_only,
                last,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for noisy in ("amqp", "kombu"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def add_facts(_: Any, __: str, line: Line) -> Line:
    """Add what the call gave as `extra`, and under which request it happened."""
    record: logging.LogRecord = line["_record"]
    line.update({name: value for name, value in vars(record).items() if name not in _RECORD})
    if has_request_context():
        line.update(of_request(g))
    return line


def of_request(context: Any) -> Mapping[str, Any]:
    """Return the ids that tie a line to its request and person."""
    session = context.get("session")
    ids = {"correlation_id": context.get("correlation_id"), "person_id": session and session.person_id}
    return {name: value for name, value in ids.items() if value}


def known_fields_only(_: Any, __: str, line: Line) -> Line:
    """Leave out every field that is not on the list."""
    return {name: value for name, value in line.items() if name in FIELDS}
