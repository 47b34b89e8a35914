"""What passbook checking refuses, each fact by its name (rule P5)."""

from contracts.errors import Kind, ServiceError


class PassbookIncomplete(ServiceError):
    """A balance must be typed for each account that her passbook shows, and for no other."""


class PassbookInMotion(ServiceError):
    """An instalment of hers is on its way into the book: what her paper should say is not settled yet."""

    kind = Kind.CONFLICT


class PassbookWasChecked(ServiceError):
    """What was typed stays: nobody types again once the book has been shown."""

    kind = Kind.CONFLICT
