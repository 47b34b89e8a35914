"""What deferring a sheet refuses, each fact by its name (rule M3)."""

from contracts.errors import Kind, ServiceError


class SheetNotLate(ServiceError):
    """The sheet does not hold its day up, or is with the cash already; facts: `status`, `meeting_on`."""

    kind = Kind.REFUSED


class DeferredTooOften(ServiceError):
    """The sheet was deferred for as many days as are allowed; facts: `days`."""

    kind = Kind.REFUSED


class DeferralStands(ServiceError):
    """A deferral that a day was closed with can be seen by the area, not undone."""

    kind = Kind.REFUSED
