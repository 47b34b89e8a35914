"""What an auditor's samples refuse, each fact by its name (rule P12)."""

from contracts.errors import Kind, ServiceError


class NothingToDraw(ServiceError):
    """The office had no such thing in the period."""


class NotOfMembers(ServiceError):
    """Letters go to members; this sample was drawn of entries."""

    kind = Kind.CONFLICT
