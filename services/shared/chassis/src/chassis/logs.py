"""Log lines: one JSON object each, with allow-listed fields only, so that no secret can slip in by name.

A line never holds a payload, an exception's message (a database's quotes the row) or a person's data.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import structlog

FIELDS = frozenset({
    "event", "level", "timestamp", "service", "process", "correlation_id", "actor_id", "issuer", "what",
    "code", "kind", "milliseconds", "fault", "frames", "consumer", "event_id", "event_name", "attempts",
    "count", "state", "queue", "reason", "step", "step_id", "logger", "text", "port", "status", "purpose",
    "subject_id", "office_id", "day",
})  # fmt: skip
_LONGEST = 300


def log_to_stdout(service: str, form: str) -> None:
    """Send our lines, and warnings of libraries, to standard output.

    Args:
        service: Named on every line.
        form: `json` or `plain`.
    """
    writer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form == "plain":
        writer = structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            partial(_name_service, service),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            allow_listed,
            writer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[Libraries()], level=logging.WARNING, force=True)
    # Nameko logs the arguments and the message of whatever a method raises; we log that ourselves, without.
    logging.getLogger("nameko.containers").setLevel(logging.CRITICAL)


def logger() -> Any:
    """Return the logger; bind nothing to it that is not in `FIELDS`."""
    return structlog.get_logger()


def bound(**fields: Any) -> AbstractContextManager[Any]:
    """Put fields on every line within the block."""
    return structlog.contextvars.bound_contextvars(**fields)


def allow_listed(_logger: Any, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop fields that nobody allowed, cut long texts, keep a line one line."""
    return {name: _short(value) for name, value in line.items() if name in FIELDS}


def frames_of(error: BaseException) -> list[str]:
    """Return where an exception came from, innermost last: file, line and function, without its message."""
    stack = traceback.extract_tb(error.__traceback__)
    return [
        f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno} {frame.name}" for frame in stack[-12:]
    ]


def fault_of(error: BaseException) -> str:
    """Name an exception without its message: class, and a database's own code and constraint."""
    original = getattr(error, "orig", None)
    code = getattr(original, "pgcode", None)
    constraint = getattr(getattr(original, "diag", None), "constraint_name", None)
    return " ".join(part for part in (type(error).__name__, code, constraint) if part)


class Libraries(logging.Handler):
    """Takes what libraries say by the standard logging, without the values that they put in."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the message's form and the exception's name."""
        fault = fault_of(record.exc_info[1]) if record.exc_info and record.exc_info[1] else None
        text = str(record.msg) if record.args else record.name
        logger().warning("library", logger=record.name, text=text, fault=fault)


def _name_service(
    service: str, _logger: Any, _name: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Say whose line it is; each green thread has context variables of its own."""
    line["service"] = service
    return line


def _short(value: Any) -> Any:
    if isinstance(value, str):
        return value[:_LONGEST].replace("\n", " ").replace("\r", " ")
    return value
