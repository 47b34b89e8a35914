"""What the leaving of an officer refuses, each fact by its name (rule P8)."""

from contracts.errors import Kind, ServiceError


class OfficerLeaves(ServiceError):
    """The leaving of this officer has begun already."""

    kind = Kind.CONFLICT


class NotAnOfficerHere(ServiceError):
    """Who leaves or follows is no field officer of this branch, or both are the same person."""


class ListHasMoved(ServiceError):
    """The balances are no longer those of this list: it is drawn again before anybody signs."""

    kind = Kind.CONFLICT


class NotYoursToSign(ServiceError):
    """A list is signed by the officer who leaves and by the one who follows, and by nobody else."""

    kind = Kind.FORBIDDEN


class LeavingUnfinished(ServiceError):
    """Something is still missing; facts: `missing`, the words of the checklist."""


class LeavingIsOver(ServiceError):
    """The officer has left: nothing of it is drawn or signed any more."""

    kind = Kind.CONFLICT
