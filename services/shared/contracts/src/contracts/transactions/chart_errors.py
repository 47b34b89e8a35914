"""What the chart of accounts and its bank accounts refuse, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class LedgerUnknown(ServiceError):
    """The chart has no such ledger, or it is not in force yet; facts: `ledger`."""


class LedgerSumsUp(ServiceError):
    """The ledger is a group: it sums up what is below it, nothing is posted on it; facts: `ledger`."""


class LedgerControlled(ServiceError):
    """The ledger is made of accounts that their own deeds move: no hand posts on it; facts: `ledger`."""


class LedgerKnown(ServiceError):
    """The code has its meaning already, and keeps it; facts: `ledger`."""

    kind = Kind.CONFLICT


class LedgerMisplaced(ServiceError):
    """A ledger stands below one of its class whose code its own begins with; facts: `ledger`, `parent`."""


class CashIsCounted(ServiceError):
    """Head office adds no ledger of money: what is cash is counted, what is bank has its statement."""


class LedgerOutdated(ServiceError):
    """A ledger begins today or later; facts: `on`, `today`."""


class MappingMisplaced(ServiceError):
    """What is mapped stays below the ledger of its kind; facts: `ledger`, `control`."""


class MappingKnown(ServiceError):
    """The product has a mapping from that day on already; facts: `on`."""

    kind = Kind.CONFLICT


class BankAccountKnown(ServiceError):
    """The bank's account of that number is kept already."""

    kind = Kind.CONFLICT


class BankAccountUnknown(NotFound):
    """The office keeps no such account at a bank."""
