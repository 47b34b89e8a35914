"""What the accounts service refuses, each fact by its name."""

from contracts.errors import Kind, NotFound, ServiceError


class AgeOutsideLimits(ServiceError):
    """She is younger or older than a new member may be; facts: `youngest`, `oldest`, in whole years."""

    kind = Kind.REFUSED


class SharesNotHundred(ServiceError):
    """The nominees' shares do not make 100 percent; facts: `total`."""

    kind = Kind.REFUSED


class GuardianMissing(ServiceError):
    """A nominee under age has nobody named to receive his share; facts: `nominee`."""

    kind = Kind.REFUSED


class ConsentMissing(ServiceError):
    """A purpose was not answered, or membership was not agreed to; facts: `purpose`. Rule P10."""

    kind = Kind.REFUSED


class DuplicateNid(ServiceError):
    """Somebody with this identity number is a member or an applicant already."""

    kind = Kind.CONFLICT


class StaffNumber(ServiceError):
    """The telephone number belongs to staff. Rule P1."""

    kind = Kind.REFUSED


class SamityFull(ServiceError):
    """The samity has as many members as it may have; facts: `max_members`."""

    kind = Kind.REFUSED


class SamityNotActive(ServiceError):
    """The samity is not open for new members."""

    kind = Kind.REFUSED


class HolidayMeeting(ServiceError):
    """A samity cannot meet on the weekly holiday."""

    kind = Kind.REFUSED


class NotABranch(ServiceError):
    """Samities belong to branches, not to offices above them."""

    kind = Kind.REFUSED


class OfficerNotOfBranch(ServiceError):
    """The officer is not an active field officer of the samity's branch."""

    kind = Kind.REFUSED


class SamityCodeTaken(ServiceError):
    """Another samity of the branch has this serial; codes are never used again."""

    kind = Kind.CONFLICT


class ChangeBackdated(ServiceError):
    """A samity's officer or day cannot be changed in the past; facts: `first_on`."""

    kind = Kind.REFUSED


class FormerMemberBarred(ServiceError):
    """She was a member and may not join again; facts: `why`, `deceased` or `blacklisted`."""

    kind = Kind.REFUSED


class NotAMember(ServiceError):
    """This is for members; facts: `status`, as she stands now."""

    kind = Kind.REFUSED


class PassbookNotFound(NotFound):
    """There is no such passbook for this caller."""


class PassbookNumberTaken(ServiceError):
    """Another book of the branch bears this number in this lot; facts: `number`."""

    kind = Kind.CONFLICT


class PassbookOpen(ServiceError):
    """She holds an open book: say what became of it; facts: `number`."""

    kind = Kind.CONFLICT


class PassbookEnded(ServiceError):
    """The book is not in use any more; facts: `status`."""

    kind = Kind.CONFLICT


class ExitBlocked(ServiceError):
    """Something stands between the member and leaving; facts: `items`, each with `code` and `facts`. L7."""

    kind = Kind.REFUSED


class ExitUnderWay(ServiceError):
    """A request for her leaving waits already, or is being carried out; facts: `state`. Rule L7."""

    kind = Kind.CONFLICT


class ExitNotUndoable(ServiceError):
    """Leaving is undone on its own business day only; facts: `closed_on`, `business_on`. Rule L7."""

    kind = Kind.REFUSED


class DeathReported(ServiceError):
    """This death was reported before; facts: `case_id`, `state`. Rule L5."""

    kind = Kind.CONFLICT


class DeathCaseNotFound(NotFound):
    """There is no such case for this caller."""


class DeathCaseNotApproved(ServiceError):
    """The case is not in the state in which it is settled; facts: `state`. Rule L5."""

    kind = Kind.CONFLICT


class LoanNotWaived(ServiceError):
    """The loan is not waived, so the risk fund has not paid; facts: `status`. Rule L5."""
