"""What is refused about a member who died and her nominees, each fact by its name (rule L5)."""

from contracts.errors import Kind, NotFound, ServiceError


class MemberDeceased(ServiceError):
    """She has died: nothing more goes in or out at the counter; facts: `deceased_on`. Rule L5."""


class ClaimNotFound(NotFound):
    """There is no such claim for this caller."""


class ClaimNotClosed(ServiceError):
    """Her accounts are not closed yet, or all is paid; facts: `state`. Rule L5."""

    kind = Kind.CONFLICT


class EstateOwesLoans(ServiceError):
    """Her loans come first: waived or settled; facts: `loans`. Rule L5."""


class NomineePaid(ServiceError):
    """This nominee has his share already; facts: `number`. Rule L5."""

    kind = Kind.CONFLICT
