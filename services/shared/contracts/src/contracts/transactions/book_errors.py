"""What money between offices, opening balances and year-ends refuse, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class RemittanceNotFound(NotFound):
    """There is no such remittance, or not for this caller."""


class RemittanceToItself(ServiceError):
    """Money is sent from one office to another."""


class RemittanceNotSent(ServiceError):
    """Nothing is on its way: its sending waits, or was declined."""


class RemittanceTaken(ServiceError):
    """It was taken in, or a request to take it in waits."""

    kind = Kind.CONFLICT


class RemittanceMisfit(ServiceError):
    """Money is taken in as money; what was credited to a ledger is debited to a ledger."""


class NotItsOffice(ServiceError):
    """Only the office to which it was sent takes it in, or the sender takes it back."""


class OfficeHasDays(ServiceError):
    """Opening balances come before an office's first business day; facts: `on`. Rule P13."""

    kind = Kind.CONFLICT


class OpeningTooLate(ServiceError):
    """A branch is cut over on a day that is over; facts: `on`, `today`. Rule P13."""


class FromAbove(ServiceError):
    """Opening balances are written and agreed to above the office. Rule P13."""


class YearNotOver(ServiceError):
    """The office still posts in the fiscal year; facts: `year`, `on`. Rule M15."""


class YearClosed(ServiceError):
    """The year is closed already, or a request to close it waits; facts: `year`."""

    kind = Kind.CONFLICT


class LaterYearClosed(ServiceError):
    """A later year was closed before; facts: `year`."""

    kind = Kind.CONFLICT


class MonthEndMissing(ServiceError):
    """A year is closed after its last month; facts: `month`. Rule M15."""


class YearClosingNotFound(NotFound):
    """That year is not closed there, or not for this caller."""
