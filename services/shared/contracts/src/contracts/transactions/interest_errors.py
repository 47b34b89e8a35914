"""What runs of interest refuse, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class InterestRunNotFound(NotFound):
    """There is no such run for this caller."""


class MonthNotOver(ServiceError):
    """The branch has not closed the month's last working day; facts: `month`, `on`. Rule M15."""


class MonthNotSettled(ServiceError):
    """Receipts of the month have no account yet; facts: `unallocated`. Rules M5, M15."""


class InterestRunAsked(ServiceError):
    """The branch's run of this kind and month was asked for already; facts: `run_id`, `state`."""

    kind = Kind.CONFLICT


class InterestRunEnded(ServiceError):
    """The run is finished or cancelled; facts: `state`."""

    kind = Kind.CONFLICT
