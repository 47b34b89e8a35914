"""What moving a member's accounts refuses, each fact by its name (rule L6)."""

from contracts.errors import Kind, ServiceError


class AccountLeftBehind(ServiceError):
    """An open account of hers is not among those that move, or one is not hers; facts: `account_id`."""

    kind = Kind.CONFLICT


class MoneyUnallocated(ServiceError):
    """Money of hers has no account yet; it is allocated or refunded first; facts: `amount`. Rule M5."""


class SameOffice(ServiceError):
    """Her accounts are in that branch's book already."""
