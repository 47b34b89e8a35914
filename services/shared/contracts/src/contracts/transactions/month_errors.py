"""What month-ends refuse, each fact by its name (rule M15)."""

from contracts.errors import Kind, ServiceError


class MonthNotReady(ServiceError):
    """The month cannot be closed yet; facts: `month`, and `items`, all that is missing as `{code, facts}`."""


class MonthClosed(ServiceError):
    """The month is closed: nothing of this kind is valued into it any more; facts: `month`."""

    kind = Kind.CONFLICT


class NoBranchWorked(ServiceError):
    """No branch of the office had a business day in the month or before; facts: `month`."""


class NothingInTransit(ServiceError):
    """No late sheet and no receipt without an account stands in the month's way; facts: `month`."""
