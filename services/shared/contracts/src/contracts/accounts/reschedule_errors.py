"""What a reschedule of a running loan refuses, each fact by its name (rule L1, domain 4.9)."""

from contracts.errors import Kind, ServiceError


class NothingToReschedule(ServiceError):
    """No principal is left to pay, or the loan does not run any more."""

    kind = Kind.REFUSED


class RescheduleRuns(ServiceError):
    """A reschedule of this loan waits or is under way already."""

    kind = Kind.CONFLICT


class ReschedulesExhausted(ServiceError):
    """The loan has been rescheduled as often as it may be; facts: `most`."""

    kind = Kind.REFUSED


class RescheduleDayUnfit(ServiceError):
    """The first new day is past, too soon, a holiday, or no meeting of her samity; facts: `first_on`."""

    kind = Kind.REFUSED


class ReschedulePending(ServiceError):
    """Money for the loan is on its way to the book, so what is unpaid is not known yet."""

    kind = Kind.CONFLICT


class ReschedulePaidMeanwhile(ServiceError):
    """She has paid since she agreed to the new amounts; facts: `paid`."""

    kind = Kind.CONFLICT
