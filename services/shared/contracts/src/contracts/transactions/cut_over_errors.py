"""What bringing a branch's members' balances over refuses, each fact by its name (rule P13)."""

from contracts.errors import Kind, NotFound, ServiceError


class CutOverNotFound(NotFound):
    """There is no such cut-over, or not for this caller."""


class CutOverRuns(ServiceError):
    """The branch is being brought over: nobody opens a day in it until that is done. Rule P13."""

    kind = Kind.CONFLICT


class BranchHasWorked(ServiceError):
    """Balances are brought over before a branch has done anything on a day; facts: `on`. Rule P13."""

    kind = Kind.CONFLICT


class CutOverOnAnotherDay(ServiceError):
    """Members' balances are as of the day of the branch's opening balances; facts: that day `on`. P13."""


class CutOverNotWhole(ServiceError):
    """What was handed over is not what was agreed to; facts: `accounts`, `savings`, `loans`. Rule P13."""


class CutOverIsPosted(ServiceError):
    """Its balances are being posted, or are in the book: it cannot be let go, nothing is added to it."""

    kind = Kind.CONFLICT


class OwnSamityList(ServiceError):
    """Whoever keeps a samity does not confirm its list. Rules M8, P13."""

    kind = Kind.FORBIDDEN


class NothingToConfirm(ServiceError):
    """Nobody on the list waits for it: all are confirmed, or they are of another samity. Rule P13."""
