"""What the classification of loans refuses, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class ClassRunNotFound(NotFound):
    """There is no such run for this caller."""


class ClassesTooEarly(ServiceError):
    """The branch's business day has not come to the date yet; facts: `on`, `open_on`."""


class InterestNotFinished(ServiceError):
    """Interest of the month comes before its classes and is not counted yet; facts: `month`. Rule M15."""


class ClassRunAsked(ServiceError):
    """The branch's run of the month was asked for already; facts: `run_id`, `state`."""

    kind = Kind.CONFLICT


class ClassRunEnded(ServiceError):
    """The run is finished or cancelled; facts: `state`."""

    kind = Kind.CONFLICT


class LaterMonthClassed(ServiceError):
    """Months follow each other: a later one was classed already, and is not restated; facts: `month`."""

    kind = Kind.CONFLICT


class ClassDataOutdated(ServiceError):
    """Classes and freezes are for days to come: what is past is not restated; facts: `on`, `today`."""


class ClassDataKnown(ServiceError):
    """Other rules are in force from the same day, or wait for it; facts: `on`."""

    kind = Kind.CONFLICT


class ClassDataDisordered(ServiceError):
    """A worse class begins no later or sets less aside, a freeze ends before it begins; facts: `why`."""
