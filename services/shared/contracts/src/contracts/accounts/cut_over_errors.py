"""What bringing a branch over refuses in accounts, each fact by its name (rule P13)."""

from contracts.errors import Kind, ServiceError


class CutOverElsewhere(ServiceError):
    """The cut-over is further on, or was ended; facts: `state`."""

    kind = Kind.CONFLICT


class CutOverEmpty(ServiceError):
    """No row was brought of a sheet that a branch cannot be without; facts: `sheet`."""


class CutOverTooLarge(ServiceError):
    """So many rows are no branch's; facts: `most`."""
