"""What a savings account's life refuses, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class WithdrawalNotFound(NotFound):
    """There is no such withdrawal for this caller."""


class WithdrawalNotAllowed(ServiceError):
    """The account pays out only when it is closed, as term and lump deposits do; facts: `family`."""


class OverWithdrawable(ServiceError):
    """More than she may take now; facts: `withdrawable`, `floor`, `with_loan`, `maximum_bps`. Domain §3."""


class WithdrawalNotOpen(ServiceError):
    """The withdrawal is not in the state in which this may be done; facts: `state`."""

    kind = Kind.CONFLICT


class WithdrawalLapsed(ServiceError):
    """Its approval has run out unpaid, and the money is free again; facts: `lapsed_on`. Rule M9."""


class WithdrawalNeedsArea(ServiceError):
    """Caution has become due since the agreement: cancel and ask anew; facts: `caution`. Rule M9."""


class AccountMoved(ServiceError):
    """The account moved since the closing was proposed, so it pays something else; facts: `payout`."""

    kind = Kind.CONFLICT


class MoneyOnItsWay(ServiceError):
    """Something is pending on the account, which first comes into the book; facts: `pending`. Rule M1."""


class NotCorrectable(ServiceError):
    """The row is of today, a correction itself, or not money that was received; facts: `why`. Rule M13."""


class AlreadyCorrected(ServiceError):
    """The row was corrected before, or a correction of it waits. Rule M13."""

    kind = Kind.CONFLICT


class ValueDateOutside(ServiceError):
    """Books and money differ in their dates only by rule M2; facts: `value_on`, `business_on`."""
