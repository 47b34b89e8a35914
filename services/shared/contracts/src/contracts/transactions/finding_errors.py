"""What findings refuse, each fact by its name (rule P12)."""

from contracts.errors import Kind, ServiceError


class FindingMovedOn(ServiceError):
    """Somebody took another step since it was read; facts: `step`, the number of the newest."""

    kind = Kind.CONFLICT


class FindingNotWaiting(ServiceError):
    """It waits for somebody else just now, or is closed; facts: `state`."""

    kind = Kind.CONFLICT
