"""What floats and payments in the field refuse, each fact by its name. Rule M9."""

from contracts.errors import Kind, NotFound, ServiceError


class FloatNotFound(NotFound):
    """There is no such float for this caller."""


class FieldPaymentsOff(ServiceError):
    """The office pays no cash in the field, which is the rule without a setting. Rule M9."""


class FieldPaymentsOutdated(ServiceError):
    """Only days to come are settled otherwise; facts: `on`, `today`."""


class FieldPaymentsKnown(ServiceError):
    """The setting of that office and day is made already; facts: `on`."""

    kind = Kind.CONFLICT


class OnlyAtBranch(ServiceError):
    """She is dormant, or her number changed lately: paid at the branch only; facts: `caution`. Rule M9."""


class NotForTheField(ServiceError):
    """It was agreed to for the counter, or she is of another samity; facts: `withdrawal_id`."""


class FloatNotForDay(ServiceError):
    """Cash is counted out for a meeting of the branch's open day; facts: `meeting_on`."""


class FloatNotOpen(ServiceError):
    """The float is not in the state in which this may be done; facts: `state`."""

    kind = Kind.CONFLICT


class FloatForHolder(ServiceError):
    """Cash is taken by the officer whose phone holds the sheet: so the approvals are on it. Rule M9."""


class FloatPaidFrom(ServiceError):
    """Something was paid from the float: the rest comes back with the hand-over."""


class FloatOutstanding(ServiceError):
    """A float for the sheet waits or is out: it is taken, withdrawn or returned first; facts: `float_id`."""
