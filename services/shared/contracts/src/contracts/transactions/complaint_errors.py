"""What the register of mismatches and complaints refuses, each fact by its name (rule P4)."""

from contracts.errors import Kind, ServiceError


class OfficerTakesComplaint(ServiceError):
    """Her officer does not take down what she complains of: anybody else does."""

    kind = Kind.FORBIDDEN


class ConcernedAnswers(ServiceError):
    """Neither her officer nor whoever posted, checked or found it says what became of it."""

    kind = Kind.FORBIDDEN


class ComplaintIsForArea(ServiceError):
    """It has left the branch: late, repeated, or about the manager."""

    kind = Kind.FORBIDDEN


class ComplaintWasAcknowledged(ServiceError):
    """Somebody has acknowledged it before."""

    kind = Kind.CONFLICT


class ComplaintWasAnswered(ServiceError):
    """It is answered; what was found stays."""

    kind = Kind.CONFLICT


class MemberWasContacted(ServiceError):
    """Somebody has spoken with her before."""

    kind = Kind.CONFLICT


class CorrectionMissing(ServiceError):
    """Where the paper is right, the entry that put her account right is named."""


class OutcomeUnfit(ServiceError):
    """Of conduct nothing is found about book and paper, and the other way round."""
