"""What the ledger refuses, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class AccountUnknown(NotFound):
    """The office keeps no such account."""


class AccountClosed(ServiceError):
    """Nothing more is booked on a closed account; facts: `account_id`."""


class InsufficientFunds(ServiceError):
    """The account holds less than is to be taken; facts: `account_id`, `balance`, `wanted`."""


class DayNotOpen(ServiceError):
    """The office has no open business day, so nothing can be booked; facts: `office_id`."""


class DayIsClosing(ServiceError):
    """The office's day is being closed; facts: `on`. The next day opens by itself."""


class DayAlreadyOpen(ServiceError):
    """The office has a business day already, and opens the next by closing it; facts: `on`."""

    kind = Kind.CONFLICT


class DayNotReady(ServiceError):
    """The day cannot be closed yet; facts: `items`, everything that is missing as `{code, facts}`."""


class DayNotWorking(ServiceError):
    """The date is a Friday or a declared holiday; facts: `on`."""


class DayNotReopened(ServiceError):
    """Not the last closed day of the open one's month, or that one has gone on; facts: `why`. Rule M16."""


class PartitionMissing(ServiceError):
    """The books have no room for that month yet: the owner's command makes it; facts: `month`."""

    kind = Kind.AWAY


class CountedAlready(ServiceError):
    """The count was confirmed by someone already; a new count is a new slip. Rule M7."""

    kind = Kind.CONFLICT


class NotTheHolder(ServiceError):
    """An officer's cash is seen by himself, a vault by who keeps it. Rules M7, P12."""


class VaultMoved(ServiceError):
    """Cash moved in the book since the count, so its difference says nothing; facts: `counted`. Rule M7."""

    kind = Kind.CONFLICT


class CashLimitOutdated(ServiceError):
    """A limit is for days to come: what is past is not restated; facts: `on`, `today`."""


class CashLimitKnown(ServiceError):
    """The office has another limit from the same day; facts: `on`."""

    kind = Kind.CONFLICT


class NotCounterDeposit(NotFound):
    """The entry has no counter receipt."""


class NotReversible(ServiceError):
    """The row is of another day, or is itself a correction; facts: `why`. Rule M12."""


class AlreadyReversed(ServiceError):
    """The row was reversed before, or a reversal waits for its decision. Rule M12."""

    kind = Kind.CONFLICT
