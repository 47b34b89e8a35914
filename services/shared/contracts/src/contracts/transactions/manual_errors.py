"""What vouchers that are written by hand refuse, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class VoucherNotFound(NotFound):
    """There is no such voucher, or not for this caller."""


class VoucherUnbalanced(ServiceError):
    """Its two sides differ; facts: `debits`, `credits`."""


class VoucherMisfit(ServiceError):
    """Its lines do not do to money what its kind says; facts: `kind`."""


class VoucherNotPosted(ServiceError):
    """Only what is in the book can be undone; facts: `state`."""


class VoucherUndone(ServiceError):
    """Another voucher undid it, or is asked to; a voucher is undone once, and an undoing one never."""

    kind = Kind.CONFLICT
