"""What declaring a holiday refuses, each fact by its name (rule L3)."""

from contracts.errors import Kind, ServiceError


class HolidayBackdated(ServiceError):
    """A holiday is declared before its day: nobody can undo what was collected; facts: `first_on`."""

    kind = Kind.REFUSED


class HolidayCollected(ServiceError):
    """A samity has collected for that day already, or the day is over in the books; facts: `samities`."""

    kind = Kind.CONFLICT


class HolidayKnown(ServiceError):
    """That day is a holiday there already."""

    kind = Kind.CONFLICT


class HolidaysExhausted(ServiceError):
    """A samity has had as many holidays this year as may move its loans; facts: `most`, `samities`."""

    kind = Kind.REFUSED


class HolidayTooLong(ServiceError):
    """So many days at a time are shut by nobody; facts: `most`. What lasts longer is declared again."""

    kind = Kind.REFUSED


class HolidayOutOfPlace(ServiceError):
    """The set and the place do not fit: the country's and the institution's belong to the head office."""

    kind = Kind.REFUSED
