"""What the end of a loan refuses, each fact by its name."""

from contracts.errors import Kind, ServiceError


class SettledAlready(ServiceError):
    """The loan was settled before: there is one rebate a loan. Domain 4.8."""

    kind = Kind.CONFLICT


class LoanMoved(ServiceError):
    """The loan, or its day, moved since this was proposed; facts: `now`, what it would be."""

    kind = Kind.CONFLICT


class OverSavings(ServiceError):
    """More than the savings can give; facts: `withdrawable`, `wanted`. Rule L7."""


class OverTheLoan(ServiceError):
    """More than remains of the loan; facts: `left`."""


class PaidAfterDeath(ServiceError):
    """Payments valued after the death are refunded first; facts: `payments`, `amount`, `died_on`. Rule L5."""


class NothingPaidAfterDeath(ServiceError):
    """There is nothing to refund; facts: `died_on`. Rule L5."""


class NotWriteOffDay(ServiceError):
    """Loans are written off for 30 June and 31 December only; facts: `on`. Domain 4.9."""


class NotBadLongEnough(ServiceError):
    """The loan has not been bad for long enough; facts: `bad_since`, `years`. Domain 4.9."""


class NotProvided(ServiceError):
    """The provision does not cover the loan; facts: `provided`, `outstanding`. Domain 4.9."""


class NotWrittenOff(ServiceError):
    """Only what was written off is recovered; facts: `status`."""

    kind = Kind.CONFLICT


class OverTheClaim(ServiceError):
    """More than is left of the claim; facts: `left`."""
