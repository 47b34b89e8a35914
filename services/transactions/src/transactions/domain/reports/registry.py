"""All reports, by code. Pure."""

from collections.abc import Iterator

from contracts.permissions import permits
from contracts.transactions.reports_errors import ReportNotFound
from transactions.domain.reports import (
    books,
    collection,
    complaints,
    control,
    endings,
    forms,
    lending,
    members,
    oversight,
    passbook_checks,
    ratios,
    registers,
    savings,
    targets,
)
from transactions.domain.reports.definitions import Definition

ALL: tuple[Definition, ...] = (
    *collection.REPORTS,
    *lending.REPORTS,
    *endings.REPORTS,
    *savings.REPORTS,
    *members.REPORTS,
    *registers.REPORTS,
    *ratios.REPORTS,
    *books.REPORTS,
    *control.REPORTS,
    *targets.REPORTS,
    *passbook_checks.REPORTS,
    *oversight.REPORTS,
    *complaints.REPORTS,
    *forms.REPORTS,
)
"""In the order in which they are listed: by subject."""

_BY_CODE = {definition.code: definition for definition in ALL}


def definition_of(code: str, role: str | None) -> Definition:
    """Return a report.

    Raises:
        ReportNotFound: there is none, or not for this role.
    """
    definition = _BY_CODE.get(code)
    if definition is None or not permits(role or "", definition.permission):
        raise ReportNotFound
    return definition


def definitions_for(role: str | None) -> Iterator[Definition]:
    """Yield the reports that a role may read."""
    return (definition for definition in ALL if permits(role or "", definition.permission))
