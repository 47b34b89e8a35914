"""What is refused about applicants' money, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class ApplicantNotFound(NotFound):
    """There is no such applicant for this caller."""


class ApplicantDecided(ServiceError):
    """She is no applicant any more, so her money goes another way; facts: `status`. Rule L8."""

    kind = Kind.CONFLICT


class NothingHeld(ServiceError):
    """The branch holds no money of this applicant."""
