"""Opening offices."""

from typing import Any

from contracts.errors import IdConflict
from contracts.identity.offices import OFFICE_CHANGED, LevelNotBelow, OfficeCodeTaken
from identity.domain.offices import Office, may_hang_below, path_below
from identity.repository import Books, Scope


def open_office(books: Books, command: dict[str, Any]) -> Office:
    """Open an office below another one of the actor's scope; the same again changes nothing.

    Raises:
        NotFound: no such parent in scope.
        LevelNotBelow: an office of this level does not stand below the parent.
        OfficeCodeTaken: another office has the code.
        IdConflict: the id is known with another body.
    """
    parent = books.offices.get(command["parent_id"], Scope.of(books.work.actor))
    if not may_hang_below(command["level"], parent.level):
        raise LevelNotBelow(level=command["level"], parent_level=parent.level)
    office = Office(**command, path=path_below(parent.path, command["code"]))
    if not books.offices.add(office):
        return _known(books, office)
    books.work.tell(OFFICE_CHANGED, office)
    books.work.audit("open_office", "office", office.id, {"code": office.code, "level": office.level})
    return office


def _known(books: Books, office: Office) -> Office:
    known = books.offices.find(office.id, Scope.everything())
    if known is None:
        raise OfficeCodeTaken(code=office.code)
    if known != office:
        raise IdConflict
    return known
