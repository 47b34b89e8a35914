"""Refusals as people and programs meet them: problem+json (RFC 9457), in the reader's language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import g
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from contracts.errors import InvalidPayload, Kind, ServiceError
from gateway.words import find_sentence
from gateway.words.formats import digits

STATUSES = {
    Kind.INVALID: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.REFUSED: 422,
    Kind.TOO_MANY: 429,
    Kind.AWAY: 503,
}
CODES = {
    400: "MALFORMED_REQUEST",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    413: "BODY_TOO_LARGE",
    415: "WRONG_CONTENT_TYPE",
}
_FIGURES = re.compile(r"[\d, ]+", re.ASCII)
DEFECT = 500
SERVER_FAULTS = 500
SAME_OUTSIDE = {"OUT_OF_SCOPE": "NOT_FOUND", "ACTOR_REFUSED": "UNAUTHENTICATED"}
"""What is told apart in logs only."""


class MalformedBody(ServiceError):
    """The body is not JSON, names a key twice, or is not a mapping."""

    kind = Kind.INVALID


class FormExpired(ServiceError):
    """The page's CSRF token is missing, too old, or another session's."""

    kind = Kind.INVALID


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One refusal, told in one language.

    Attributes:
        status: The HTTP status.
        code: The stable code.
        title: What sort of problem it is.
        detail: The sentence.
        fields: Each wrong field with its sentences.
        correlation_id: Under which the logs have it.
        retry_after: Seconds until it is worth trying again.
        facts: What a program may want to know besides.
    """

    status: int
    code: str
    title: str
    detail: str
    correlation_id: str
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    retry_after: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def to_wire(self) -> dict[str, Any]:
        """Return the body of the answer."""
        body: dict[str, Any] = {
            "type": f"urn:mikrof:problem:{self.code.lower().replace('_', '-')}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "correlation_id": self.correlation_id,
        }
        optional = {"fields": self.fields, "facts": self.facts, "retry_after": self.retry_after}
        return body | {name: value for name, value in optional.items() if value}


def problem_of(error: Exception) -> Problem:
    """Tell any failure of a request in the reader's language; a defect is told by its id only."""
    if isinstance(error, ServiceError):
        return _refusal(error)
    if isinstance(error, CSRFError):
        return _refusal(FormExpired())
    if isinstance(error, HTTPException) and error.code is not None and error.code < SERVER_FAULTS:
        return _problem(error.code, CODES.get(error.code, "MALFORMED_REQUEST"), {})
    return _problem(DEFECT, "DEFECT", {})


def sentences(codes: Sequence[str]) -> list[str]:
    """Return the sentence of each message code of a field, such as `LENGTH:1:60`."""
    return [_sentence(code) for code in codes]


def _refusal(error: ServiceError) -> Problem:
    code = SAME_OUTSIDE.get(error.code, error.code)
    facts = dict(error.facts)
    fields = facts.pop("fields", {}) if isinstance(error, InvalidPayload) else {}
    named = facts.pop("field", None)
    problem = _problem(STATUSES[error.kind], code, facts, fields)
    return problem if named is None else replace(problem, fields={str(named): [problem.detail]})


def _problem(
    status: int, code: str, facts: Mapping[str, Any], fields: Mapping[str, Sequence[str]] | None = None
) -> Problem:
    title = find_sentence("statuses", str(status), {}) or ""
    retry_after = facts.get("retry_after")
    return Problem(
        status=status,
        code=code,
        title=title,
        detail=find_sentence("errors", code, facts) or title,
        correlation_id=g.correlation_id,
        fields={name: sentences(codes) for name, codes in (fields or {}).items()},
        retry_after=retry_after if isinstance(retry_after, int) else None,
        facts={name: fact for name, fact in facts.items() if name != "retry_after"},
    )


def _sentence(message: str) -> str:
    code, *values = message.split(":")
    told = (digits(value) if _FIGURES.fullmatch(value) else value for value in values)
    facts = dict(zip(("first", "second"), told, strict=False))
    return find_sentence("fields", code, facts) or find_sentence("fields", "INVALID", {}) or message
