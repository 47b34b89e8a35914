"""What settling an excess refuses, each fact by its name (rule M7)."""

from contracts.errors import Kind, ServiceError


class ExcessSmaller(ServiceError):
    """Not so much of the excess is left; facts: `left`."""

    kind = Kind.REFUSED


class ExcessTooYoung(ServiceError):
    """It becomes no income yet: somebody may still miss it; facts: `from_on`."""

    kind = Kind.REFUSED


class PassbooksNotSeen(ServiceError):
    """Passbooks that were drawn for it wait to be seen, or a difference to be answered; facts: `count`."""

    kind = Kind.REFUSED
