"""What the collection refuses, each fact by its name. Money that was taken is never refused (rule M5)."""

from contracts.errors import Kind, ServiceError


class SheetHeld(ServiceError):
    """Another device holds the sheet; facts: `epoch`. It can be taken over with a reason. Rule M4."""

    kind = Kind.CONFLICT


class SheetClosed(ServiceError):
    """The sheet is authorised, or the samity was not held; facts: `status`."""

    kind = Kind.CONFLICT


class SheetHasMoney(ServiceError):
    """The act would separate money on the sheet from the officer who holds it."""

    kind = Kind.REFUSED


class SheetNotSubmitted(ServiceError):
    """The sheet is not complete, or a row of it was returned; facts: `sheet_id`, `status`."""

    kind = Kind.REFUSED


class SheetNotAuthorised(ServiceError):
    """Only what is in the book can be checked; facts: `status`."""

    kind = Kind.REFUSED


class SheetWaits(ServiceError):
    """The sheet waits for its day: the branch has not opened it; facts: `meeting_on`. Rule M4."""

    kind = Kind.REFUSED


class DayOutOfReach(ServiceError):
    """Sheets are made from the open day to a week ahead; facts: `first`, `last`. Rule M4."""

    kind = Kind.REFUSED


class DeviceUnknown(ServiceError):
    """A sheet is held by a device, and the call names none."""

    kind = Kind.REFUSED


class TakeOverReasonMissing(ServiceError):
    """Taking a sheet from another device needs a reason. Rule M4."""

    kind = Kind.REFUSED


class SubmissionDiffers(ServiceError):
    """The submission's id is known with another body, sheet or person; facts: `submission_id`."""

    kind = Kind.CONFLICT


class TotalDiffers(ServiceError):
    """The rows do not make the stated total; nothing was taken; facts: `stated`, `counted`."""

    kind = Kind.REFUSED


class RowNotReturnable(ServiceError):
    """The row is not on the sheet, or is struck or in the book already; facts: `row_id`."""

    kind = Kind.REFUSED


class NotOneCollector(ServiceError):
    """A hand-over is one officer's own sheets of one branch. Rule M7."""

    kind = Kind.REFUSED


class SheetHandedOver(ServiceError):
    """The sheet is in another hand-over; facts: `sheet_id`. Rule M7."""

    kind = Kind.CONFLICT


class HandoverAuthorised(ServiceError):
    """The hand-over is in the book already."""

    kind = Kind.CONFLICT


class CountOutdated(ServiceError):
    """The sheets changed after the count, or it is another hand-over's; count again. Rule M7."""

    kind = Kind.CONFLICT


class CollectorCounts(ServiceError):
    """Nobody counts, authorises, returns or checks what he collected himself. Rule M8."""

    kind = Kind.REFUSED


class ShortageStands(ServiceError):
    """A shortage that is in the book can be accepted, not rejected. Rule M7."""

    kind = Kind.REFUSED


class UnallocatedNotPosted(ServiceError):
    """The money is not in the book yet: its hand-over comes first. Rule M5."""

    kind = Kind.REFUSED


class UnallocatedResolved(ServiceError):
    """Somebody has settled this receipt otherwise; facts: `state`. Rule M5."""

    kind = Kind.CONFLICT


class AccountNotHers(ServiceError):
    """The money belongs on an open account of the same member and branch. Rule M5."""

    kind = Kind.REFUSED


class ComparisonSettled(ServiceError):
    """Somebody has settled this comparison otherwise; facts: `verdict`. Rule M4."""

    kind = Kind.CONFLICT


class OfficerNotOfOffice(ServiceError):
    """The substitute is not an active field officer of the samity's branch. Rule P8."""

    kind = Kind.REFUSED
