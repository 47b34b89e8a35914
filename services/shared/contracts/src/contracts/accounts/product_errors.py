"""What products refuse, each fact by its name."""

from contracts.errors import Kind, ServiceError


class EffectiveDatePassed(ServiceError):
    """Terms are never changed backwards; facts: `first_on`, the first day on which they could begin."""

    kind = Kind.REFUSED


class ProductCodeTaken(ServiceError):
    """The code belongs to a product of another kind or family; codes are never used again."""

    kind = Kind.CONFLICT


class ProductNotOffered(ServiceError):
    """Nobody can begin with this product on this day; facts: `product_code`, `on`."""

    kind = Kind.REFUSED


class AnotherIsCompulsory(ServiceError):
    """Every member has one compulsory savings product, and it is another one; facts: `product_code`."""

    kind = Kind.REFUSED


class CompulsoryRateTooLow(ServiceError):
    """Compulsory savings earn at least what the law says; facts: `rate_percent`, `least_percent`."""

    kind = Kind.REFUSED


class AmountNotOffered(ServiceError):
    """The product is not for this amount; facts: `least`, `most`, `step`, in taka."""

    kind = Kind.REFUSED


class TermNotOffered(ServiceError):
    """The product is not for this term; facts: `months`, what it is for."""

    kind = Kind.REFUSED


class AlreadyOneOfThis(ServiceError):
    """She has this compulsory account already; facts: `account_code`."""

    kind = Kind.CONFLICT


class NoActiveMember(ServiceError):
    """Nothing new is begun with somebody who is no active member."""

    kind = Kind.REFUSED


class ProductBreaksLaw(ServiceError):
    """No day would make these terms lawful; facts: `breach`, `figure`, `limit`. Rule L2."""

    kind = Kind.REFUSED
