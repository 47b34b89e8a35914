"""What is refused about mobile money, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class StatementAhead(ServiceError):
    """The statement tells of days that the branch has not opened; facts: `paid_on`, `on`. Rules M2, M14."""


class StatementOfAnother(ServiceError):
    """A line is known with another day, amount or branch; facts: `provider_id`. Nothing was taken."""

    kind = Kind.CONFLICT


class LineNotFound(NotFound):
    """There is no such line for this caller."""


class LineNotWaiting(ServiceError):
    """The line has its account already; facts: `state`."""

    kind = Kind.CONFLICT


class AccountTakesNoMoney(ServiceError):
    """The account is closed, or nothing is ever collected on it."""
