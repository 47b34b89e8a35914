"""What the book of loans refuses, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class LoanNotFound(NotFound):
    """There is no such loan for this caller."""


class LoanEnded(ServiceError):
    """The loan has come to its end, so nothing more is done to it; facts: `status`."""

    kind = Kind.CONFLICT


class NotItsDay(ServiceError):
    """The branch's business day is another than the schedule was made for; facts: `on`, `open_on`. B4."""

    kind = Kind.CONFLICT


class ScheduleDiffers(ServiceError):
    """Another schedule does not add up to the same loan; facts: `principal`, `charge`. Rule L1."""


class ScheduleOutdated(ServiceError):
    """A newer version of the schedule is in force; facts: `version`."""

    kind = Kind.CONFLICT


class OverPrepayment(ServiceError):
    """More than she may pay ahead; facts: `allowed`, `instalments`, and `payoff`, which ends it today."""


class IsALoan(ServiceError):
    """The account is a loan: money for it is a repayment, told apart into charge and principal (rule L1)."""
