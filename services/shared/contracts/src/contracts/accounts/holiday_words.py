"""The closed list of words about holidays, as they stand on the wire."""

from enum import StrEnum


class HolidaySet(StrEnum):
    """Who a holiday is for, from the whole country to one samity."""

    GOVERNMENT = "government"
    ORGANISATION = "organisation"
    BRANCH = "branch"
    SAMITY = "samity"
