"""What reports refuse, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class ReportNotFound(NotFound):
    """There is no such report for this caller."""


class ReportRunNotFound(NotFound):
    """There is no such run of this caller's, or it is kept no longer."""


class ReportRunEnded(ServiceError):
    """The run is finished, cancelled or failed already; facts: `state`."""

    kind = Kind.CONFLICT


class ReportRunUnfinished(ServiceError):
    """A file is made of a finished run only; facts: `state`."""

    kind = Kind.CONFLICT


class TooManyReportRuns(ServiceError):
    """So many of the caller's reports are being made already; facts: `at_most`."""

    kind = Kind.TOO_MANY


class ReportTooLong(ServiceError):
    """It has more rows than a file of this kind is made of at once; facts: `rows`, `at_most`."""


class ReportTooWide(ServiceError):
    """So many branches are read in the background only; facts: `branches`, `at_most`."""
