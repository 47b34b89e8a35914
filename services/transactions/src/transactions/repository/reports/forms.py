"""From where regulators' forms take their figures: snapshots of closed months, and who is posted where."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from contracts.transactions.classes_words import LOAN_CLASSES
from transactions.domain.chart import FAMILY_OF_LEDGER
from transactions.domain.reports.forms import FORMS, Form
from transactions.domain.reports.indicators import LONG_AGO, Fact, Facts, Period, Told
from transactions.domain.reports.lines import Row
from transactions.models.snapshots import DUES, MONEY, SAVED
from transactions.repository.reports.sources import ComputedSource, Source, Values

_HEAD = ("month", "sex", "fund", "kind", "begins")
_COUNTED: Mapping[Told, tuple[str, Mapping[str, str], tuple[str, ...]]] = {
    Told.LOANS: (
        "loan_snapshots",
        {"sex": "sex", "fund": "fund"},
        ("loans", "lent", "ended", "late", *MONEY, *DUES),
    ),
    Told.CLASSES: (
        "class_totals",
        {"sex": "sex", "fund": "fund", "kind": "loan_class::text"},
        ("loans", "outstanding", "overdue", "at_risk", "provision"),
    ),
    Told.SAVINGS: (
        "savings_snapshots",
        {"sex": "sex", "fund": "fund", "kind": "ledger"},
        ("accounts", *SAVED),
    ),
    Told.MEMBERS: ("member_snapshots", {"sex": "sex"}, ("members", "admitted", "borrowers", "savers")),
}
_TOLD = """
    JOIN snapshots AS last ON last.office_id = told.office_id AND last.month = :last
                          AND last.stage = 'finished'
    JOIN offices ON offices.id = told.office_id AND starts_with(offices.path, :path)
"""
"""Of branches that have told the last month: months are closed in order, so they have told all before."""
_BEGINS = """
    told.month = (SELECT min(earlier.month) FROM snapshots AS earlier
                   WHERE earlier.office_id = told.office_id AND earlier.month >= :first
                     AND earlier.stage = 'finished')
"""
"""Whether a month is the first that its branch closed in the period."""


def _question(told: Told) -> str:
    table, by, sums = _COUNTED[told]
    head = ", ".join(f"{by.get(name) or chr(39) * 2} AS {name}" for name in _HEAD[1:-1])
    return f"""
    SELECT CASE WHEN told.month < :first THEN CAST(:long_ago AS date) ELSE told.month END AS month, {head},
           {_BEGINS} AS begins, {", ".join(f"sum(told.{name})::bigint AS {name}" for name in sums)}
      FROM {table} AS told {_TOLD}
     WHERE told.month <= :last
     GROUP BY 1, 2, 3, 4, 5
    """  # noqa: S608 - only names of our own tables


_QUESTIONS = {told: text(_question(told)) for told in _COUNTED}
_KINDS: Mapping[Told, Mapping[str, str]] = {
    Told.CLASSES: {str(at): name for at, name in enumerate(LOAN_CLASSES)},
    Told.SAVINGS: FAMILY_OF_LEDGER,
}
_PLACES = text(
    f"""
    WITH told AS (
        SELECT told.office_id, told.until FROM snapshots AS told {_TOLD} WHERE told.month = :last
    )
    SELECT CAST(:last AS date) AS month, '' AS sex, '' AS fund, '' AS kind, false AS begins,
           count(DISTINCT told.office_id) AS branches,
           count(staff.id) AS staff, count(staff.id) FILTER (WHERE role = 'field_officer') AS officers,
           (SELECT count(*) FROM offices
             WHERE starts_with(offices.path, :path) AND offices.id NOT IN (SELECT office_id FROM told)
               AND EXISTS (SELECT FROM days WHERE days.office_id = offices.id AND days.on <= :until)
           ) AS branches_missing
      FROM told
      LEFT JOIN staff ON staff.office_id = told.office_id AND (active OR to_on IS NOT NULL)
           AND coalesce(from_on, until) <= until AND coalesce(to_on, until) >= until
    """  # noqa: S608 - only texts of the house
)


def facts_of(session: Session, path: str, period: Period) -> Facts:
    """Return what the closed months of the branches below a path told that have closed the period's last."""
    asked = {
        "path": path,
        "first": period.first,
        "last": period.last,
        "until": period.until,
        "long_ago": LONG_AGO,
    }
    return {
        told: tuple(
            _fact(row, _KINDS.get(told, {})) for row in session.execute(_question_of(told), asked).mappings()
        )
        for told in Told
    }


def _question_of(told: Told) -> Any:
    return _PLACES if told is Told.PLACES else _QUESTIONS[told]


def _fact(row: Mapping[Any, Any], kinds: Mapping[str, str]) -> Fact:
    sums = {str(name): int(value) for name, value in row.items() if name not in _HEAD}
    kind = kinds.get(row["kind"], row["kind"])
    told = {name: row[name] for name in ("month", "sex", "fund", "begins")}
    return Fact(sums=sums, kind=kind, **told)


def _rows(form: Form, session: Session, values: Values) -> Sequence[Row]:
    period = Period.ended_by(values["on"], form.months)
    return form.rows(facts_of(session, values["path"], period), period)


SOURCES: dict[str, Source] = {
    form.code: ComputedSource(form.definition, partial(_rows, form)) for form in FORMS
}
