"""What setting targets refuses, each fact by its name."""

from contracts.errors import Kind, ServiceError


class TargetOutOfPlace(ServiceError):
    """A branch's targets are set above it, an officer's in his own branch, and no other office has any."""

    kind = Kind.FORBIDDEN


class TargetForNobody(ServiceError):
    """Whom the targets are for is not an active field officer of the branch."""
