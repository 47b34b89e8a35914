"""What a report was asked for: complete, and nothing that it does not know. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contracts.errors import InvalidPayload
from contracts.transactions.reports_words import ReportParameter
from transactions.domain.days import first_of_month
from transactions.domain.reports.definitions import Definition

FIELDS: dict[ReportParameter, tuple[str, ...]] = {
    ReportParameter.ON: ("on",),
    ReportParameter.PERIOD: ("from_on", "to_on"),
    ReportParameter.PRODUCT: ("product_code",),
    ReportParameter.OFFICER: ("officer_id",),
    ReportParameter.SAMITY: ("samity_id",),
    ReportParameter.MEMBER: ("member_id",),
    ReportParameter.KNOWN_AT: ("known_at",),
}
"""By which fields each is said."""

LONGEST_PERIOD = 1_100
"""Three fiscal years, in days: a question over more is one of several reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A report of an office and all below it; what it was not asked for is None."""

    report: str
    office_id: str
    on: date | None = None
    from_on: date | None = None
    to_on: date | None = None
    product_code: str | None = None
    officer_id: str | None = None
    samity_id: str | None = None
    member_id: str | None = None
    known_at: datetime | None = None

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        said = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Question":
        """Read what `to_plain` wrote."""
        dates = {name: date.fromisoformat(plain[name]) for name in ("on", "from_on", "to_on") if plain[name]}
        known_at = plain.get("known_at")
        return cls(**{**plain, **dates, "known_at": datetime.fromisoformat(known_at) if known_at else None})


def question_of(definition: Definition, said: Mapping[str, Any], newest: date) -> Question:
    """Return a complete question.

    Args:
        definition: The report.
        said: What was said, by field.
        newest: The office's newest day, which stands for a day that was not said.

    Raises:
        InvalidPayload: it was asked for what the report does not know, or not for what it must be, or its
            period ends before it begins or is too long.
    """
    fields = {name: said.get(name) for names in FIELDS.values() for name in names}
    known, needed = _names(definition.parameters), _names(definition.required)
    unknown = [name for name, value in fields.items() if value is not None and name not in known]
    missing = [name for name in needed if fields[name] is None]
    if unknown or missing:
        wrong = {name: ["UNKNOWN_FIELD"] for name in unknown}
        raise InvalidPayload(wrong | {name: ["REQUIRED"] for name in missing})
    if ReportParameter.ON in definition.parameters:
        fields["on"] = fields["on"] or newest
    if ReportParameter.PERIOD in definition.parameters:
        fields |= _period(fields["from_on"], fields["to_on"], newest)
    return Question(report=definition.code, office_id=said["office_id"], **fields)


def _names(parameters: Iterable[ReportParameter]) -> tuple[str, ...]:
    return tuple(name for parameter in parameters for name in FIELDS[parameter])


def _period(from_on: date | None, to_on: date | None, newest: date) -> dict[str, date]:
    until = to_on or max(newest, from_on or newest)
    begin = from_on or first_of_month(until)
    if until < begin:
        raise InvalidPayload.of(to_on="PERIOD_BACKWARDS")
    if (until - begin).days > LONGEST_PERIOD:
        raise InvalidPayload.of(to_on=f"PERIOD_TOO_LONG:{LONGEST_PERIOD}")
    return {"from_on": begin, "to_on": until}
