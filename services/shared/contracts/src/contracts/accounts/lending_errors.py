"""What lending refuses, each fact by its name."""

from contracts.errors import ServiceError


class ScheduleImpossible(ServiceError):
    """No schedule can be made from these terms; its kinds say why."""


class GraceTooLong(ScheduleImpossible):
    """The grace leaves no instalment in which anything is repaid."""


class InstalmentBelowCharge(ScheduleImpossible):
    """An instalment would not even cover its service charge."""


class NothingInGrace(ScheduleImpossible):
    """Nothing at all would be paid during the grace."""


class NothingPerInstalment(ScheduleImpossible):
    """Spread over so many instalments, one of them would be nothing."""


class OnlyHolidays(ScheduleImpossible):
    """Every meeting in reach is a holiday."""
