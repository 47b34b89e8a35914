"""What is asked of interest on savings: the commands' schemas."""

from contracts.fields import CodeField, DateField, UuidField
from contracts.schemas import Command
from contracts.transactions.interest_words import InterestRunKind


class RunInterest(Command):
    """Put a month's interest of a branch aside, or credit it; `month` is any day of it (rule M15)."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    kind = CodeField(*InterestRunKind, required=True)
    month = DateField(required=True)


class InterestRunOnly(Command):
    """Which run."""

    id = UuidField(required=True)


class ListInterestRuns(Command):
    """The runs of an office, the newest first."""

    office_id = UuidField(required=True)
    after = UuidField(load_default=None, allow_none=True)
